// A sequence task unrolled as it was run, in the room there is: it wraps, and is never cut off.
/** @import { UnrolledPanel } from "../payloads.js" */
/** @import { Drawing } from "../pictures/drawing.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Tools } from "./panel.js" */
import { DataTable, folded } from "../data_table.js"
import { element } from "../dom.js"
import { t } from "../messages.js"
import { around, diagram, placesOf } from "../pictures/diagram.js"
import { rem } from "../theme.js"
import { Panel } from "./panel.js"

const ABOVE = 27 // rem, for the page's question and what is asked, above a diagram that is made larger

/** @extends {Panel<UnrolledPanel>} */
export class Unrolled extends Panel {
  /**
   * @param {string} id
   * @param {Tools} tools
   */
  constructor(id, tools) {
    super(id, tools)
    this.holder = element("div", { class: "unrolled-holder" })
    this.table = new DataTable(`${id}.csv`)
    this.body.append(this.holder)
    this.node.append(folded(this.table.node))
    this.holder.onclick = event => {
      const cell = event.target instanceof Element ? event.target.closest("[data-step]") : null
      if (cell) this.tools.onStep(Number(cell.getAttribute("data-step")))
    }
    /** @type {Drawing | undefined} */
    this.drawing = undefined
    this.seen = "" // which steps are in it
  }

  /**
   * @override
   * @param {UnrolledPanel} data
   * @param {Theme} theme
   */
  async fill(data, theme) {
    this.table.draw(data.title, data.table)
    this.fit(theme.width)
  }

  /**
   * @override
   * @param {number} width
   */
  fit(width) {
    if (!this.data || !this.theme) return
    const height = globalThis.innerHeight - ABOVE * rem()
    const room = { width, height, em: rem(), palette: this.theme.palette }
    const steps = around(this.data.steps, this.tools.now())
    this.seen = placesOf(steps).join()
    this.drawing = diagram({ ...this.data, steps }, room, `tip-${this.id}`)
    this.holder.replaceChildren(this.drawing.node)
    this.drawing.moveTo?.(this.tools.now())
  }

  /**
   * @override
   * @param {number} step
   */
  moveTo(step) {
    const steps = this.data?.steps ?? []
    if (this.theme && placesOf(around(steps, step)).join() !== this.seen) this.fit(this.theme.width)
    else this.drawing?.moveTo?.(step)
  }

  /**
   * @override
   * @param {number} step
   */
  readout(step) {
    const shown = this.data?.steps[step - 1]
    if (!shown) return ""
    const { part, input, output } = shown
    if (output === null) return t("{part} reads “{word}”", { part, word: input ?? "" })
    return t("{part} says “{word}”", { part, word: output })
  }
}
