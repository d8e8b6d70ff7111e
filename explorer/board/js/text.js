// Numbers and words as people read them.

/**
 * A sentence of the server with its minus signs as such.
 * @param {string} sentence
 */
export function typeset(sentence) {
  return sentence.replace(/(?<=^|[\s(])-(?=\d)/g, "−")
}

/**
 * A word as far as there is room for it; a visitor's can have thousands of letters.
 * @param {string} word
 */
export function shortened(word, most = 40) {
  return word.length > most ? `${word.slice(0, most - 1)}…` : word
}

/**
 * A number with so many decimals; no minus where it rounds to zero. `braces`: a negative one stands in them, as behind
 * an operator.
 * @param {number} value
 * @param {number} digits
 */
export function decimals(value, digits, braces = false) {
  const text = value
    .toFixed(digits)
    .replace(/^-(?=[0.]+$)/, "")
    .replace("-", "−")
  return braces && text.startsWith("−") ? `(${text})` : text
}

/**
 * A number with its sign and three decimals.
 * @param {number} value
 */
export function signed(value) {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`
}

/**
 * A share, 0…1, in percent: whole ones from ten on.
 * @param {number} share
 */
export function percent(share) {
  return `${(100 * share).toFixed(share >= 0.0995 ? 0 : 1)}%`
}

/**
 * A probability, 0…1, in whole percent; never rounded to certainty.
 * @param {number} probability
 */
export function whole(probability) {
  if (probability > 0.99) return ">99%"
  return probability < 0.01 ? "<1%" : `${(100 * probability).toFixed(0)}%`
}

/**
 * Tokens joined as people write them.
 * @param {string} text
 */
export function written(text) {
  return text.replaceAll(" ,", ",")
}

/**
 * A probability in percent, never rounded to certainty.
 * @param {number} p
 */
export function chance(p) {
  return p > 0.99 ? ">99%" : p < 0.01 ? "<1%" : `${(100 * p).toFixed(0)}%`
}
