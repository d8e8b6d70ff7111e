// One line from 0 to 100% per model, with what it says of A and of B; one of them is chosen for the ribbons.
import { element } from "../dom.js"
import { t } from "../messages.js"
import { rem } from "../theme.js"
import { marks } from "./marks.js"
import { colour, percent } from "./numbers.js"

/** @import { About } from "./answers.js" */
/** @import { Mark } from "./marks.js" */

/** @typedef {{ name: string, label: string }} Model */
/** @typedef {{ a: number | null, b: number | null }} Ends */
/**
 * @typedef {{ row: HTMLElement, track: HTMLElement, marks: HTMLElement, value: HTMLElement, about: HTMLElement }} Line
 */

/**
 * What a model's line is called.
 * @param {Model} model
 */
export function lineName({ name, label }) {
  if (name === "per-word") return t("Average of words")
  return name === "concat" ? t("All words side by side") : label
}

/**
 * A model as a sentence calls it, after "the".
 * @param {Model} model
 */
export function called({ name, label }) {
  if (name === "per-word") return t("average")
  return name === "concat" ? t("side-by-side network") : label
}

/**
 * What a line says at its right end.
 * @param {Ends} ends
 */
export function valueText({ a, b }) {
  if (a === null && b === null) return ""
  if (a === null || b === null) return percent(a ?? b ?? 0)
  if (a === b) return t("{a}, the same", { a: percent(a) })
  return t("{a} and {b}", { a: percent(a), b: percent(b) })
}

export class Lines {
  /**
   * @param {Model[]} models
   * @param {(name: string) => void} onChoose
   */
  constructor(models, onChoose) {
    this.models = models
    this.onChoose = onChoose
    /** @type {Map<string, Line>} */
    this.lines = new Map(models.map(model => [model.name, this.line(model)]))
    const axis = element(
      "div",
      { class: "duel-axis", "aria-hidden": "true" },
      element("span", {}, t("negative")),
      element("span", {}, t("can’t say")),
      element("span", {}, t("positive")),
    )
    const rows = [...this.lines.values()].map(({ row }) => row)
    const group = { role: "radiogroup", class: "duel-lines", "aria-label": t("Model whose steps are shown above") }
    this.group = element("div", group, ...rows)
    this.group.addEventListener("keydown", event => this.key(event))
    this.node = element("div", { class: "duel-models" }, axis, this.group)
  }

  /**
   * @param {Model} model
   * @returns {Line}
   */
  line(model) {
    const about = element("span", { class: "duel-about" })
    const label = element(
      "span",
      { class: "duel-label" },
      element("span", { class: "duel-name" }, lineName(model)),
      about,
    )
    const shown = element("span", { class: "duel-marks" })
    const track = element("span", { class: "duel-track" }, element("span", { class: "duel-unsure" }), shown)
    const value = element("span", { class: "duel-value" })
    const attributes = { role: "radio", class: "duel-line", "data-model": model.name, "aria-checked": "false" }
    const row = element("div", attributes, label, track, value)
    row.addEventListener("click", () => this.onChoose(model.name))
    return { row, track, marks: shown, value, about }
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target =
      event.target instanceof HTMLElement && event.target.getAttribute("role") === "radio" ? event.target : null
    if (!target || event.altKey || event.ctrlKey || event.metaKey) return
    const place = this.models.findIndex(({ name }) => name === target.dataset.model)
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Enter: 0, " ": 0 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    const { name } = this.models[(place + by + this.models.length) % this.models.length]
    this.onChoose(name)
    this.lines.get(name)?.row.focus()
  }

  /** @param {About[]} models */
  tell(models) {
    for (const { name, weights, slots } of models) {
      const line = this.lines.get(name)
      const count = weights.toLocaleString("en")
      if (line && slots) line.about.textContent = t("{count} weights, {slots} words at most", { count, slots })
      else if (line) line.about.textContent = t("{count} weights, any length", { count })
    }
  }

  /**
   * @param {string} chosen
   * @param {(name: string) => Ends} endsOf
   * @param {boolean} hidden whether the visitor guesses: then nothing is told
   * @param {[number | null, number | null] | null} guesses that are shown beside the chosen model's answer
   */
  draw(chosen, endsOf, hidden, guesses) {
    const size = 1.75 * rem()
    for (const [name, line] of this.lines) {
      const ends = hidden ? { a: null, b: null } : endsOf(name)
      const checked = name === chosen
      line.row.setAttribute("aria-checked", String(checked))
      line.row.setAttribute("tabindex", checked ? "0" : "-1")
      const own =
        checked && guesses && !hidden ? guesses.flatMap((guess, k) => (guess === null ? [] : ghost(guess, k))) : []
      const placed = marks(ends.a, ends.b, line.track.clientWidth, size)
      const between = placed.length === 2 ? [bond(placed)] : []
      line.marks.replaceChildren(...between, ...own, ...placed.map(mark))
      const text = valueText(ends)
      if (line.value.textContent !== text) line.value.textContent = text
    }
    this.node.classList.toggle("duel-guessed", hidden)
  }

  /** @param {string} name */
  track(name) {
    return this.lines.get(name)?.track
  }
}

/** @param {Mark} place */
function mark({ letter, at, lift, side }) {
  const near = lift ? ` duel-near duel-${lift < 0 ? "above" : "below"} duel-${side < 0 ? "left" : "right"}` : ""
  const classes = `duel-point duel-point-${letter.toLowerCase()}${near}`
  const style = `left: ${(100 * at).toFixed(2)}%; background: ${colour(at)}`
  return element("span", { class: classes, style, "aria-hidden": "true" }, letter)
}

/**
 * Where the visitor guessed.
 * @param {number} at
 * @param {number} k
 */
function ghost(at, k) {
  const classes = `duel-point duel-ghost duel-point-${"ab"[k]}`
  return [element("span", { class: classes, style: `left: ${(100 * at).toFixed(2)}%`, "aria-hidden": "true" }, "?")]
}

/**
 * What joins the marks of A and B.
 * @param {Mark[]} placed
 */
function bond(placed) {
  const [low, high] = placed.map(({ at }) => at).sort((a, b) => a - b)
  const style = `left: ${(100 * low).toFixed(2)}%; width: ${(100 * (high - low)).toFixed(2)}%`
  return element("span", { class: "duel-bond", style, "aria-hidden": "true" })
}
