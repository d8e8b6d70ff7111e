// Sliders of whole numbers. They stay, and where they are, while answers come and go: a hand may be on them.
/** @import { Slider } from "../payloads.js" */
/** @import { Tools } from "./panel.js" */
import { element } from "../dom.js"

const PATIENCE = 60 // milliseconds between two questions while a slider is moved

/**
 * A slider on the page.
 * @typedef {object} Control
 * @property {Slider["name"]} name
 * @property {HTMLInputElement} input
 * @property {HTMLOutputElement} output
 */

export class SliderControls {
  /**
   * @param {Tools} tools
   * @param {boolean} live whether the server is asked while a slider is moved, and not only when it is let go
   * @param {() => void} onMove
   */
  constructor(tools, live, onMove) {
    this.tools = tools
    this.live = live
    this.onMove = onMove
    this.node = element("div", { class: "sliders-controls" })
    /** @type {Control[]} */
    this.controls = []
    /** @type {ReturnType<typeof setTimeout> | null} */
    this.waiting = null
  }

  /** @param {Slider[]} sliders */
  lay(sliders) {
    if (this.controls.length) return
    this.node.replaceChildren(...sliders.map(slider => this.control(slider)))
    this.show()
  }

  /** Where the first slider stands. */
  get value() {
    return Number(this.controls[0]?.input.value ?? 0)
  }

  /** @param {Slider} slider */
  control({ name, label, min, max, value }) {
    const input = element("input", { type: "range", min, max, step: 1, value })
    const output = element("output", { class: "sliders-value" })
    input.oninput = () => {
      this.show()
      this.onMove()
      if (this.live) this.soon()
    }
    input.onchange = () => this.tell()
    this.controls.push({ name, input, output })
    return element("label", { class: "sliders-control" }, element("span", {}, label), input, output)
  }

  show() {
    for (const { input, output } of this.controls) output.textContent = input.value
  }

  soon() {
    this.waiting ??= setTimeout(() => this.tell(), PATIENCE)
  }

  // Of two questions before an answer the server sees the later one: so each tells of the sliders of all panels.
  tell() {
    this.stop()
    for (const { name, input } of this.controls) this.tools.moved[name] = Number(input.value)
    this.tools.ask({ ...this.tools.moved })
  }

  stop() {
    if (this.waiting) clearTimeout(this.waiting)
    this.waiting = null
  }
}
