// The slots of the concatenation as the time cursor fills them.
/** @import { SlotsPanel } from "../payloads.js" */
/** @import { Drawing } from "../pictures/drawing.js" */
/** @import { Tools } from "./panel.js" */
import { DataTable, folded } from "../data_table.js"
import { element } from "../dom.js"
import { slots } from "../pictures/slots.js"
import { Panel } from "./panel.js"

/** @extends {Panel<SlotsPanel>} */
export class Slots extends Panel {
  /**
   * @param {string} id
   * @param {Tools} tools
   */
  constructor(id, tools) {
    super(id, tools)
    this.holder = element("div")
    this.table = new DataTable(`${id}.csv`)
    this.body.append(this.holder)
    this.node.append(folded(this.table.node))
    /** @type {Drawing | undefined} */
    this.drawing = undefined
  }

  /**
   * @override
   * @param {SlotsPanel} data
   */
  async fill(data) {
    this.drawing = slots(data)
    this.holder.replaceChildren(this.drawing.node)
    this.table.draw(data.title, data.table)
    this.moveTo(this.tools.now())
  }

  /**
   * @override
   * @param {number} step
   */
  moveTo(step) {
    this.drawing?.moveTo?.(step)
  }
}
