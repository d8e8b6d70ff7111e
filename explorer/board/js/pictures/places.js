// One phrase at every place among neutral words: a line a model, named at its end.
/** @import { PlaceLine, PlacesPicture } from "../payloads.js" */
/** @import { Drawing, Room } from "./drawing.js" */
import { t } from "../messages.js"
import { shape } from "../svg.js"
import { canvas, fitting } from "./drawing.js"

/** @type {Record<string, string>} */
const DASHES = { solid: "", dash: "8 5", dot: "2 5", dashdot: "8 5 2 5", longdash: "14 6" }
const AXIS = 3.2 // em, left of the lines
const FOOT = 1.7 // em, below them
const NAMES = 8 // em, right of them
const APART = 1.15 // em between two names at least

/**
 * @param {Pick<PlacesPicture, "alt" | "lines">} data
 * @param {Room} room
 * @param {boolean} small
 * @returns {Drawing}
 */
export function places({ alt, lines }, room, small = false) {
  const { em, width, palette } = room
  const height = room.height ?? 12 * em
  const [left, top, bottom] = [AXIS * em, 0.7 * em, height - FOOT * em]
  const right = Math.max(left + em, width - NAMES * em) // while the page is laid out there can be no room yet
  const steps = Math.max(1, lines[0].belief.length - 1)
  /** @param {number} k */
  const across = k => left + ((right - left) * k) / steps
  /** @param {number} p */
  const down = p => bottom - (bottom - top) * p
  const colours = /** @type {Record<string, unknown>} */ ({ ...palette })
  const ends = spread(
    lines.map(line => down(line.belief[steps])),
    APART * em,
    [top + 0.3 * em, bottom + 0.2 * em],
  )
  const drawn = lines.flatMap(({ label, look, belief }, i) => {
    const d = belief.map((p, k) => `${k ? "L" : "M"}${across(k).toFixed(1)} ${down(p).toFixed(1)}`).join("")
    const stroke = String(colours[look[0]])
    const name = fitting(right + 0.5 * em, ends[i] + 0.35 * em, label, NAMES, { anchor: "start" })
    return [shape("path", { d, class: "places-line", stroke, "stroke-dasharray": DASHES[look[1]] ?? "" }), name]
  })
  const shapes = [...frame(left, right, down, em), ...foot(across, steps, height, em), ...drawn]
  return { node: canvas(width, height, "places", small ? "" : alt, ...shapes) }
}

/**
 * The band of the undecided, and three marks of P(positive).
 * @param {number} left
 * @param {number} right
 * @param {(p: number) => number} down
 * @param {number} em
 */
function frame(left, right, down, em) {
  const band = {
    x: left,
    y: down(0.6),
    width: Math.max(0, right - left),
    height: down(0.4) - down(0.6),
    class: "places-band",
  }
  const marks = [0, 0.5, 1].map(p =>
    fitting(left - 0.4 * em, down(p) + 0.35 * em, `${100 * p}%`, 4, { anchor: "end", classes: "places-mark" }),
  )
  const axis = shape("path", { d: `M${left} ${down(1)}V${down(0)}H${right}`, class: "places-axis" })
  return [shape("rect", band), axis, ...marks]
}

/**
 * @param {(k: number) => number} across
 * @param {number} steps
 * @param {number} height
 * @param {number} em
 */
function foot(across, steps, height, em) {
  const y = height - 0.35 * em
  const words = t("neutral words before it: 0 to {count}", { count: steps })
  return [fitting(across(0), y, words, 30, { anchor: "start", classes: "places-mark" })]
}

/**
 * Where names stand that would touch: pushed apart, none out of the range.
 * @param {number[]} wanted
 * @param {number} apart
 * @param {[number, number]} range
 * @returns {number[]}
 */
export function spread(wanted, apart, [low, high]) {
  const order = wanted.map((_, i) => i).sort((i, j) => wanted[i] - wanted[j])
  const at = [...wanted]
  order.forEach((i, k) => {
    const above = k ? at[order[k - 1]] + apart : low
    at[i] = Math.max(at[i], above)
  })
  const sorted = [...order].reverse()
  sorted.forEach((i, k) => {
    const below = k ? at[sorted[k - 1]] - apart : high
    at[i] = Math.min(at[i], below)
  })
  return at
}

/** @typedef {PlaceLine} Line */
