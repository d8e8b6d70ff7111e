// The slots of the concatenation as the time cursor fills them: a word each, padding behind them, and below them what is lost.
// Words are always text nodes.
import { element } from "../dom.js"
import { Panel } from "./panel.js"
import { folded, tabulated } from "../data_table.js"

export class Slots extends Panel {
  async fill(panel) {
    this.slots = Array.from({ length: panel.slots }, (_, i) => {
      const word = element("span", { class: "slots-word" }),
        number = element("span", { class: "slots-number" }, String(i + 1))
      return { word, node: element("li", { class: "slots-slot" }, number, word) }
    })
    const nodes = this.slots.map(({ node }) => node)
    const list = element("ol", { class: "slots-list", "aria-label": "Slots of the concatenation" }, ...nodes)
    this.lostTitle = element("h3", { class: "matrix-title" })
    this.lost = element("p", {
      class: "slots-lost",
      tabindex: "0",
      role: "region",
      "aria-label": "Words that are lost",
    })
    this.body.replaceChildren(list, this.lostTitle, this.lost, folded([tabulated(panel)]))
    this.moveTo(this.tools.now() || panel.tokens.length)
  }

  moveTo(step) {
    if (!this.slots) return
    const { tokens, slots } = this.panel
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
