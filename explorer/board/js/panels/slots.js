// The slots of the concatenation as the time cursor fills them: a word each, padding behind them, and below them what
// is lost. Words are always text nodes.
/** @import { SlotsPanel } from "../payloads.js" */
/** @import { Tools } from "./panel.js" */
import { DataTable, folded } from "../data_table.js"
import { element } from "../dom.js"
import { Panel } from "./panel.js"

/** @extends {Panel<SlotsPanel>} */
export class Slots extends Panel {
  /**
   * @param {string} id
   * @param {Tools} tools
   */
  constructor(id, tools) {
    super(id, tools)
    this.list = element("ol", { class: "slots-list", "aria-label": "Slots of the concatenation" })
    this.lostTitle = element("h3", { class: "matrix-title" })
    const attributes = { class: "slots-lost", tabindex: "0", role: "region", "aria-label": "Words that are lost" }
    this.lost = element("p", attributes)
    this.table = new DataTable(`${id}.csv`)
    this.body.append(this.list, this.lostTitle, this.lost, folded(this.table.node))
    /** @type {{ word: HTMLElement, node: HTMLElement }[]} */
    this.slots = []
  }

  /**
   * @override
   * @param {SlotsPanel} data
   */
  async fill(data) {
    this.slots = Array.from({ length: data.slots }, (_, i) => {
      const word = element("span", { class: "slots-word" })
      const number = element("span", { class: "slots-number" }, String(i + 1))
      return { word, node: element("li", { class: "slots-slot" }, number, word) }
    })
    this.list.replaceChildren(...this.slots.map(({ node }) => node))
    this.table.draw(data.title, data.table)
    this.moveTo(this.tools.now() || data.tokens.length)
  }

  /**
   * @override
   * @param {number} step
   */
  moveTo(step) {
    if (!this.data) return
    const { tokens, slots } = this.data
    const read = Math.min(step, tokens.length)
    this.slots.forEach(({ word, node }, i) => {
      const filled = i < read
      word.textContent = filled ? tokens[i] : "padding"
      node.classList.toggle("slots-empty", !filled)
      node.classList.toggle("slots-now", i === read - 1)
    })
    const lost = tokens.slice(slots, read)
    const some = `Lost by step ${read}: ${lost.length.toLocaleString("en")}`
    this.lostTitle.textContent = lost.length ? some : "Nothing is lost so far"
    this.lost.textContent = lost.join(" ")
    this.lost.hidden = lost.length === 0
    this.lost.scrollTop = this.lost.scrollHeight
  }
}
