// The spread of all orders: a still chart whose points open their order beside the typed one in Compare.
import { Still } from "./registry.js"

export class Cloud extends Still {
  async fill(panel, look) {
    await super.fill(panel, look)
    if (this.listening === this.plot.plot || !this.plot.drawn) return
    this.listening = this.plot.plot
    this.listening.on("plotly_click", ({ points: [point] }) => {
      if (point.customdata) this.tools.ask({ a: this.panel.typed, b: point.customdata })
    })
  }
}
