// Matrices of the same words by the same steps, one a lane, on one scale of colours: row = belief after step t, column =
// word s. Below them the row at the time cursor, for all lanes.
import { base, coloured, CONFIG, load, plain, unpack } from "./chart.js"
import { csv, element, save, table } from "../dom.js"
import { Panel } from "./panel.js"

const NARROW = 700,
  GAP = 12 // pixels
const LONGEST = 11 // letters of a label on an axis; the hover and the table have it whole
const LEAST = 1e-30 // zero has no logarithm

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
    this.labels = this.names.map(name => escaped(name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name))
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

  // The gradients of a lane's belief after the steps of row t, with respect to the words read by then.
  read(i, t = this.at) {
    return Array.from(this.values[i].subarray(t * this.size, t * this.size + t + 1))
  }

  // A row or column in words: its step and word, or its steps.
  called(k) {
    const name = this.names[k],
      space = name.indexOf(" ")
    return this.panel.block === 1 ? `step ${name.slice(0, space)} “${name.slice(space + 1)}”` : `steps ${name}`
  }

  // ------------------------------------------------------------------------------------------------------- matrices

  // A place for each lane's matrix.
  lay(panel) {
    this.plots = panel.lanes.map(() => {
      const plot = element("div", { class: "stage-plot" }),
        image = element("div", { class: "stage-frame", role: "img" }, plot)
      const marker = element("div", { class: "matrix-marker", hidden: true }),
        title = element("h3", { class: "matrix-title" })
      const holder = element("div", { class: "stage-holder" }, image, marker)
      return { plot, marker, image, title, frame: element("div", {}, title, holder) }
    })
    this.frames.replaceChildren(...this.plots.map(({ frame }) => frame))
  }

  async paint(look) {
    this.look = look
    const { width } = look
    const each = width < NARROW ? width : Math.floor((width - GAP * (this.plots.length - 1)) / this.plots.length)
    for (const [i, { plot }] of this.plots.entries()) {
      const figure = coloured(this.figure(i, each), look.palette)
      await this.Plotly.react(plot, figure.data, { ...base({ ...look, width: each }), ...figure.layout }, CONFIG)
      plot.removeAllListeners("plotly_click")
      plot.on("plotly_click", event => this.clicked(Math.round(event.points[0].y)))
    }
  }

  // The cursor goes to the last step of a row.
  clicked(row) {
    this.tools.onStep(Math.min(this.panel.steps, (row + 1) * this.panel.block))
  }

  figure(i, width) {
    const { low, high } = this.panel
    const log = value => Math.max(low, Math.log10(Math.max(value, LEAST)))
    const axis = { ...this.axis(width - 90, 22), fixedrange: true, tickfont: { size: 11 } }
    const marks = powers(low, high)
    return {
      data: [
        {
          type: "heatmap",
          z: this.names.map((_, t) => this.padded(this.read(i, t).map(log), null)),
          colorscale: "@sequential",
          zmin: low,
          zmax: high,
          hoverongaps: false,
          text: this.hover(i),
          hovertemplate: "%{text}<extra></extra>",
          colorbar: {
            orientation: "h",
            thickness: 10,
            len: 0.9,
            x: 0.5,
            y: 1.02,
            yanchor: "bottom",
            tickvals: marks,
            ticktext: marks.map(k => `10<sup>${k}</sup>`),
          },
        },
      ],
      layout: {
        height: Math.min(460, width + 40),
        margin: { l: 74, r: 6, t: 50, b: 74 },
        dragmode: false,
        xaxis: { ...axis, tickangle: -60 },
        yaxis: { ...axis, autorange: "reversed" },
      },
    }
  }

  // As many words on an axis as there is room for, in pixels, each with `need` of them.
  axis(room, need) {
    const stride = Math.max(1, Math.ceil((this.size * need) / Math.max(120, room)))
    const tickvals = this.labels.map((_, k) => k).filter(k => k % stride === 0)
    return { tickvals, ticktext: tickvals.map(k => this.labels[k]), showgrid: false, zeroline: false }
  }

  // A row as long as all rows.
  padded(row, filling) {
    return [...row, ...Array(this.size - row.length).fill(filling)]
  }

  hover(i) {
    const words = this.names.map((_, k) => escaped(this.called(k)))
    const said = (t, s, value) => `after ${words[t]},<br>with respect to ${words[s]}:<br>${value.toExponential(2)}`
    return words.map((_, t) =>
      this.padded(
        this.read(i, t).map((value, s) => said(t, s, value)),
        "",
      ),
    )
  }

  // ----------------------------------------------------------------------------------------- the row at the time cursor

  moveTo(step) {
    if (!this.plots || !this.Plotly) return
    this.step = Math.min(Math.max(step, 1), this.panel.steps)
    this.at = Math.floor((this.step - 1) / this.panel.block)
    for (const { plot, marker } of this.plots) {
      if (!plot._fullLayout) return
      const { xaxis, yaxis } = plot._fullLayout
      const [top, bottom] = [this.at - 0.5, this.at + 0.5].map(edge => yaxis._offset + yaxis.l2p(edge))
      const pixels = { top, height: bottom - top, left: xaxis._offset, width: xaxis._length }
      Object.entries(pixels).forEach(([name, value]) => (marker.style[name] = `${value}px`))
      marker.hidden = false
    }
    this.drawRow()
    this.tabulate()
  }

  // What the belief after this step hangs on, in every lane.
  drawRow() {
    const { lanes, low, high } = this.panel
    const title = `What the belief after ${this.called(this.at)} hangs on`
    this.rowTitle.textContent = title
    const figure = coloured(
      {
        data: lanes.map((lane, i) => line(lane, this.read(i), low)),
        layout: {
          height: 260,
          margin: { l: 60, r: 12, t: 44, b: 70 },
          dragmode: false,
          hovermode: "x",
          xaxis: {
            ...this.axis(this.look.width - 72, 44),
            range: [-0.5, this.size - 0.5],
            fixedrange: true,
            gridcolor: "@grid",
          },
          yaxis: {
            type: "log",
            range: [low - 0.2, high + 0.2],
            dtick: 1,
            title: { text: "gradient norm" },
            exponentformat: "power",
            fixedrange: true,
            gridcolor: "@grid",
          },
          legend: { orientation: "h", x: 0, y: 1, yanchor: "top", yref: "container" },
        },
      },
      this.look.palette,
    )
    const alt = `${title}: a line a lane over the words read so far, gradient norm on a logarithmic scale. ${this.loudest()}`
    this.rowFrame.setAttribute("aria-label", alt)
    this.Plotly.react(this.row, figure.data, { ...base(this.look), ...figure.layout }, CONFIG)
  }

  loudest() {
    return this.panel.lanes
      .map(({ label }, i) => {
        const row = this.read(i),
          most = row.reduce((best, value, s) => (value > row[best] ? s : best), 0)
        return `${label}: most on ${this.called(most)}.`
      })
      .join(" ")
  }

  tabulate() {
    if (!this.details.open || this.at === undefined) return
    const { lanes } = this.panel
    const columns = lanes.map((_, i) => this.read(i).map(value => value.toExponential(3)))
    const rows = columns[0].map((_, s) => [this.names[s], ...columns.map(column => column[s])])
    this.numbers.replaceChildren(
      table(this.rowTitle.textContent, ["with respect to", ...lanes.map(lane => lane.label)], rows),
    )
  }

  download() {
    const rows = this.panel.lanes.flatMap(({ label }, i) =>
      this.names.map((name, t) => [
        label,
        name,
        ...this.padded(
          this.read(i, t).map(value => value.toExponential(4)),
          "",
        ),
      ]),
    )
    save("gradients.csv", csv([["lane", "after", ...this.names], ...rows]), "text/csv")
  }

  async fit(width) {
    if (!this.plots || Math.abs(width - this.look.width) < 2) return
    await this.paint({ ...this.look, width })
    this.moveTo(this.step)
  }

  close() {
    if (!this.plots) return
    this.plots.forEach(({ plot }) => this.Plotly.purge(plot))
    this.Plotly.purge(this.row)
    this.plots = null
  }
}

// A lane's row; what lies below the scale is drawn at its lower end and hovers with its own number.
function line({ label, look: [colour, dash, symbol] }, row, low) {
  return {
    type: "scatter",
    mode: row.length <= 60 ? "lines+markers" : "lines",
    name: label,
    x: row.map((_, s) => s),
    y: row.map(value => Math.max(value, 10 ** low)),
    line: { color: `@${colour}`, dash, width: 2 },
    marker: { symbol, size: 7 },
    customdata: row.map(value => value.toExponential(2)),
    hovertemplate: `%{customdata}<extra>${label}</extra>`,
  }
}

// The whole numbers from low to high, no more than six of them.
function powers(low, high) {
  const all = Array.from({ length: Math.floor(high) - Math.ceil(low) + 1 }, (_, k) => Math.ceil(low) + k)
  return all.filter((_, k) => k % Math.ceil(all.length / 6) === 0)
}

// As Plotly takes words: it reads tags in its labels.
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
}
