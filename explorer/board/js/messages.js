// What visitors read. A message is a whole sentence with named places, never put together from parts.

/** @type {Record<string, string>} translations by message; English is the language of the messages themselves */
let catalogue = {}

/** @param {Record<string, string>} translations */
export function speak(translations) {
  catalogue = translations
}

/**
 * A message in the visitor's language with its places filled. Plain text, never markup.
 * @param {string} message
 * @param {Record<string, string | number>} [values] by the names of the places
 */
export function t(message, values = {}) {
  const text = catalogue[message] ?? message
  return text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place))
}
