// Where the marks of A and B stand on a model's line.

/**
 * @typedef {{ letter: "A" | "B" | "AB", at: number, lift: -1 | 0 | 1, side: -1 | 0 | 1 }} Mark
 * `at` 0…1; `lift` above or below the line, `side` left or right of its place, where there is no room for both
 */

/**
 * Exactly equal answers are one joint mark; such as would cover one another stand above and below the line.
 * @param {number | null} a
 * @param {number | null} b
 * @param {number} width of the line
 * @param {number} size of a mark
 * @returns {Mark[]}
 */
export function marks(a, b, width, size) {
  if (a === null || b === null) {
    if (a !== null) return [lone("A", a)]
    return b === null ? [] : [lone("B", b)]
  }
  if (a === b) return [lone("AB", a)]
  const near = Math.abs(a - b) * width < size
  if (!near) return [lone("A", a), lone("B", b)]
  return [
    { letter: "A", at: a, lift: -1, side: a < b ? -1 : 1 },
    { letter: "B", at: b, lift: 1, side: a < b ? 1 : -1 },
  ]
}

/**
 * @param {Mark["letter"]} letter
 * @param {number} at
 * @returns {Mark}
 */
function lone(letter, at) {
  return { letter, at, lift: 0, side: 0 }
}
