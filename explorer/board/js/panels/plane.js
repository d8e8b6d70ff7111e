// The plane of the states: what lies in it stands still, the paths of the phrases grow with the time cursor. They are a plot
// of their own above the other, since Plotly draws all dots anew where one line of a plot changes.
import { base, coloured, CONFIG, load } from "./chart.js"
import { csv, element, save, table } from "../dom.js"
import { Panel } from "./panel.js"
import { folded } from "../data_table.js"

const WIDEST = 900,
  NARROW = 520 // pixels
const MOVING = ["path", "slow"] // by `meta`: what is above, so that a pointer finds it
const ROWS = 200 // of the table in the page; the download has them all

export class Plane extends Panel {
  async fill(panel, look) {
    if (!this.plot) {
      this.plot = element("div", { class: "stage-plot" })
      this.above = element("div", { class: "stage-plot plane-above" })
      this.frame = element("div", { class: "stage-frame plane-frame", role: "img" }, this.plot, this.above)
    }
    this.frame.setAttribute("aria-label", panel.alt)
    this.body.replaceChildren(this.frame, folded([this.numbers(panel)]))
    await this.react(look)
  }

  async react(look) {
    this.look = look
    const { data, layout } = coloured(this.panel.figure, look.palette)
    this.dress(layout)
    const moving = data.filter(({ meta }) => MOVING.includes(meta))
    const legend = data.map(trace =>
      MOVING.includes(trace.meta)
        ? { ...trace, mode: trace.mode.replace("+text", ""), x: [null], y: [null], text: [] }
        : trace,
    )
    const Plotly = await load()
    await Plotly.react(this.plot, legend, layout, CONFIG)
    this.paths = moving.flatMap(({ meta, x, y, text }, at) => (meta === "path" ? [{ at, x, y, text }] : []))
    this.cut(this.tools.now() || Infinity).forEach((part, i) => Object.assign(moving[this.paths[i].at], part))
    await Plotly.react(this.above, moving, this.bare(layout), CONFIG)
    this.drawn = true
  }

  // The same place for the plot above, with nothing in it but what moves; its margins are those that the one below came to have.
  bare({ width, height, paper_bgcolor, plot_bgcolor, font, hoverlabel, dragmode, hovermode }) {
    const { l, r, t, b } = this.plot._fullLayout._size
    const axis = name => ({ range: this.plot._fullLayout[name].range.slice(), visible: false, fixedrange: true })
    return {
      width,
      height,
      paper_bgcolor,
      plot_bgcolor,
      font,
      hoverlabel,
      dragmode,
      hovermode,
      autosize: false,
      showlegend: false,
      margin: { l, r, t, b, pad: 0, autoexpand: false },
      xaxis: axis("xaxis"),
      yaxis: axis("yaxis"),
    }
  }

  dress(layout) {
    const { width, palette, color } = this.look
    const narrow = width < NARROW
    Object.assign(layout, base({ ...this.look, width: Math.min(width, WIDEST) }))
    Object.assign(layout, {
      margin: { l: narrow ? 44 : 64, r: 12, t: 64, b: narrow ? 150 : 90 },
      dragmode: false,
      hovermode: "closest",
      height: narrow ? 560 : layout.height,
    })
    for (const axis of [layout.xaxis, layout.yaxis]) {
      Object.assign(axis, { gridcolor: palette.grid, linecolor: palette.grid, fixedrange: true })
      if (narrow) axis.title.font = { size: 11 }
    }
    layout.annotations.forEach(one => (one.font = { color, size: 14 }))
  }

  // Each path up to a step; of words no more than of points.
  cut(step) {
    return this.paths.map(({ x, y, text }) => ({ x: x.slice(0, step), y: y.slice(0, step), text: text.slice(0, step) }))
  }

  moveTo(step) {
    if (!this.drawn || !this.paths.length) return
    const parts = this.cut(step)
    const all = name => parts.map(part => part[name])
    window.Plotly.restyle(
      this.above,
      { x: all("x"), y: all("y"), text: all("text") },
      this.paths.map(({ at }) => at),
    )
  }

  numbers({ id, title, table: { columns, rows } }) {
    const button = element(
      "button",
      { type: "button", class: "stage-button", "aria-label": `Download as CSV: ${title}` },
      "Download as CSV",
    )
    button.onclick = () => save(`${id}.csv`, csv([columns, ...rows]), "text/csv")
    const caption = rows.length > ROWS ? `${title} (the first ${ROWS} of ${rows.length} rows)` : title
    const holder = element(
      "div",
      { class: "stage-scroll stage-numbers", tabindex: "0", role: "region", "aria-label": `Table: ${title}` },
      table(caption, columns, rows.slice(0, ROWS)),
    )
    return element("div", {}, element("p", {}, button), holder)
  }

  fit(width) {
    if (this.drawn && Math.abs(width - this.look.width) >= 2) this.react({ ...this.look, width })
  }

  close() {
    if (this.drawn) [this.plot, this.above].forEach(window.Plotly.purge)
  }
}
