// Guess first: the visitor puts a marker for each sentence where the chosen model will end, before it is shown.
import { element } from "../dom.js"
import { t } from "../messages.js"
import { percent } from "./numbers.js"

const KEYS = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
  Home: -100,
  End: 100,
}

/**
 * The place on a line, 0…100, of a pointer.
 * @param {number} x
 * @param {{ left: number, width: number }} line
 */
export function placeOf(x, { left, width }) {
  return Math.round(100 * Math.max(0, Math.min(1, (x - left) / Math.max(1, width))))
}

export class Guess {
  /** @param {string} model as it is called */
  constructor(model) {
    this.model = model
    /** @type {[number, number]} in percent */
    this.values = [35, 65]
    /** @type {HTMLElement[]} */
    this.handles = [0, 1].map(k => this.handle(k))
    this.node = element("span", { class: "duel-handles" }, ...this.handles)
    this.node.addEventListener("pointerdown", event => this.press(event))
    this.handles.forEach((_, k) => this.move(k, this.values[k]))
  }

  /** @param {number} k */
  handle(k) {
    const letter = "AB"[k]
    const attributes = {
      role: "slider",
      tabindex: "0",
      class: `duel-point duel-handle duel-point-${letter.toLowerCase()}`,
      "aria-label": t("Your guess: where the {model} ends for {letter}", { model: this.model, letter }),
      "aria-valuemin": "0",
      "aria-valuemax": "100",
      "data-guess": letter,
    }
    const node = element(
      "span",
      attributes,
      letter,
      element("span", { class: "duel-guess-value", "aria-hidden": "true" }),
    )
    node.addEventListener("keydown", event => {
      const by = /** @type {Record<string, number>} */ (KEYS)[event.key]
      if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      event.stopPropagation()
      this.move(k, this.values[k] + by)
    })
    return node
  }

  /**
   * The nearer marker goes to the pointer and follows it.
   * @param {PointerEvent} event
   */
  press(event) {
    event.preventDefault()
    const seen = [0, 1].filter(k => !this.handles[k].hidden)
    if (seen.length === 0) return
    const line = this.node.getBoundingClientRect()
    const at = placeOf(event.clientX, line)
    const own = this.handles.findIndex(handle => event.target instanceof Node && handle.contains(event.target))
    const k =
      own >= 0 ? own : seen.reduce((a, b) => (Math.abs(this.values[b] - at) < Math.abs(this.values[a] - at) ? b : a))
    this.handles[k].focus()
    this.move(k, at)
    const follow = (/** @type {PointerEvent} */ moved) => this.move(k, placeOf(moved.clientX, line))
    const end = () => {
      window.removeEventListener("pointermove", follow)
      window.removeEventListener("pointerup", end)
      window.removeEventListener("pointercancel", end)
    }
    window.addEventListener("pointermove", follow)
    window.addEventListener("pointerup", end)
    window.addEventListener("pointercancel", end)
  }

  /**
   * @param {number} k
   * @param {number} value in percent
   */
  move(k, value) {
    const at = Math.max(0, Math.min(100, value))
    this.values[k] = at
    const node = this.handles[k]
    node.style.left = `${at}%`
    node.setAttribute("aria-valuenow", String(at))
    node.setAttribute("aria-valuetext", t("{number}% positive", { number: at }))
    const shown = node.querySelector(".duel-guess-value")
    if (shown) shown.textContent = t("{number}%", { number: at })
  }

  /**
   * Over a model's line, one marker for each text that there is; beside the lines, since each is a radio button.
   * @param {HTMLElement} lines
   * @param {HTMLElement} track
   * @param {boolean[]} there
   */
  over(lines, track, there) {
    this.handles.forEach((handle, k) => {
      handle.hidden = !there[k]
    })
    if (this.node.parentNode !== lines) lines.append(this.node)
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = track
    const box = { left: offsetLeft, top: offsetTop, width: offsetWidth, height: offsetHeight }
    for (const [side, pixels] of Object.entries(box)) this.node.style.setProperty(side, `${pixels}px`)
  }

  close() {
    this.node.remove()
  }
}

/**
 * How far the guesses are from the answers, in words.
 * @param {string} model as it is called
 * @param {[number | null, number | null]} guesses 0…1
 * @param {{ a: number | null, b: number | null }} ends
 */
export function difference(model, guesses, { a, b }) {
  const said = guesses.map(guess => t("{number}%", { number: Math.round(100 * (guess ?? 0)) }))
  if (a !== null && b !== null) {
    const places = { model, yoursA: said[0], yoursB: said[1], a: percent(a), b: percent(b) }
    return t("A: you said {yoursA}, the {model} says {a}. B: you said {yoursB}, the {model} says {b}.", places)
  }
  if (a !== null) return t("You said {yours}, the {model} says {end}.", { model, yours: said[0], end: percent(a) })
  if (b !== null) return t("You said {yours}, the {model} says {end}.", { model, yours: said[1], end: percent(b) })
  return ""
}
