// The plane of the states: what lies in it stands still, the paths of the phrases grow with the time cursor. They are a
// plot of their own above the other, since Plotly draws all dots anew where one line of a plot changes. When the page
// opens the paths are played once from their start.
/** @import { PlanePanel } from "../payloads.js" */
/** @import { Layout, PlotlyLibrary, Trace } from "../plotly_types.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Tools } from "./panel.js" */
import { element } from "../dom.js"
import { axesOf, coloured, CONFIG, escaped, grown, load, numbersOf, pageLayout, plotNode } from "../figure.js"
import { player } from "../player.js"
import { rem } from "../theme.js"
import { enlarged, fitting } from "./fitting.js"
import { Panel } from "./panel.js"
import { beside } from "./places.js"

const NARROW = 520 // pixels
const MOVING = ["path", "slow"] // by `meta`: what is above, so that a pointer finds it
const LABELLED = 24 // steps up to which all words stand beside a path; then only its last one
const POINT = 11 // pixels of 16 px type from a point's middle to its label

/**
 * A phrase's path: the places of its traces among what moves, where it goes, what stands beside it.
 * @typedef {object} Path
 * @property {number} trace
 * @property {number} halo
 * @property {number[]} x
 * @property {number[]} y
 * @property {string[]} labels
 * @property {string[]} ends
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
    this.body.append(this.frame)
    this.pen = /** @type {CanvasRenderingContext2D | null} */ (null)
    /** @type {Path[]} */
    this.paths = []
    /** @type {PlotlyLibrary | undefined} of which both plots were drawn */
    this.Plotly = undefined
    this.played = false
  }

  /**
   * @override
   * @param {PlanePanel} data
   * @param {Theme} theme
   */
  async fill(data, theme) {
    this.frame.setAttribute("aria-label", data.alt)
    await this.paint(data, theme)
  }

  /**
   * @param {PlanePanel} panel
   * @param {Theme} theme
   */
  async paint(panel, theme) {
    this.theme = theme
    const { data: made, layout } = coloured(panel.figure, theme.palette)
    const data = enlarged(made)
    this.dress(layout, theme)
    const Plotly = await load()
    const still = data.filter(trace => !isMoving(trace))
    await Plotly.react(this.plot, still, layout, CONFIG)
    const moving = this.lay(data.filter(isMoving), panel, theme)
    const parts = this.cut(this.tools.now() || Infinity)
    for (const { trace, part } of parts) Object.assign(moving[trace], part)
    await Plotly.react(this.above, moving, this.bare(layout), CONFIG)
    this.Plotly = Plotly
  }

  /**
   * What is the page's and not the figure's.
   * @param {Layout} layout
   * @param {Theme} theme
   */
  dress(layout, theme) {
    const { width, palette, color } = theme
    Object.assign(layout, pageLayout(theme), {
      margin: { l: grown(width < NARROW ? 30 : 40), r: grown(8), t: grown(28), b: grown(34) },
      dragmode: false,
      hovermode: "closest",
      showlegend: false,
      height: fitting(this.frame, layout.height && grown(layout.height)),
    })
    for (const [, axis] of axesOf(layout)) {
      Object.assign(axis, { gridcolor: palette.grid, linecolor: palette.grid, fixedrange: true })
      if (axis.title) axis.title.font = { size: rem() }
    }
    for (const annotation of layout.annotations ?? []) annotation.font = { color, size: rem(), ...annotation.font }
  }

  /**
   * What moves, with a halo below each path so that it is seen on any dots.
   * @param {Trace[]} traces
   * @param {PlanePanel} panel
   * @param {Theme} theme
   */
  lay(traces, { labels, ends }, { palette }) {
    /** @type {Trace[]} */
    const moving = []
    this.paths = []
    for (const trace of traces) {
      if (trace.meta === "path") {
        const i = this.paths.length
        const [x, y] = [numbersOf(trace.x), numbersOf(trace.y)]
        const line = { color: palette.back, width: grown(9) }
        moving.push({ type: "scatter", mode: "lines", meta: "halo", x, y, line, hoverinfo: "skip" })
        this.paths.push({ trace: moving.length, halo: moving.length - 1, x, y, labels: labels[i], ends: ends[i] })
      }
      moving.push(trace)
    }
    return moving
  }

  /**
   * The same place for the plot above, with nothing in it but what moves; its margins are those that the one below came
   * to have.
   * @param {Layout} layout
   * @returns {Layout}
   */
  bare({ width, height, paper_bgcolor, plot_bgcolor, font, hoverlabel, dragmode, hovermode, coloraxis }) {
    const drawn = this.plot._fullLayout
    if (!drawn) return {}
    const { l, r, t, b } = drawn._size
    const hidden = { visible: false, fixedrange: true }
    return {
      ...{ width, height, paper_bgcolor, plot_bgcolor, font, hoverlabel, dragmode, hovermode, coloraxis },
      autosize: false,
      showlegend: false,
      margin: { l, r, t, b, pad: 0, autoexpand: false },
      xaxis: { ...hidden, range: [...drawn.xaxis.range] },
      yaxis: { ...hidden, range: [...drawn.yaxis.range] },
    }
  }

  /**
   * Each path up to a step, with its labels where there is room for them, and its halo.
   * @param {number} step
   * @returns {{ trace: number, part: Trace }[]}
   */
  cut(step) {
    const lines = this.paths.map(({ x, y }) => ({ x: x.slice(0, step), y: y.slice(0, step) }))
    const texts = this.paths.map(({ x, labels, ends }, i) => {
      const last = lines[i].x.length - 1
      return lines[i].x.map((_, k) => (k === last ? ends[k] : x.length > LABELLED ? "" : labels[k]))
    })
    const places = this.places(lines, texts)
    return this.paths.flatMap(({ trace, halo }, i) => [
      { trace: halo, part: lines[i] },
      {
        trace,
        part: {
          ...lines[i],
          text: texts[i].map((word, k) => (places[i][k] ? escaped(word) : "")),
          textposition: places[i].map(place => place ?? "top center"),
        },
      },
    ])
  }

  /**
   * Where labels stand beside the points of all paths.
   * @param {{ x: number[], y: number[] }[]} lines
   * @param {string[][]} texts
   * @returns {(string | null)[][]}
   */
  places(lines, texts) {
    const drawn = this.plot._fullLayout
    if (!drawn) return texts.map(words => words.map(() => null))
    const { xaxis, yaxis } = drawn
    const spill = rem() // beside the axes there is room
    const frame = { left: -spill, right: xaxis._length + spill / 2, top: -spill, bottom: yaxis._length }
    const paths = lines.map(({ x, y }) => x.map((value, k) => ({ x: xaxis.l2p(value), y: yaxis.l2p(y[k]) })))
    const widths = texts.map(words => words.map(text => (text ? this.widthOf(text) : 0)))
    return beside(paths, widths, 1.15 * rem(), grown(POINT), frame)
  }

  /** @param {string} text */
  widthOf(text) {
    this.pen ??= element("canvas").getContext("2d")
    if (!this.pen || !this.theme) return text.length * grown(9)
    this.pen.font = `600 ${rem()}px ${this.theme.font}`
    return this.pen.measureText(text).width + grown(4)
  }

  /**
   * @override
   * @param {number} step
   */
  moveTo(step) {
    if (!this.Plotly || !this.paths.length) return
    const parts = this.cut(step)
    const changes = {
      x: parts.map(({ part }) => part.x),
      y: parts.map(({ part }) => part.y),
      text: parts.map(({ part }) => part.text ?? []),
      textposition: parts.map(({ part }) => part.textposition ?? "top center"),
    }
    this.Plotly.restyle(
      this.above,
      changes,
      parts.map(({ trace }) => trace),
    )
    this.playOnce()
  }

  /** The paths are played once when the page opens, unless the visitor wants nothing to move by itself. */
  playOnce() {
    if (this.played) return
    this.played = true
    const still = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches
    if (!still) queueMicrotask(() => player.play())
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
