// The same words in two orders, with all numbers as a table behind them.
/** @import { OrdersPanel } from "../payloads.js" */
/** @import { Drawing } from "../pictures/drawing.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Tools } from "./panel.js" */
import { DataTable, folded } from "../data_table.js"
import { element } from "../dom.js"
import { t } from "../messages.js"
import { orders } from "../pictures/orders.js"
import { percent } from "../text.js"
import { rem } from "../theme.js"
import { Panel } from "./panel.js"

/** @extends {Panel<OrdersPanel>} */
export class Orders extends Panel {
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
   * @param {OrdersPanel} data
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
    this.drawing = orders(this.data, { width, em: rem(), palette: this.theme.palette })
    this.holder.replaceChildren(this.drawing.node)
    this.moveTo(this.tools.now())
  }

  /**
   * @override
   * @param {number} step
   */
  moveTo(step) {
    this.drawing?.moveTo?.(step)
  }

  /**
   * @override
   * @param {number} step
   */
  readout(step) {
    const rows = this.data?.rows ?? []
    const said = rows.map(({ letter, tokens, average }) => {
      const at = Math.min(step, tokens.length) - 1
      const words = { letter, word: tokens[at], share: percent(average[at]) }
      return letter
        ? t("{letter} “{word}”, average so far {share}", words)
        : t("“{word}”, average so far {share}", words)
    })
    return said.join("; ")
  }
}
