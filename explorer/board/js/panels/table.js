// Sentences and a table with its download.
/** @import { TablePanel } from "../payloads.js" */
import { DataTable } from "../data_table.js"
import { element } from "../dom.js"
import { Panel } from "./panel.js"

const ROWS = 400 // in the page; the download has them all

/** @extends {Panel<TablePanel>} */
export class TableOnly extends Panel {
  /** @override */
  pictured = false

  /**
   * @override
   * @param {TablePanel} data
   */
  async fill(data) {
    this.node.classList.add("stage-titled")
    const sentences = (data.sentences ?? []).map(text => element("p", {}, text))
    const table = new DataTable(`${data.id}.csv`)
    table.draw(data.title, data.table, ROWS)
    this.body.replaceChildren(...sentences, table.node)
  }
}
