// A still figure with sliders above it and a line at the value of the first one. Some sliders ask the server for other
// numbers while they are moved, some only show what is here already, and tell the server when they are let go, for the
// link.
/** @import { SlidersPanel } from "../payloads.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Tools } from "./panel.js" */
import { DataTable, folded } from "../data_table.js"
import { element } from "../dom.js"
import { Panel } from "./panel.js"
import { SliderControls } from "./slider_controls.js"
import { StillPlot } from "./still_plot.js"

/** @extends {Panel<SlidersPanel>} */
export class Sliders extends Panel {
  /**
   * @param {string} id
   * @param {Tools} tools
   */
  constructor(id, tools) {
    super(id, tools)
    this.line = element("div", { class: "sliders-line", hidden: true })
    this.reading = element("p", { class: "sliders-reading" })
    this.table = new DataTable(`${id}.csv`)
    /** @type {StillPlot | undefined} */
    this.plot = undefined
    /** @type {SliderControls | undefined} */
    this.sliders = undefined
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

  /** @param {SlidersPanel} data */
  lay(data) {
    const plot = new StillPlot(data)
    this.sliders = new SliderControls(this.tools, !data.readings, () => this.show())
    this.sliders.lay(data.sliders)
    const holder = element("div", { class: "stage-holder" }, plot.node, this.line)
    this.body.replaceChildren(this.sliders.node, this.reading, holder)
    this.node.append(folded(this.table.node))
    return plot
  }

  show() {
    const value = this.sliders?.value ?? 0
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
    this.sliders?.stop()
    this.plot?.close()
  }
}
