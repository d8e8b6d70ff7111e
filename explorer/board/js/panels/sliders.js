// A still figure with sliders above it and a line at the value of the first one. Some sliders ask the server for other
// numbers while they are moved, some only show what is here already, and tell the server when they are let go, for the
// link.
/** @import { Slider, SlidersPanel } from "../payloads.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Tools } from "./panel.js" */
import { DataTable, folded } from "../data_table.js"
import { element } from "../dom.js"
import { Panel } from "./panel.js"
import { StillPlot } from "./still_plot.js"

const PATIENCE = 60 // milliseconds between two questions while a slider is moved

/**
 * A slider on the page.
 * @typedef {object} Control
 * @property {Slider["name"]} name
 * @property {HTMLInputElement} input
 * @property {HTMLOutputElement} output
 * @property {HTMLElement} node
 */

/** @extends {Panel<SlidersPanel>} */
export class Sliders extends Panel {
  /**
   * @param {string} id
   * @param {Tools} tools
   */
  constructor(id, tools) {
    super(id, tools)
    this.line = element("div", { class: "sliders-line", hidden: true })
    this.reading = element("p", { class: "stage-sentence sliders-reading" })
    this.table = new DataTable(`${id}.csv`)
    /** @type {StillPlot | undefined} */
    this.plot = undefined
    /** @type {Control[]} */
    this.controls = []
    /** @type {ReturnType<typeof setTimeout> | null} */
    this.waiting = null
  }

  /**
   * @override
   * @param {SlidersPanel} data
   * @param {Theme} theme
   */
  async fill(data, theme) {
    this.plot ??= this.lay(data)
    this.plot.receive(data)
    this.table.draw(data.title, data.table)
    await this.plot.draw(theme)
    this.show()
  }

  /**
   * The sliders stay, and where they are, while answers come and go: a hand may be on them.
   * @param {SlidersPanel} data
   */
  lay(data) {
    const plot = new StillPlot(data)
    this.controls = data.sliders.map(slider => this.control(slider))
    const sliders = element("div", { class: "sliders-controls" }, ...this.controls.map(({ node }) => node))
    const holder = element("div", { class: "stage-holder" }, plot.node, this.line)
    this.body.replaceChildren(sliders, this.reading, holder, folded(this.table.node))
    return plot
  }

  /**
   * @param {Slider} slider
   * @returns {Control}
   */
  control({ name, label, min, max, value }) {
    const input = element("input", { type: "range", min, max, step: 1, value })
    const output = element("output", { class: "sliders-value" })
    const node = element("label", { class: "sliders-control" }, element("span", {}, label), input, output)
    input.oninput = () => {
      this.show()
      if (!this.data?.readings) this.soon()
    }
    input.onchange = () => this.tell()
    return { name, input, output, node }
  }

  show() {
    for (const { input, output } of this.controls) output.textContent = input.value
    const value = Number(this.controls[0].input.value)
    const sentences = this.data?.readings
    this.reading.textContent = sentences?.[value] ?? ""
    this.reading.hidden = !sentences
    const layout = this.plot?.plot._fullLayout
    if (!layout) return
    const { xaxis, _size: size } = layout
    this.line.style.left = `${xaxis._offset + xaxis.l2p(value) - 1}px`
    this.line.style.top = `${size.t}px`
    this.line.style.height = `${size.h}px`
    this.line.hidden = false
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

  /**
   * @override
   * @param {number} width
   */
  async fit(width) {
    await this.plot?.fit(width)
    if (this.plot?.Plotly) this.show()
  }

  /** @override */
  close() {
    this.stop()
    this.plot?.close()
  }
}
