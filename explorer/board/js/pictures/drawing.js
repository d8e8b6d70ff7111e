// What the drawings of cards and panels share: the room they get, and how words fit into it. Lengths are in em, of the
// page's own type, so that a drawing grows with the window.
/** @import { Palette } from "../payloads.js" */
import { shape } from "../svg.js"

/**
 * The room for a drawing. `height` in pixels where it is given; `em`: pixels of the type.
 * @typedef {{ width: number, height?: number, em: number, palette: Palette }} Room
 */

/**
 * A drawing, and how it follows the time cursor.
 * @typedef {{ node: Element, moveTo?: (step: number) => void }} Drawing
 */

// What letters need in bold type, in em.
const LETTER = 0.61
const NARROW = { letters: new Set("()[]ijlftr.,:;'!|I “”’"), width: 0.42 }
const WIDE = { letters: new Set("mwMW%@…—"), width: 0.95 }
const IDEOGRAPH = 1.1
const AROUND = 0.3 // a word

/**
 * How wide a word is, in em. Ideographs are as wide as high.
 * @param {string} word
 */
export function widthOfWord(word) {
  return [...word].reduce((sum, letter) => sum + widthOfLetter(letter), AROUND)
}

/** @param {string} letter */
function widthOfLetter(letter) {
  if (letter > "⺀") return IDEOGRAPH
  if (NARROW.letters.has(letter)) return NARROW.width
  return WIDE.letters.has(letter) ? WIDE.width : LETTER
}

/**
 * As much of a word as there is room for, an ellipsis behind it.
 * @param {string} word
 * @param {number} room in em
 */
function cut(word, room) {
  const letters = [...word]
  while (letters.length > 1 && widthOfWord(letters.join("")) + WIDE.width > room) letters.pop()
  return `${letters.join("")}…`
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
  const text = wide ? word : cut(word.slice(0, 200), room)
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
