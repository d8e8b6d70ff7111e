// A still figure with the table behind it.
/** @import { PlotPanel } from "../payloads.js" */
/** @import { Theme } from "../theme.js" */
import { dataTable, folded } from "../data_table.js"
import { Panel } from "./panel.js"
import { StillPlot } from "./still_plot.js"

/**
 * @template {PlotPanel} Data
 * @extends {Panel<Data>}
 */
export class Plot extends Panel {
  /** @type {StillPlot | undefined} */
  plot = undefined

  /**
   * @override
   * @param {Data} data
   * @param {Theme} theme
   */
  async fill(data, theme) {
    this.plot ??= new StillPlot(data)
    this.plot.receive(data)
    const open = this.body.querySelector("details")?.open ?? false
    const numbers = data.table ? [folded(dataTable(data, data.table))] : []
    for (const details of numbers) details.open = open
    this.body.replaceChildren(this.plot.node, ...numbers)
    await this.plot.draw(theme)
  }

  /**
   * @override
   * @param {number} width
   */
  fit(width) {
    this.plot?.fit(width)
  }

  /** @override */
  close() {
    this.plot?.close()
  }
}
