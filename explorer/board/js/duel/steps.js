// Steps of a ribbon: from where to where each reaches, and which of them the visitor's last key left as they were.

const LETTER = /[\p{L}\p{N}\p{M}'’_-]/u // what words are made of

/** @typedef {{ left: number, right: number }} Step in pixels of the ribbon */

/**
 * Steps below words that stand on one line: each reaches halfway to the next.
 * @param {Step[]} words where each token stands
 * @param {number} width of the ribbon
 * @param {number} margin that the first and the last one have beside their word
 * @returns {Step[]}
 */
export function aligned(words, width, margin) {
  return words.map(({ left, right }, i) => ({
    left: i === 0 ? Math.max(0, left - margin) : (words[i - 1].right + left) / 2,
    right: i === words.length - 1 ? Math.min(width, right + margin) : (right + words[i + 1].left) / 2,
  }))
}

/**
 * Steps that share a width: a word by its letters, a sign narrowly.
 * @param {string[]} tokens
 * @param {number[]} words 1 for a word, 0 for a sign
 * @param {number} width
 * @returns {Step[]}
 */
export function shared(tokens, words, width) {
  const weights = tokens.map((token, i) => (words[i] ? 2 + Math.min(12, token.length) : 1.5))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let left = 0
  return weights.map(weight => {
    const step = { left, right: left + (weight / total) * width }
    left = step.right
    return step
  })
}

/**
 * The step at a place, from 0; the nearest one beside them all.
 * @param {Step[]} steps
 * @param {number} x
 */
export function stepAt(steps, x) {
  let low = 0
  let high = steps.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (steps[middle].right < x) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * How many steps of a text are still true of another that begins alike: those of its words that both have whole.
 * @param {number[]} spans start and end of each token in `before`
 * @param {string} before
 * @param {string} after
 */
export function unchanged(spans, before, after) {
  let same = 0
  while (same < before.length && same < after.length && before[same] === after[same]) same++
  if (same === before.length && same === after.length) return spans.length / 2
  let count = 0
  for (let i = 1; i < spans.length; i += 2) {
    const end = spans[i]
    if (end > same || (end === same && (goesOn(before, end) || goesOn(after, end)))) break
    count++
  }
  return count
}

/**
 * Whether a token that ends at a place could reach on, since letters stand on both sides of it, or signs do.
 * @param {string} text
 * @param {number} end
 */
function goesOn(text, end) {
  const [last, next] = [text[end - 1] ?? " ", text[end] ?? " "]
  return /\S/.test(next) && LETTER.test(last) === LETTER.test(next)
}

/**
 * The steps to name where there is no room for all: the current one, the last, then those that moved the belief most.
 * @param {ArrayLike<number>} belief
 * @param {Step[]} steps
 * @param {(i: number) => number} widthOf the name of a step
 * @param {number} current from 0
 * @param {number} width of the ribbon
 * @returns {{ i: number, left: number }[]} in order of the steps
 */
export function named(belief, steps, widthOf, current, width) {
  const moves = steps.map((_, i) => (i ? Math.abs(belief[i] - belief[i - 1]) : 0.5 * Math.abs(belief[0] - 0.5)))
  const best = steps
    .map((_, i) => i)
    .filter(i => moves[i] >= 0.05)
    .sort((i, j) => moves[j] - moves[i])
    .slice(0, 12)
  /** @type {{ i: number, left: number, right: number }[]} */
  const placed = []
  for (const i of new Set([current, ...best])) {
    if (i < 0 || i >= steps.length) continue
    const size = widthOf(i)
    const middle = (steps[i].left + steps[i].right) / 2
    const left = Math.max(0, Math.min(middle - size / 2, width - size))
    const free = placed.every(other => left > other.right || left + size < other.left)
    if (free) placed.push({ i, left, right: left + size })
  }
  return placed.sort((a, b) => a.i - b.i).map(({ i, left }) => ({ i, left }))
}
