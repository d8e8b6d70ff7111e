// A still chart: no time axis, no cursor.
import { base, coloured, CONFIG, load } from "./chart.js"
import { element } from "../dom.js"

const WIDEST = 760 // pixels: a calibration curve is near a square

export class Plot {
  constructor(given) {
    this.plot = element("div", { class: "stage-plot" })
    this.node = element("div", { class: "stage-frame", role: "img" }, this.plot)
    this.receive(given)
  }

  // Another figure in the same place; it is drawn by `draw`.
  receive({ figure, alt }) {
    this.figure = figure
    this.node.setAttribute("aria-label", alt)
  }

  async draw(look) {
    this.look = look
    const { data, layout } = coloured(this.figure, look.palette)
    const narrow = look.width < 520
    Object.assign(layout, base({ ...look, width: Math.min(look.width, WIDEST) }))
    Object.assign(layout, {
      margin: { l: narrow ? 52 : 64, r: 12, t: narrow ? 64 : 44, b: 50 },
      dragmode: false,
      hovermode: "closest",
    })
    for (const [name, axis] of Object.entries(layout)) {
      if (!/^[xy]axis\d*$/.test(name)) continue
      Object.assign(axis, { gridcolor: look.palette.grid, linecolor: look.palette.grid, fixedrange: true })
    }
    try {
      const Plotly = await load()
      await Plotly.react(this.plot, data, layout, CONFIG)
      this.drawn = true
    } catch (error) {
      this.plot.textContent = `The chart could not be drawn (${error.message}). Reload the page.`
    }
  }

  fit(width) {
    if (this.drawn && Math.abs(width - this.look.width) >= 2) this.draw({ ...this.look, width })
  }

  close() {
    if (this.drawn) window.Plotly.purge(this.plot)
  }
}
