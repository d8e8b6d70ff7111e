// The same words in two orders: each word's own probability as a bar from one half, and behind the words what the
// average and a recurrent model make of them. The bars change places with their words; the average stays what it is.
/** @import { OrderRow, OrdersDrawing } from "../payloads.js" */
/** @import { Drawing, Room } from "./drawing.js" */
import { ramp } from "../colour.js"
import { t } from "../messages.js"
import { shape } from "../svg.js"
import { chance } from "../text.js"
import { canvas, css, fitting } from "./drawing.js"

// All in em.
const BADGE = 2.2 // width of the letter's column
const NUMBER = 6.6 // width of a column of numbers
const NARROW = 28 // of the picture; where it is narrower the numbers stand below their words
const BELOW = 2.2 // height of the numbers there
const WORDS = 2.4 // least width of a step whose word is written
const WIDEST = 11
const HEAD = 1.6
const TALLEST = 10 // of a row
const GAP = 0.9 // between the rows

/**
 * @param {OrdersDrawing} data
 * @param {Room} room
 * @param {boolean} small
 * @returns {Drawing}
 */
export function orders(data, room, small = false) {
  const { em } = room
  const [width, height] = [room.width / em, (room.height ?? (small ? 11 : 21) * em) / em]
  const scale = ramp(room.palette.diverging)
  const narrow = width < NARROW
  const most = Math.max(...data.rows.map(row => row.tokens.length))
  const column = Math.min(WIDEST, (width - BADGE - (narrow ? 0 : 2 * NUMBER)) / most)
  const [head, gap] = narrow ? [0, 0.3] : [HEAD, GAP]
  const each = Math.min(TALLEST, (height - head - gap) / 2)
  const end = narrow ? width : Math.min(width, BADGE + column * most + 2 * NUMBER)
  const look = { em, scale, column, tall: narrow ? each - BELOW : each, end, narrow, label: data.label }
  const top = head + Math.max(0, (height - head - gap - each * data.rows.length) / 2)
  const rows = data.rows.map((row, i) => rowOf(row, top + i * (each + gap), look))
  const titles = narrow ? [] : heads(look)
  const same = data.rows.length > 1 && !narrow ? relations(data.rows, top, look) : []
  const node = canvas(room.width, Math.ceil(height * em), "orders", small ? "" : data.alt, ...titles, ...same)
  node.append(...rows.map(row => row.node))
  return { node, moveTo: step => rows.forEach(row => row.moveTo(step)) }
}

/**
 * @typedef {object} Look in em
 * @property {number} em in pixels
 * @property {(value: number) => number[]} scale
 * @property {number} column width of a word
 * @property {number} tall height of a row
 * @property {number} end of the picture
 * @property {boolean} narrow whether the numbers stand below their words
 * @property {string} label of the recurrent model
 */

/**
 * What stands above the numbers.
 * @param {Look} look
 */
function heads({ em, end, label }) {
  return [t("Average"), label].map((name, i) =>
    fitting((end - NUMBER * (1.5 - i)) * em, em, name, NUMBER, { classes: "orders-head" }),
  )
}

/**
 * Between the answers to both orders: whether they are the same.
 * @param {OrderRow[]} rows
 * @param {number} top
 * @param {Look} look
 */
function relations(rows, top, { em, tall, end }) {
  const [a, b] = rows
  const ends = /** @type {const} */ (["average", "recurrent"]).map(name => [last(a[name]), last(b[name])])
  return ends.map(([first, second], i) => {
    const same = chance(first) === chance(second)
    const classes = same ? "orders-same" : "orders-differ"
    const x = (end - NUMBER * (1.5 - i)) * em
    return fitting(x, (top + tall + GAP / 2 + 0.4) * em, same ? "=" : "≠", 3, { classes })
  })
}

/**
 * @param {OrderRow} row
 * @param {number} top
 * @param {Look} look
 */
function rowOf(row, top, look) {
  const { em, tall, column, end, narrow, label } = look
  const middle = top + tall / 2
  const steps = row.tokens.map((_, i) => stepOf(row, i, top, look))
  const right = BADGE + column * row.tokens.length
  const zero = shape("path", { d: `M${BADGE * em} ${zeroOf(top, tall) * em}H${right * em}`, class: "orders-half" })
  const said = [0, 1].map(i => {
    const place = narrow
      ? { x: (BADGE + i * ((end - BADGE) / 2)) * em, y: (top + tall + 1.4) * em, "text-anchor": "start" }
      : { x: (end - NUMBER * (1.5 - i)) * em, y: (middle + 0.6) * em, "text-anchor": "middle" }
    return shape("text", { ...place, class: "orders-said" })
  })
  const names = [t("average"), label]
  const node = shape("g", {}, ...badge(row.letter, (BADGE / 2 - 0.2) * em, middle * em, em), zero, ...steps, ...said)
  /** @param {number} step */
  const moveTo = step => {
    const at = step ? Math.min(step, row.tokens.length) - 1 : row.tokens.length - 1
    steps.forEach((each, i) => each.classList.toggle("orders-later", i > at))
    for (const [i, values] of [row.average, row.recurrent].entries()) {
      const name = shape("tspan", { class: "orders-head" }, ` ${names[i]}`)
      said[i].replaceChildren(chance(values[at]), ...(narrow ? [name] : []))
      said[i].setAttribute("class", `orders-said orders-${moodOf(values[at])}${narrow ? " orders-below" : ""}`)
    }
  }
  moveTo(0)
  return { node, moveTo }
}

/**
 * A word above its bar, or below the line where the bar goes up.
 * @param {OrderRow} row
 * @param {number} i
 * @param {number} top
 * @param {Look} look
 */
function stepOf({ tokens, alone, unknown }, i, top, { em, scale, column, tall }) {
  const p = alone[i]
  const zero = zeroOf(top, tall)
  const reach = (tall - 1.5) / 2
  const high = Math.max(0.12, Math.abs(p - 0.5) * 2 * reach)
  const gap = Math.min(0.15, column * 0.1)
  const bar = shape("rect", {
    x: (BADGE + i * column + gap) * em,
    y: (p >= 0.5 ? zero - high : zero) * em,
    width: Math.max(0.5, (column - 2 * gap) * em),
    height: high * em,
    rx: Math.min(0.25, column / 6) * em,
    fill: css(scale(p)),
    class: "orders-bar",
  })
  const word = unknown.includes(i) ? `${tokens[i]} ?` : tokens[i]
  const label = column >= WORDS ? [fitting((BADGE + (i + 0.5) * column) * em, (top + 1.05) * em, word, column)] : []
  label.forEach(text => text.setAttribute("class", "orders-word"))
  return shape("g", {}, bar, ...label)
}

/**
 * The line of one half, below the words.
 * @param {number} top
 * @param {number} tall
 */
function zeroOf(top, tall) {
  return top + 1.5 + (tall - 1.5) / 2
}

/**
 * A letter in its shape: A in a circle, B in a square.
 * @param {"A" | "B" | ""} letter
 * @param {number} x
 * @param {number} y
 * @param {number} em
 */
function badge(letter, x, y, em) {
  if (!letter) return []
  const size = 0.75 * em
  const outline =
    letter === "A"
      ? shape("circle", { cx: x, cy: y, r: size, class: "orders-badge" })
      : shape("rect", { x: x - size, y: y - size, width: 2 * size, height: 2 * size, rx: 3, class: "orders-badge" })
  return [outline, fitting(x, y + 0.36 * em, letter, 2, { classes: "orders-letter" })]
}

/** @param {number} p */
function moodOf(p) {
  return p > 0.6 ? "positive" : p < 0.4 ? "negative" : "unsure"
}

/** @param {number[]} values */
function last(values) {
  return values[values.length - 1]
}
