// A still figure: no time axis, no cursor.
/** @import { Figure } from "../payloads.js" */
/** @import { PlotlyLibrary } from "../plotly_types.js" */
/** @import { Theme } from "../theme.js" */
import { element } from "../dom.js"
import { axesOf, coloured, CONFIG, grown, load, pageLayout, plotNode } from "../figure.js"
import { rem } from "../theme.js"
import { enlarged } from "./fitting.js"

const WIDEST = 1000 // pixels of 16 px type: a curve is no ribbon
const NARROW = 520
const HEIGHT = 450 // pixels that Plotly takes where a figure names none

export class StillPlot {
  /** @param {{ figure: Figure, alt: string }} data */
  constructor(data) {
    this.plot = plotNode()
    this.node = element("div", { class: "stage-frame", role: "img" }, this.plot)
    this.data = data
    /** @type {Theme | undefined} */
    this.theme = undefined
    /** @type {PlotlyLibrary | undefined} of which the figure was drawn */
    this.Plotly = undefined
    this.receive(data)
  }

  /**
   * Another figure in the same place; it is drawn by `draw`.
   * @param {{ figure: Figure, alt: string }} data
   */
  receive(data) {
    this.data = data
    this.node.setAttribute("aria-label", data.alt)
    // The room that it takes is there before it is drawn: what stands below must not move away from under a click.
    this.plot.style.minHeight = `${grown(data.figure.layout.height ?? HEIGHT)}px`
  }

  /** @param {Theme} theme */
  async draw(theme) {
    this.theme = theme
    const { data, layout } = coloured(this.data.figure, theme.palette)
    const narrow = theme.width < NARROW
    Object.assign(layout, pageLayout({ ...theme, width: Math.min(theme.width, grown(WIDEST)) }), {
      height: layout.height && grown(layout.height),
      margin: {
        l: grown(narrow ? 56 : 70),
        r: grown(14),
        t: grown(layout.showlegend === false ? 16 : narrow ? 64 : 44),
        b: grown(58),
      },
      dragmode: false,
      hovermode: "closest",
    })
    const { grid } = theme.palette
    for (const [, axis] of axesOf(layout)) {
      Object.assign(axis, { gridcolor: grid, linecolor: grid, fixedrange: true })
      if (axis.title) axis.title.font = { size: rem() }
    }
    try {
      const Plotly = await load()
      await Plotly.react(this.plot, enlarged(data), layout, CONFIG)
      this.Plotly = Plotly
    } catch (error) {
      this.plot.textContent = `The chart could not be drawn (${messageOf(error)}). Reload the page.`
    }
  }

  /** @param {number} width */
  async fit(width) {
    if (this.Plotly && this.theme && Math.abs(width - this.theme.width) >= 2) await this.draw({ ...this.theme, width })
  }

  close() {
    this.Plotly?.purge(this.plot)
  }
}

/**
 * What went wrong, in words.
 * @param {unknown} error
 */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error)
}
