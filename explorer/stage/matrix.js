// Matrices of the same words by the same steps, one a lane, on one scale of colours: row = belief after step t, column = word s.
// Below them the row at the time cursor, for all lanes.
import { base, coloured, CONFIG, load, plain, unpack } from "./chart.js"
import { csv, element, save, table } from "./dom.js"
import { Panel } from "./panel.js"

const NARROW = 700, GAP = 12 // pixels

export class Matrix extends Panel {
  constructor(id, tools) {
    super(id, tools)
    this.frames = element("div", { class: "matrix-frames" })
    this.row = element("div", { class: "stage-plot" })
    this.rowFrame = element("div", { class: "stage-frame", role: "img" }, this.row)
    this.rowTitle = element("h3", { class: "matrix-title" })
    this.numbers = element("div", { class: "stage-scroll stage-numbers", tabindex: "0", role: "region" })
    this.save = element("button", { type: "button", class: "stage-button" }, "Download all as CSV")
    this.save.onclick = () => this.download()
    this.details = element("details", {}, element("summary", {}, "The numbers as a table"), this.save, this.numbers)
    this.details.ontoggle = () => this.tabulate()
    this.body.append(this.frames, this.rowTitle, this.rowFrame, this.details)
  }

  async fill(panel, look) {
    this.Plotly = await load()
    this.names = panel.words.map(plain) // for text; Plotly takes them escaped
    this.values = panel.lanes.map(lane => unpack(lane.values).flat)
    this.size = panel.words.length
    if (!this.plots) this.lay(panel)
    this.plots.forEach((one, i) => {
      one.lane = panel.lanes[i]
      one.image.setAttribute("aria-label", one.lane.alt)
      one.title.textContent = one.lane.label
    })
    this.numbers.setAttribute("aria-label", `Table: ${panel.title}`)
    await this.paint(look)
    this.moveTo(this.tools.now() || panel.steps)
  }

  // A place for each lane's matrix.
  lay(panel) {
    this.plots = panel.lanes.map(() => {
      const plot = element("div", { class: "stage-plot" }), marker = element("div", { class: "matrix-marker", hidden: true })
      const image = element("div", { class: "stage-frame", role: "img" }, plot), title = element("h3", { class: "matrix-title" })
      return { plot, marker, image, title, frame: element("div", {}, title, element("div", { class: "stage-holder" }, image, marker)) }
    })
    this.frames.replaceChildren(...this.plots.map(({ frame }) => frame))
  }

  async paint(look) {
    this.look = look
    const { width } = look
    const each = width < NARROW ? width : Math.floor((width - GAP * (this.plots.length - 1)) / this.plots.length)
    for (const [i, { lane, plot }] of this.plots.entries()) {
      const figure = coloured(this.figure(lane, i, each), look.palette)
      await this.Plotly.react(plot, figure.data, { ...base({ ...look, width: each }), ...figure.layout }, CONFIG)
      plot.removeAllListeners("plotly_click")
      plot.on("plotly_click", event => this.tools.onStep(Math.min(this.panel.steps, Math.round(event.points[0].y + 1) * this.panel.block)))
    }
  }

  figure(lane, i, width) {
    const { words, low, high } = this.panel
    const size = this.size, logs = Array.from({ length: size }, (_, t) =>
      Array.from({ length: size }, (_, s) => (s > t ? null : Math.max(low, Math.log10(Math.max(this.values[i][t * size + s], 1e-30))))))
    const stride = Math.max(1, Math.ceil((size * 22) / Math.max(120, width - 90)))
    const ticks = words.map((_, k) => k).filter(k => k % stride === 0)
    const axis = { tickvals: ticks, ticktext: ticks.map(k => words[k]), showgrid: false, zeroline: false, fixedrange: true, tickfont: { size: 11 } }
    return {
      data: [{
        type: "heatmap", z: logs, colorscale: "@sequential", zmin: low, zmax: high, hoverongaps: false,
        text: this.hover(lane, i), hovertemplate: "%{text}<extra></extra>",
        colorbar: { orientation: "h", thickness: 10, len: 0.9, x: 0.5, y: 1.02, yanchor: "bottom", tickvals: powers(low, high), ticktext: powers(low, high).map(k => `10<sup>${k}</sup>`) },
      }],
      layout: {
        height: Math.min(460, width + 40), margin: { l: 74, r: 6, t: 50, b: 74 }, dragmode: false,
        xaxis: { ...axis, tickangle: -60 }, yaxis: { ...axis, autorange: "reversed" },
      },
    }
  }

  hover(lane, i) {
    const { words } = this.panel, size = this.size
    return Array.from({ length: size }, (_, t) => Array.from({ length: size }, (_, s) =>
      s > t ? "" : `after ${words[t]}, with respect to ${words[s]}: ${this.values[i][t * size + s].toExponential(2)}`))
  }

  moveTo(step) {
    if (!this.plots || !this.Plotly) return
    this.step = Math.min(Math.max(step, 1), this.panel.steps)
    this.at = Math.floor((this.step - 1) / this.panel.block)
    for (const { plot, marker } of this.plots) {
      const layout = plot._fullLayout
      if (!layout) return
      const axis = layout.yaxis, top = axis._offset + axis.l2p(this.at - 0.5), bottom = axis._offset + axis.l2p(this.at + 0.5)
      Object.assign(marker.style, { top: `${top}px`, height: `${bottom - top}px`, left: `${layout.xaxis._offset}px`, width: `${layout.xaxis._length}px` })
      marker.hidden = false
    }
    this.drawRow()
    this.tabulate()
  }

  // What the belief after this step hangs on, in every lane.
  drawRow() {
    const { words, lanes, low } = this.panel
    this.rowTitle.textContent = `What the belief after ${this.names[this.at]} hangs on`
    const x = Array.from({ length: this.at + 1 }, (_, s) => s)
    const data = lanes.map((lane, i) => ({
      type: "scatter", mode: x.length <= 60 ? "lines+markers" : "lines", name: lane.label, x,
      y: x.map(s => Math.max(this.values[i][this.at * this.size + s], 10 ** low)),
      line: { color: `@${lane.look[0]}`, dash: lane.look[1], width: 2 }, marker: { symbol: lane.look[2], size: 7 },
      hovertemplate: `%{y:.2e}<extra>${lane.label}</extra>`,
    }))
    const stride = Math.max(1, Math.ceil((this.size * 26) / Math.max(120, this.look.width - 72)))
    const ticks = words.map((_, k) => k).filter(k => k % stride === 0)
    const figure = coloured({
      data,
      layout: {
        height: 260, margin: { l: 60, r: 12, t: 44, b: 70 }, dragmode: false, hovermode: "x",
        xaxis: { range: [-0.5, this.size - 0.5], tickvals: ticks, ticktext: ticks.map(k => words[k]), zeroline: false, showgrid: false, fixedrange: true, gridcolor: "@grid" },
        yaxis: { type: "log", title: { text: "gradient norm" }, exponentformat: "power", fixedrange: true, gridcolor: "@grid" },
        legend: { orientation: "h", x: 0, y: 1, yanchor: "top", yref: "container" },
      },
    }, this.look.palette)
    this.rowFrame.setAttribute("aria-label", `${this.rowTitle.textContent}: a line a lane over the words read so far, gradient norm on a logarithmic scale. ${this.loudest()}`)
    this.Plotly.react(this.row, figure.data, { ...base(this.look), ...figure.layout }, CONFIG)
  }

  loudest() {
    return this.panel.lanes.map((lane, i) => {
      const row = Array.from({ length: this.at + 1 }, (_, s) => this.values[i][this.at * this.size + s])
      return `${lane.label}: most on ${this.names[row.indexOf(Math.max(...row))]}.`
    }).join(" ")
  }

  tabulate() {
    if (!this.details.open || this.at === undefined) return
    const { lanes } = this.panel
    const rows = Array.from({ length: this.at + 1 }, (_, s) => [this.names[s], ...lanes.map((_, i) => this.values[i][this.at * this.size + s].toExponential(3))])
    this.numbers.replaceChildren(table(this.rowTitle.textContent, ["with respect to", ...lanes.map(lane => lane.label)], rows))
  }

  download() {
    const { lanes } = this.panel, words = this.names, size = this.size
    const rows = lanes.flatMap((lane, i) => words.map((word, t) => [lane.label, word, ...words.map((_, s) => (s > t ? "" : this.values[i][t * size + s].toExponential(4)))]))
    save("gradients.csv", csv([["lane", "after", ...words], ...rows]), "text/csv")
  }

  async fit(width) {
    if (!this.plots || Math.abs(width - this.look.width) < 2) return
    await this.paint({ ...this.look, width })
    this.moveTo(this.step)
  }

  close() {
    this.plots?.forEach(({ plot }) => this.Plotly.purge(plot))
    if (this.plots) this.Plotly.purge(this.row)
    this.plots = null
  }
}

// The whole numbers from low to high, no more than six of them.
function powers(low, high) {
  const all = Array.from({ length: Math.floor(high) - Math.ceil(low) + 1 }, (_, k) => Math.ceil(low) + k)
  return all.filter((_, k) => k % Math.ceil(all.length / 6) === 0)
}
