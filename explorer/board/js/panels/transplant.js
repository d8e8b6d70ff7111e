// A phrase as it was and with another memory: a chart over time that fits the first screen, begins before step 1 where
// another phrase was read, and has its buttons, for long phrases alone, below it.
/** @import { Figure, TransplantPanel } from "../payloads.js" */
/** @import { DrawnLayout, Layout } from "../plotly_types.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Tools } from "./panel.js" */
import { grown } from "../figure.js"
import { t } from "../messages.js"
import { Chart } from "./chart.js"
import { ticks } from "./chart_ticks.js"
import { fitting } from "./fitting.js"

const FEW = 20 // steps up to which nobody needs to zoom
const MARGIN = { l: 52, r: 96, t: 30, b: 36 } // pixels of 16 px type; the names of the lines are on the right
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
    this.body.append(this.buttons)
    this.details.remove() // the numbers are among the measurements
    this.first = 0.5 // where the axis begins
  }

  /**
   * @override
   * @param {string} title
   */
  name(title) {
    this.zoom.textContent = t("Zoom in")
    this.whole.textContent = t("Show all")
    this.zoom.setAttribute("aria-label", t("Zoom in: {title}", { title }))
    this.whole.setAttribute("aria-label", t("Show all: {title}", { title }))
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
    return ticks(this.labels[name], [Number(from), Number(to)], theme.width - grown(MARGIN.l + MARGIN.r))
  }

  /** @override */
  seeAll() {
    this.Plotly?.relayout(this.plot, { "xaxis.range": [this.first, this.steps + 0.5] })
  }
}
