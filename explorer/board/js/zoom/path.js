// The way into the zoom: a breadcrumb of the levels that are open, which phrase is looked into, one level back.
/** @import { LevelName } from "./level.js" */
/** @import { Letter } from "./zoom.js" */
import { button, element, fill } from "../dom.js"
import { t } from "../messages.js"
import { touchAlone } from "../touch.js"
import { LEVELS } from "./level.js"

const LONGEST = 30 // letters of a phrase that its button shows

/**
 * @typedef {object} Ways
 * @property {(level: LevelName | null) => void} close to that level; null closes them all
 * @property {() => void} back
 * @property {(of: Letter, from: HTMLElement) => void} choose another phrase
 */

export class Path {
  /** @param {Ways} ways */
  constructor({ close, back, choose }) {
    this.close = close
    this.choose = choose
    this.shown = "" // what the breadcrumb shows
    this.lettered = "" // what the choice of the phrase shows
    this.crumbs = element("ol", { class: "zoom-crumbs" })
    this.letters = element("div", { class: "zoom-letters", role: "group", "aria-label": t("Which phrase") })
    const name = touchAlone() ? t("One level back") : t("One level back (Esc)")
    const leave = button(name, { class: "zoom-button zoom-back" }, back)
    this.node = element("nav", { "aria-label": t("Zoom"), class: "zoom-path" }, this.crumbs, this.letters, leave)
  }

  /**
   * @param {LevelName | null} level the innermost that is open
   * @param {{ gates: boolean, unit: number | null }} run whether the model has gates, and the unit that is shown
   */
  draw(level, { gates, unit }) {
    const names = {
      memory: t("Memory"),
      gates: gates ? t("Gates") : t("Inside"),
      unit: t("Unit {unit}", { unit: unit ?? 0 }),
    }
    const key = `${level} ${Object.values(names).join(" ")}`
    if (key === this.shown) return
    this.shown = key
    const outer = [t("Verdict"), t("Words")].map(name => crumb(name, () => this.close(null)))
    const opened = level === null ? [] : LEVELS.slice(0, LEVELS.indexOf(level) + 1)
    const inner = opened.map(name => (name === level ? here(names[name]) : crumb(names[name], () => this.close(name))))
    this.crumbs.replaceChildren(...outer, ...inner)
  }

  /**
   * @param {string[]} texts
   * @param {Letter} of that is looked into
   */
  drawLetters(texts, of) {
    const key = [of, ...texts].join("\0")
    if (key === this.lettered) return
    this.lettered = key
    const active = document.activeElement
    const focused = active && this.letters.contains(active) ? active.getAttribute("data-of") : null
    const letters = /** @type {Letter[]} */ (texts[1] ? ["a", "b"] : [])
    fill(
      this.letters,
      letters.map((letter, place) => {
        const chosen = String(letter === of)
        const attributes = { class: "zoom-button zoom-letter", "aria-pressed": chosen, "data-of": letter }
        const node = button("", attributes, () => this.choose(letter, node))
        node.append(element("b", {}, letter.toUpperCase()), ` ${cut(texts[place])}`)
        if (letter === focused) queueMicrotask(() => node.focus({ preventScroll: true }))
        return node
      }),
    )
  }
}

/** @param {string} text */
function cut(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}

/**
 * @param {string} name
 * @param {() => void} go
 */
function crumb(name, go) {
  return element("li", {}, button(name, { class: "zoom-crumb" }, go))
}

/** @param {string} name */
function here(name) {
  return element("li", { "aria-current": "step", class: "zoom-here" }, name)
}
