// The ribbon of a text: P(positive) after each word, up from 50% where it is positive, down where it is negative.
import { element } from "../dom.js"
import { t } from "../messages.js"
import { shape } from "../svg.js"
import { shortened } from "../text.js"
import { rem } from "../theme.js"
import { UNSURE, colour, percent, short } from "./numbers.js"
import { aligned, named, shared, stepAt } from "./steps.js"

/** @import { Step } from "./steps.js" */
/** @import { ReadText } from "./answers.js" */

/**
 * @typedef {object} RibbonContent
 * @property {ReadText} read
 * @property {ArrayLike<number>} belief
 * @property {Step[] | null} places where the words stand above the ribbon; null where they wrap
 * @property {number} count of the steps that are drawn
 * @property {number} step the current one, from 1
 * @property {boolean} moving whether the current one is marked
 * @property {string} model as it is called
 */

export class Ribbon {
  /**
   * @param {"A" | "B"} letter
   * @param {(step: number) => void} onStep
   */
  constructor(letter, onStep) {
    this.letter = letter
    this.svg = shape("svg", { class: "duel-drawing", "aria-hidden": "true" })
    this.node = element("div", { class: "duel-ribbon", "data-ribbon": letter }, this.svg)
    this.half = element("span", { class: "duel-half", "aria-hidden": "true", hidden: true }, t("50%"))
    /** @type {Step[]} */
    this.steps = []
    this.step = 0
    this.node.addEventListener("pointerdown", event => {
      const x = event.clientX - this.svg.getBoundingClientRect().left
      if (this.steps.length) onStep(stepAt(this.steps, x) + 1)
    })
    this.node.addEventListener("keydown", event => {
      const moves = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }
      const ends = { Home: -Infinity, End: Infinity }
      const by = { ...moves, ...ends }[event.key]
      if (by === undefined || !this.steps.length || event.altKey || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      onStep(Math.max(1, Math.min(this.steps.length, Math.min(this.step, this.steps.length) + by)))
    })
  }

  /** Nothing is drawn: an empty box, or a visitor who guesses. */
  clear() {
    this.svg.replaceChildren()
    this.half.hidden = true
    this.steps = []
    for (const name of ["role", "tabindex", "aria-label", "aria-valuemin", "aria-valuemax", "aria-valuenow"]) {
      this.node.removeAttribute(name)
    }
    this.node.removeAttribute("aria-valuetext")
  }

  /** @param {RibbonContent} content */
  draw(content) {
    const { read, belief, places, count } = content
    const width = this.node.clientWidth
    const height = this.node.clientHeight
    if (!read.tokens.length || count === 0 || width === 0) return this.clear()
    this.step = content.step
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`)
    const unit = rem()
    this.steps = places ? aligned(places, width, 0.5 * unit) : shared(read.tokens, read.words, width)
    const parts = places ? this.bars(content, width, height, unit) : this.strip(content, width, height, unit)
    this.svg.replaceChildren(...parts)
    this.half.hidden = false
    this.speak(read, belief, content)
  }

  /**
   * A bar below each word of one line.
   * @param {RibbonContent} content
   * @param {number} width
   * @param {number} height
   * @param {number} unit
   */
  bars({ read, belief, count, step, moving, places }, width, height, unit) {
    const marked = read.unknown.length > 0 || Object.keys(read.read).length > 0
    const frame = frameOf(height, unit, marked ? 1.2 * unit : 0.15 * unit)
    this.half.style.top = `${frame.middle}px`
    const last = this.steps[this.steps.length - 1]
    /** @type {SVGElement[]} */
    const parts = ground(frame, this.steps[0].left, last.right)
    const ends = this.steps.length - 1
    const size = (/** @type {number} */ i) => (0.62 * short(belief[i]).length + 0.1) * unit
    const place = (/** @type {number} */ i) => {
      const { left, right } = this.steps[i]
      return i < ends ? (left + right) / 2 : Math.min((left + right) / 2, width - size(i) / 2)
    }
    const free = count > ends ? place(ends) - size(ends) / 2 : width // up to the answer, which has its number always
    for (let i = 0; i < Math.min(count, this.steps.length); i++) {
      const { left, right } = this.steps[i]
      const now = moving && i === step - 1
      const p = belief[i]
      const extent = Math.max(1.5, Math.abs(p - 0.5) * 2 * frame.reach)
      const y = p >= 0.5 ? frame.middle - extent : frame.middle
      if (now) parts.push(shape("rect", { class: "duel-now", x: left, y: 0, width: right - left, height, rx: 4 }))
      const box = { x: left + 1.5, width: Math.max(1, right - left - 3), y, height: extent, rx: 3 }
      parts.push(shape("rect", { class: "duel-bar", style: `fill: ${colour(p)}`, ...box }))
      if (now && places) {
        const word = { x: places[i].left, width: Math.max(4, places[i].right - places[i].left), y: 0, height: 4, rx: 2 }
        parts.push(shape("rect", { class: "duel-here", ...word }))
      }
      const number = short(p)
      if (i === ends || (right - left >= size(i) && place(i) + size(i) / 2 <= free)) {
        const baseline = p >= 0.5 ? y - 0.28 * unit : y + extent + 0.95 * unit
        const classes = now || i === ends ? "duel-number duel-strong" : "duel-number"
        parts.push(written(place(i), baseline, number, classes))
      }
      const mark = markOf(read, i)
      if (mark) parts.push(written((left + right) / 2, 1.05 * unit, room(mark, right - left, unit), "duel-mark"))
    }
    return parts
  }

  /**
   * One area for a text that wraps, with the names of the words that matter most.
   * @param {RibbonContent} content
   * @param {number} width
   * @param {number} height
   * @param {number} unit
   */
  strip({ read, belief, count, step, moving }, width, height, unit) {
    const frame = { middle: (height - 1.4 * unit) / 2, reach: (height - 1.4 * unit) / 2 - 3 }
    this.half.style.top = `${frame.middle}px`
    const all = this.steps
    const drawn = Math.min(count, all.length)
    /** @type {SVGElement[]} */
    const parts = [...ground(frame, 0, width), ...[1, -1].map(side => area(belief, all, drawn, frame, side))]
    for (const i of read.unknown.filter(place => place < drawn).slice(0, 12)) {
      parts.push(written((all[i].left + all[i].right) / 2, frame.middle + 0.35 * unit, "?", "duel-mark"))
    }
    const current = Math.min(step, drawn) - 1
    const name = (/** @type {number} */ i) =>
      labelOf(read, belief, i, i === current, moving || drawn < all.length, width < 24 * unit)
    const size = (/** @type {number} */ i) => (0.6 * name(i).length + (i === current ? 0.9 : 0.6)) * unit
    const shown = named(Array.from(belief).slice(0, drawn), all.slice(0, drawn), size, current, width)
    for (const { i, left } of shown) {
      const middle = (all[i].left + all[i].right) / 2
      const y = frame.middle - (belief[i] - 0.5) * 2 * frame.reach
      const now = i === current
      const line = now ? "duel-lead-line duel-lead-now" : "duel-lead-line"
      parts.push(shape("path", { class: line, d: `M${middle} ${height - 1.25 * unit}V${y}` }))
      parts.push(shape("circle", { class: "duel-dot", cx: Math.min(middle, width - 5), cy: y, r: now ? 5 : 3.5 }))
      const at = { x: left + 0.2 * unit, y: height - 0.25 * unit }
      parts.push(shape("text", { ...at, class: now ? "duel-number duel-strong" : "duel-number" }, name(i)))
    }
    return parts
  }

  /**
   * What the ribbon is to a screen reader: a slider of steps.
   * @param {ReadText} read
   * @param {ArrayLike<number>} belief
   * @param {RibbonContent} content
   */
  speak(read, belief, { step, model }) {
    const steps = read.tokens.length
    const at = Math.min(step, steps)
    const values = {
      role: "slider",
      tabindex: "0",
      "aria-label": t("Words of {letter} as the {model} reads them", { letter: this.letter, model }),
      "aria-valuemin": "1",
      "aria-valuemax": String(steps),
      "aria-valuenow": String(at),
      "aria-valuetext": t("Step {step} of {steps}, “{word}”: {percent} positive", {
        step: at,
        steps,
        word: markedWord(read, at - 1),
        percent: percent(belief[at - 1]),
      }),
    }
    for (const [name, value] of Object.entries(values)) this.node.setAttribute(name, value)
  }
}

/**
 * @param {number} height
 * @param {number} unit
 * @param {number} top that is kept free
 */
function frameOf(height, unit, top) {
  const middle = top + (height - top) / 2
  return { middle, reach: Math.max(8, (height - top) / 2 - 1.15 * unit) }
}

/**
 * The band in which there is no verdict, and the line at 50%.
 * @param {{ middle: number, reach: number }} frame
 * @param {number} left
 * @param {number} right
 */
function ground({ middle, reach }, left, right) {
  const half = (UNSURE[1] - 0.5) * 2 * reach
  return [
    shape("rect", { class: "duel-band", x: left, y: middle - half, width: right - left, height: 2 * half }),
    shape("path", { class: "duel-middle", d: `M${left} ${middle}H${right}` }),
  ]
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} words
 * @param {string} classes
 */
function written(x, y, words, classes) {
  return shape("text", { x, y, class: classes, "text-anchor": "middle" }, words)
}

/**
 * How a token that is not read as it stands is marked; empty for any other.
 * @param {ReadText} read
 * @param {number} i
 */
function markOf(read, i) {
  if (read.unknown.includes(i)) return "?"
  return read.read[i] ? `→ ${read.read[i]}` : ""
}

/**
 * @param {ReadText} read
 * @param {number} i
 */
export function markedWord(read, i) {
  const word = shortened(read.tokens[i] ?? "", 14)
  if (read.unknown.includes(i)) return `${word}?`
  return read.read[i] ? `${word}→${shortened(read.read[i], 14)}` : word
}

/**
 * What a step of a strip is called: its word and the belief after it. The last one is the end.
 * @param {ReadText} read
 * @param {ArrayLike<number>} belief
 * @param {number} i
 * @param {boolean} current
 * @param {boolean} moving
 * @param {boolean} narrow
 */
function labelOf(read, belief, i, current, moving, narrow) {
  const number = short(belief[i])
  if (current && !moving) return t("end: {number}%", { number })
  return narrow && !current ? markedWord(read, i) : `${markedWord(read, i)} ${number}`
}

/**
 * All of a strip that lies on one side of 50%, as one shape.
 * @param {ArrayLike<number>} belief
 * @param {Step[]} steps
 * @param {number} count of those that are drawn
 * @param {{ middle: number, reach: number }} frame
 * @param {number} side 1 up, −1 down
 */
function area(belief, steps, count, { middle, reach }, side) {
  let path = `M0 ${middle}`
  for (let i = 0; i < count; i++) {
    const over = Math.max(0, side * (belief[i] - 0.5)) * 2 * reach
    path += `V${(middle - side * over).toFixed(1)}H${steps[i].right.toFixed(1)}`
  }
  return shape("path", { class: side > 0 ? "duel-area duel-up" : "duel-area duel-down", d: `${path}V${middle}Z` })
}

/**
 * As much of a mark as there is room for.
 * @param {string} mark
 * @param {number} width
 * @param {number} unit
 */
function room(mark, width, unit) {
  return shortened(mark, Math.max(1, Math.floor(width / (0.52 * unit))))
}
