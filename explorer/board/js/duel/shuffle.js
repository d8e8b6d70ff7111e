// Another order of a text's words; signs stay where they are.

const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}'’_-]*[\p{L}\p{N}\p{M}])?/gu

/** @param {string} text */
export function wordsOf(text) {
  return text.match(WORD) ?? []
}

/**
 * @param {string} text
 * @param {() => number} [random] 0…1
 * @returns {string | null} null where there is no other order
 */
export function shuffled(text, random = Math.random) {
  const words = wordsOf(text)
  if (new Set(words).size < 2) return null
  for (;;) {
    const order = [...words]
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1))
      ;[order[i], order[j]] = [order[j], order[i]]
    }
    if (order.some((word, i) => word !== words[i])) return text.replace(WORD, () => order.shift() ?? "")
  }
}
