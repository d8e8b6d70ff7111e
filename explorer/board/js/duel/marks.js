// Where the marks of A and B stand on a model's line.

/** @typedef {{ letter: "A" | "B" | "AB", at: number, lift: -1 | 0 | 1 }} Mark `at` 0…1; `lift` above or below the line */

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
    if (a !== null) return [{ letter: "A", at: a, lift: 0 }]
    return b === null ? [] : [{ letter: "B", at: b, lift: 0 }]
  }
  if (a === b) return [{ letter: "AB", at: a, lift: 0 }]
  const near = Math.abs(a - b) * width < size
  return [
    { letter: "A", at: a, lift: near ? -1 : 0 },
    { letter: "B", at: b, lift: near ? 1 : 0 },
  ]
}
