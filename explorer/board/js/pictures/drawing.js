// What the drawings of cards and panels share: the room they get, and how words fit into it. Lengths are in em, of the
// page's own type, so that a drawing grows with the window.
/** @import { Palette } from "../payloads.js" */
import { shape } from "../svg.js"
import { shortened } from "../text.js"

/**
 * The room for a drawing. `height` in pixels where it is given; `em`: pixels of the type.
 * @typedef {{ width: number, height?: number, em: number, palette: Palette }} Room
 */

/**
 * A drawing, and how it follows the time cursor.
 * @typedef {{ node: Element, moveTo?: (step: number) => void }} Drawing
 */

const LETTER = 0.57 // em that a letter needs, on average, in bold type
const TRAILING = 0.3 // em around a word

/**
 * How wide a word is, in em. Ideographs are as wide as high.
 * @param {string} word
 */
export function widthOfWord(word) {
  return [...word].reduce((sum, letter) => sum + (letter > "⺀" ? 1.1 : LETTER), TRAILING)
}

/**
 * A word in the room there is, shortened where it is too long; its title has it whole.
 * @param {number} x
 * @param {number} y of its base line
 * @param {string} word
 * @param {number} room in em
 * @param {{ classes?: string, anchor?: "start" | "middle" | "end" }} [look]
 */
export function fitting(x, y, word, room, { classes = "", anchor = "middle" } = {}) {
  const wide = widthOfWord(word) <= room
  const text = wide ? word : shortened(word, Math.max(2, Math.floor((room - TRAILING / 2) / LETTER)))
  const node = shape("text", { x, y, class: classes, "text-anchor": anchor }, text)
  if (text !== word) node.append(shape("title", {}, word))
  return node
}

/**
 * An empty drawing of a size in pixels.
 * @param {number} width
 * @param {number} height
 * @param {string} classes
 * @param {string} alt "" where what is around it says it
 * @param {...Element} children
 */
export function canvas(width, height, classes, alt, ...children) {
  /** @type {Record<string, string>} */
  const named = alt ? { role: "img", "aria-label": alt } : { "aria-hidden": "true" }
  const box = { width, height, viewBox: `0 0 ${width} ${height}` }
  return shape("svg", { class: `drawing ${classes}`, ...box, ...named }, ...children)
}

/**
 * @param {number[]} rgb
 */
export function css([red, green, blue]) {
  return `rgb(${red} ${green} ${blue})`
}
