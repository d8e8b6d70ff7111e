// How large a typed text is set: on one line while that leaves it large, else on several, then smaller, then scrolled.

export const LONG = 400 // letters, from which on nothing is measured any more

/**
 * @typedef {{ size: number, lines: number, spacing: number }} Setting
 * `size` in pixels; `lines` that are seen at once; `spacing` more between words, in pixels (0 where a text wraps)
 */

/**
 * @param {number} width of the text on one line at the largest size, in pixels
 * @param {number} spaces between its words
 * @param {number} room that there is
 * @param {{ largest: number, single: number, smallest: number, lines: number }} limits sizes in pixels: the largest,
 * the least on one line, the least of all; the most lines
 * @param {number} [breaks] of lines in the text itself
 * @returns {Setting}
 */
export function typeSize(width, spaces, room, { largest, single, smallest, lines }, breaks = 0) {
  const least = 0.3 * largest // more between two words, so that the steps below have room for a number
  const one = Math.min(largest, (largest * room) / (width + spaces * least))
  if (one >= single && breaks === 0) {
    const rest = room - (width * one) / largest
    return { size: one, lines: 1, spacing: spaces ? Math.min(1.9 * one, rest / spaces) : 0 }
  }
  for (const size of [single, (single + smallest) / 2, smallest]) {
    const needed = Math.ceil((1.08 * width * size) / largest / room) + breaks
    if (needed <= lines) return { size, lines: Math.max(2, needed), spacing: 0 }
  }
  return { size: smallest, lines, spacing: 0 }
}
