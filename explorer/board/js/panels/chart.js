// One figure over time with its cursor, its sentence, and the table behind it.
/** @import { ChartPanel, Figure } from "../payloads.js" */
/** @import { Axis, ClickedPoint, DrawnLayout, Layout, PlotlyLibrary } from "../plotly_types.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Labels } from "./chart_ticks.js" */
/** @import { Tools } from "./panel.js" */
import { DataTable, folded } from "../data_table.js"
import { button, element } from "../dom.js"
import { axesOf, coloured, CONFIG, grown, load, pageLayout, plotNode } from "../figure.js"
import { t } from "../messages.js"
import { numbersOfFigure } from "./chart_numbers.js"
import { labelsOf, ticks } from "./chart_ticks.js"
import { Panel } from "./panel.js"

/** @typedef {Pick<ChartPanel, "title" | "alt" | "sentence" | "figure">} ChartData */

const ROWS = 200 // of a table in the page; the download has them all
const MARGINS = 72 // pixels at both sides of the axis
const NARROW = 520 // pixels

/**
 * @template {ChartData} Data
 * @extends {Panel<Data>}
 */
export class Chart extends Panel {
  /**
   * @param {string} id
   * @param {Tools} tools
   */
  constructor(id, tools) {
    super(id, tools)
    this.plot = plotNode()
    this.cursor = element("div", { class: "stage-cursor", hidden: true })
    this.frame = element("div", { class: "stage-frame", role: "img" }, this.plot)
    this.table = new DataTable(`${id}.csv`)
    this.details = folded(this.table.node)
    this.zoom = button(t("Zoom in"), { "aria-pressed": "false" }, () => this.toggleZoom())
    this.whole = button(t("Show all"), {}, () => this.seeAll())
    const buttons = element("p", { class: "stage-buttons" }, this.zoom, this.whole)
    this.body.append(buttons, element("div", { class: "stage-holder" }, this.frame, this.cursor))
    this.node.append(this.details)
    this.node.dataset.testid = `chart-${id}`
    this.details.ontoggle = () => this.tabulate()
    this.cursor.onpointerdown = event => this.drag(event)
    /** @type {PlotlyLibrary | undefined} of which the figure was drawn */
    this.Plotly = undefined
    /** @type {Record<string, Labels>} */
    this.labels = {}
    /** @type {DrawnLayout | undefined} the figure before this one, if its axis was as long */
    this.before = undefined
    this.steps = 0
    this.step = 0
    this.zooming = false
    this.relabelling = false
  }

  /**
   * @override
   * @param {Data} data
   * @param {Theme} theme
   */
  async fill(data, theme) {
    this.frame.setAttribute("aria-label", data.alt)
    this.name(data.title)
    const Plotly = await load()
    const figure = coloured(data.figure, theme.palette)
    this.labels = labelsOf(figure.layout)
    const steps = Math.max(...Object.values(this.labels).map(({ tickvals }) => tickvals.length))
    // as long as the axis is as long, a zoom is kept
    this.before = steps === this.steps ? this.plot._fullLayout : undefined
    this.steps = steps
    this.dress(figure, theme)
    await Plotly.react(this.plot, figure.data, figure.layout, CONFIG)
    if (!this.Plotly) {
      this.plot.on("plotly_click", event => this.clicked(event.points[0]))
      this.plot.on("plotly_relayout", () => this.relabel())
    }
    this.Plotly = Plotly
    this.place()
    this.tabulate()
  }

  /**
   * A page has several charts, so their buttons say of which they are.
   * @param {string} title
   */
  name(title) {
    this.zoom.setAttribute("aria-label", t("Zoom in: {title}", { title }))
    this.whole.setAttribute("aria-label", t("Show all: {title}", { title }))
    this.table.name(title)
  }

  /** @param {ClickedPoint} point */
  clicked({ x, y, curveNumber }) {
    this.tools.onStep(Math.round(x))
    const trace = this.data?.figure.data[curveNumber]
    if (trace?.type === "heatmap") this.tools.onUnit(Number(trace.customdata?.[y]))
  }

  /**
   * What is the page's and not the figure's: width, fonts, colours of the theme. Margins are set by what the labels
   * need, since Plotly's own automargin draws each figure several times.
   * @param {Figure} figure
   * @param {Theme} theme
   */
  dress({ data, layout }, theme) {
    const narrow = theme.width < NARROW
    const labelled = Object.fromEntries(Object.keys(this.labels).map(name => [name, this.ticks(name, layout, theme)]))
    const slanted = Object.values(labelled).some(({ tickangle }) => tickangle)
    const top = layout.legend && narrow ? 34 + 10 * data.length : 44
    Object.assign(layout, pageLayout(theme), {
      height: layout.height && grown(layout.height),
      margin: { l: grown(narrow ? 52 : 66), r: grown(14), t: grown(top), b: grown(slanted ? 96 : 58) },
      dragmode: this.zooming ? "zoom" : false,
      hovermode: layout.coloraxis ? "closest" : "x",
      uirevision: this.steps,
    })
    const { grid } = theme.palette
    for (const [name, axis] of axesOf(layout)) {
      Object.assign(axis, { gridcolor: grid, linecolor: grid, tickcolor: grid }, labelled[name])
    }
  }

  /**
   * @param {string} name of an axis
   * @param {Layout | DrawnLayout} layout
   * @param {Theme} theme
   */
  ticks(name, layout, theme) {
    const range = rangeOf(this.before, name) ?? rangeOf(layout, name) ?? [0.5, this.steps + 0.5]
    return ticks(this.labels[name], range, theme.width - MARGINS)
  }

  // The range that is seen was changed.
  relabel() {
    const drawn = this.plot._fullLayout
    if (this.relabelling || !this.Plotly || !this.theme || !drawn) return
    this.before = drawn
    /** @type {Record<string, unknown>} */
    const changes = {}
    for (const name of Object.keys(this.labels)) {
      for (const [key, value] of Object.entries(this.ticks(name, drawn, this.theme))) changes[`${name}.${key}`] = value
    }
    this.relabelling = true
    this.Plotly.relayout(this.plot, changes).then(() => {
      this.relabelling = false
      this.place()
    })
  }

  /**
   * @override
   * @param {number} width
   */
  fit(width) {
    if (!this.Plotly || !this.data || !this.theme || Math.abs(width - this.theme.width) < 2) return
    this.draw(this.data, { ...this.theme, width })
  }

  toggleZoom() {
    this.zooming = !this.zooming
    this.zoom.setAttribute("aria-pressed", String(this.zooming))
    this.Plotly?.relayout(this.plot, { dragmode: this.zooming ? "zoom" : false })
  }

  seeAll() {
    const whole = [0.5, this.steps + 0.5]
    const changes = Object.fromEntries(Object.keys(this.labels).map(name => [`${name}.range`, whole]))
    this.Plotly?.relayout(this.plot, changes)
  }

  /**
   * @override
   * @param {number} step
   */
  moveTo(step) {
    this.step = step
    this.place()
  }

  place() {
    const layout = this.plot._fullLayout
    if (!layout || !this.step) return
    const { xaxis, _size: size } = layout
    const left = xaxis.l2p(this.step)
    this.cursor.hidden = this.step > this.steps || left < 0 || left > xaxis._length
    this.cursor.style.transform = `translateX(${xaxis._offset + left}px)`
    this.cursor.style.top = `${size.t}px`
    this.cursor.style.height = `${size.h}px`
  }

  /** @param {PointerEvent} event */
  drag(event) {
    const layout = this.plot._fullLayout
    if (!layout) return
    event.preventDefault()
    this.cursor.setPointerCapture(event.pointerId)
    const { xaxis } = layout
    const left = this.plot.getBoundingClientRect().left + xaxis._offset
    this.cursor.onpointermove = move => {
      const step = Math.round(xaxis.p2l(move.clientX - left))
      this.tools.onStep(Math.min(Math.max(step, 1), this.steps))
    }
    this.cursor.onpointerup = this.cursor.onpointercancel = () => (this.cursor.onpointermove = null)
  }

  // Made only when it is open: a long review has many numbers.
  tabulate() {
    if (this.data && this.details.open) this.table.draw(this.data.title, numbersOfFigure(this.data.figure), ROWS)
  }

  /** @override */
  close() {
    this.Plotly?.purge(this.plot)
  }
}

/**
 * The range of an axis of a figure, if it has one.
 * @param {Layout | DrawnLayout | undefined} layout
 * @param {string} name
 * @returns {[number, number] | undefined}
 */
function rangeOf(layout, name) {
  const axis = /** @type {Record<string, Axis | undefined> | undefined} */ (layout)?.[name]
  return axis?.range && [Number(axis.range[0]), Number(axis.range[1])]
}
