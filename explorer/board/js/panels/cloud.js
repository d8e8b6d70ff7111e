// The spread of all orders: a still figure whose points open their order beside the typed one in Compare.
/** @import { CloudPanel } from "../payloads.js" */
/** @import { PlotNode } from "../plotly_types.js" */
/** @import { Theme } from "../theme.js" */
import { Plot } from "./plot.js"

/** @extends {Plot<CloudPanel>} */
export class Cloud extends Plot {
  /** @type {PlotNode | undefined} whose clicks are followed */
  listening = undefined

  /**
   * @override
   * @param {CloudPanel} data
   * @param {Theme} theme
   */
  async fill(data, theme) {
    await super.fill(data, theme)
    if (!this.plot?.Plotly || this.listening) return
    this.listening = this.plot.plot
    this.listening.on("plotly_click", ({ points: [point] }) => {
      if (this.data && point.customdata) this.tools.ask({ a: this.data.typed, b: String(point.customdata) })
    })
  }
}
