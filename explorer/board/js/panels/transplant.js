// A phrase as it was and with another memory: a chart over time that fits the first screen, begins before step 1 where
// another phrase was read, and has its buttons, for long phrases alone, below it.
/** @import { Figure, TransplantPanel } from "../payloads.js" */
/** @import { DrawnLayout, Layout, Trace } from "../plotly_types.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Tools } from "./panel.js" */
import { grown, numbersOf, unescaped } from "../figure.js"
import { rem } from "../theme.js"
import { Chart } from "./chart.js"
import { ticks } from "./chart_ticks.js"
import { enlarged, fitting } from "./fitting.js"
import { beside } from "./places.js"

const FEW = 20 // steps up to which nobody needs to zoom
const MARGIN = { l: 52, r: 96, t: 30, b: 36 } // pixels of 16 px type; the names of the lines are on the right
const POINT = 10 // pixels of 16 px type from a point's middle to its label
const LETTER = 9 // pixels that a letter of it needs
const CLOSE = 14 // pixels of 16 px type from one point to the next, below which they touch
const SLANTED = 84 // below the axis, where its words are slanted

/** @extends {Chart<TransplantPanel>} */
export class Transplant extends Chart {
  /**
   * @param {string} id
   * @param {Tools} tools
   */
  constructor(id, tools) {
    super(id, tools)
    this.buttons = /** @type {HTMLElement} */ (this.zoom.parentElement)
    this.buttons.hidden = true
    this.body.append(this.buttons)
    this.details.remove() // the numbers are among the measurements
    this.first = 0.5 // where the axis begins
  }

  /**
   * @override
   * @param {TransplantPanel} data
   * @param {Theme} theme
   */
  async fill(data, theme) {
    await super.fill(data, theme)
    this.label()
  }

  /** The other phrase's words, where there is room for them; of points that touch each other, the last word alone. */
  label() {
    const place = this.data?.figure.data.findIndex(({ meta }) => meta === "donor") ?? -1
    const layout = this.plot._fullLayout
    if (!this.data || place < 0 || !layout) return
    const { x, y, text = [] } = this.data.figure.data[place]
    const { xaxis, yaxis } = layout
    const heights = numbersOf(y)
    const points = numbersOf(x).map((value, k) => ({ x: xaxis.l2p(value), y: yaxis.l2p(heights[k]) }))
    const close = points.length > 1 && points[1].x - points[0].x < grown(CLOSE)
    const last = text.length - 2 // behind it is the step that the other line begins with
    const told = text.map((word, k) => (close && k !== last ? "" : String(word)))
    const widths = told.map(word => unescaped(word).length * grown(LETTER))
    const frame = { left: -rem(), right: xaxis._length, top: 0, bottom: yaxis._length }
    const [places] = beside([points], [widths], 1.15 * rem(), grown(POINT), frame)
    const words = told.map((word, k) => (places[k] ? word : ""))
    this.Plotly?.restyle(this.plot, { text: [words], textposition: [places.map(name => name ?? "top center")] }, [
      place,
    ])
  }

  /**
   * @override
   * @param {Figure} figure
   * @param {Theme} theme
   */
  dress(figure, theme) {
    super.dress(figure, theme)
    const { layout } = figure
    this.buttons.hidden = this.steps <= FEW
    this.first = layout.xaxis?.range?.[0] ?? 0.5
    const pitch = (theme.width - grown(MARGIN.l + MARGIN.r)) / (this.steps + 0.5 - this.first)
    figure.data = enlarged(pitch < grown(CLOSE) ? figure.data.map(unmarked) : figure.data)
    const slanted = Boolean(layout.xaxis?.tickangle)
    layout.margin = {
      ...{ l: grown(MARGIN.l), r: grown(MARGIN.r), t: grown(MARGIN.t) },
      b: grown(slanted ? SLANTED : MARGIN.b),
    }
    layout.height = fitting(this.frame, layout.height)
    layout.hovermode = "closest"
  }

  /**
   * @override
   * @param {string} name of an axis
   * @param {Layout | DrawnLayout} layout
   * @param {Theme} theme
   */
  ticks(name, layout, theme) {
    const [from, to] = (this.before ?? layout).xaxis?.range ?? [0.5, this.steps + 0.5]
    return ticks(
      this.labels[name],
      [Number(from), Number(to)],
      (16 * (theme.width - grown(MARGIN.l + MARGIN.r))) / rem(),
    )
  }

  /** @override */
  seeAll() {
    this.Plotly?.relayout(this.plot, { "xaxis.range": [this.first, this.steps + 0.5] })
  }
}

/**
 * A line without the marks of its points.
 * @param {Trace} trace
 * @returns {Trace}
 */
function unmarked(trace) {
  return { ...trace, mode: trace.mode?.replace("+markers", "") }
}
