// Sentences and a table with its download.
/** @import { TablePanel } from "../payloads.js" */
import { dataTable } from "../data_table.js"
import { element } from "../dom.js"
import { Panel } from "./panel.js"

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
    this.body.replaceChildren(...sentences, dataTable(data, data.table))
  }
}
