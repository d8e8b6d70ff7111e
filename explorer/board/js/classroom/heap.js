// Dots on a line, heaped where several are near one another.

/**
 * @param {number[]} values 0…1
 * @param {number} width of the line
 * @param {number} size of a dot, in the same unit
 * @param {number} most how far the highest may stand above the line; a higher heap is pressed together
 * @returns {{ at: number, rise: number }[]} sorted by `at`
 */
export function heap(values, width, size, most) {
  const columns = Math.max(1, Math.floor(width / size))
  /** @type {Map<number, number>} */
  const heights = new Map()
  const placed = [...values]
    .sort((a, b) => a - b)
    .map(at => {
      const column = Math.round(at * columns)
      const height = heights.get(column) ?? 0
      heights.set(column, height + 1)
      return { at, height }
    })
  const highest = Math.max(1, ...heights.values())
  const step = Math.min(size, most / highest)
  return placed.map(({ at, height }) => ({ at, rise: step * (height + 0.5) }))
}
