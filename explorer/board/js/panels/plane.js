// The plane of the states: what lies in it stands still, the paths of the phrases grow with the time cursor. They are a
// plot of their own above the other, since Plotly draws all dots anew where one line of a plot changes.
/** @import { PlanePanel } from "../payloads.js" */
/** @import { Layout, PlotlyLibrary, Trace } from "../plotly_types.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Tools } from "./panel.js" */
import { DataTable, folded } from "../data_table.js"
import { element } from "../dom.js"
import { axesOf, coloured, CONFIG, load, numbersOf, pageLayout, plotNode } from "../figure.js"
import { Panel } from "./panel.js"

const WIDEST = 900 // pixels
const NARROW = 520 // pixels
const MOVING = ["path", "slow"] // by `meta`: what is above, so that a pointer finds it
const ROWS = 200 // of the table in the page; the download has them all

/**
 * A phrase's path, and the place of its trace among what moves.
 * @typedef {{ trace: number, x: number[], y: number[], text: string[] }} Path
 */

/** @extends {Panel<PlanePanel>} */
export class Plane extends Panel {
  /**
   * @param {string} id
   * @param {Tools} tools
   */
  constructor(id, tools) {
    super(id, tools)
    this.plot = plotNode()
    this.above = plotNode("plane-above")
    this.frame = element("div", { class: "stage-frame plane-frame", role: "img" }, this.plot, this.above)
    this.table = new DataTable(`${id}.csv`)
    this.body.append(this.frame, folded(this.table.node))
    /** @type {Path[]} */
    this.paths = []
    /** @type {PlotlyLibrary | undefined} of which both plots were drawn */
    this.Plotly = undefined
  }

  /**
   * @override
   * @param {PlanePanel} data
   * @param {Theme} theme
   */
  async fill(data, theme) {
    this.frame.setAttribute("aria-label", data.alt)
    this.table.draw(data.title, data.table, ROWS)
    await this.paint(data, theme)
  }

  /**
   * @param {PlanePanel} panel
   * @param {Theme} theme
   */
  async paint(panel, theme) {
    this.theme = theme
    const { data, layout } = coloured(panel.figure, theme.palette)
    dress(layout, theme)
    const moving = data.filter(isMoving)
    const Plotly = await load()
    const still = data.map(trace => (isMoving(trace) ? inLegend(trace) : trace))
    await Plotly.react(this.plot, still, layout, CONFIG)
    this.paths = moving.flatMap((trace, place) => (trace.meta === "path" ? [pathOf(trace, place)] : []))
    this.cut(this.tools.now() || Infinity).forEach((part, i) => Object.assign(moving[this.paths[i].trace], part))
    await Plotly.react(this.above, moving, this.bare(layout), CONFIG)
    this.Plotly = Plotly
  }

  /**
   * The same place for the plot above, with nothing in it but what moves; its margins are those that the one below came
   * to have.
   * @param {Layout} layout
   * @returns {Layout}
   */
  bare({ width, height, paper_bgcolor, plot_bgcolor, font, hoverlabel, dragmode, hovermode }) {
    const drawn = this.plot._fullLayout
    if (!drawn) return {}
    const { l, r, t, b } = drawn._size
    const hidden = { visible: false, fixedrange: true }
    return {
      ...{ width, height, paper_bgcolor, plot_bgcolor, font, hoverlabel, dragmode, hovermode },
      autosize: false,
      showlegend: false,
      margin: { l, r, t, b, pad: 0, autoexpand: false },
      xaxis: { ...hidden, range: [...drawn.xaxis.range] },
      yaxis: { ...hidden, range: [...drawn.yaxis.range] },
    }
  }

  /**
   * Each path up to a step; of words no more than of points.
   * @param {number} step
   */
  cut(step) {
    return this.paths.map(({ x, y, text }) => ({ x: x.slice(0, step), y: y.slice(0, step), text: text.slice(0, step) }))
  }

  /**
   * @override
   * @param {number} step
   */
  moveTo(step) {
    if (!this.Plotly || !this.paths.length) return
    const parts = this.cut(step)
    const changes = { x: parts.map(({ x }) => x), y: parts.map(({ y }) => y), text: parts.map(({ text }) => text) }
    this.Plotly.restyle(
      this.above,
      changes,
      this.paths.map(({ trace }) => trace),
    )
  }

  /**
   * @override
   * @param {number} width
   */
  fit(width) {
    if (!this.Plotly || !this.data || !this.theme || Math.abs(width - this.theme.width) < 2) return
    this.paint(this.data, { ...this.theme, width })
  }

  /** @override */
  close() {
    for (const node of [this.plot, this.above]) this.Plotly?.purge(node)
  }
}

/** @param {Trace} trace */
function isMoving({ meta }) {
  return meta !== undefined && MOVING.includes(meta)
}

/**
 * What moves, as the still plot has it: in the legend alone.
 * @param {Trace} trace
 * @returns {Trace}
 */
function inLegend(trace) {
  return { ...trace, mode: trace.mode?.replace("+text", ""), x: [null], y: [null], text: [] }
}

/**
 * @param {Trace} trace
 * @param {number} place
 * @returns {Path}
 */
function pathOf({ x, y, text = [] }, place) {
  return { trace: place, x: numbersOf(x), y: numbersOf(y), text: text.map(String) }
}

/**
 * @param {Layout} layout
 * @param {Theme} theme
 */
function dress(layout, theme) {
  const { width, palette, color } = theme
  const narrow = width < NARROW
  Object.assign(layout, pageLayout({ ...theme, width: Math.min(width, WIDEST) }), {
    margin: { l: narrow ? 44 : 64, r: 12, t: 64, b: narrow ? 150 : 90 },
    dragmode: false,
    hovermode: "closest",
    height: narrow ? 560 : layout.height,
  })
  for (const [, axis] of axesOf(layout)) {
    Object.assign(axis, { gridcolor: palette.grid, linecolor: palette.grid, fixedrange: true })
    if (narrow && axis.title) axis.title.font = { size: 11 }
  }
  for (const annotation of layout.annotations ?? []) annotation.font = { color, size: 14 }
}
