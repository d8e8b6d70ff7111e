// What could come next at the step of the time cursor: the likeliest words with their probabilities, each a button that
// goes on from there with this word. Words are always text nodes.
/** @import { ChoicesPanel } from "../payloads.js" */
/** @import { Tools } from "./panel.js" */
import { button, keepingFocus, scrollBox, table } from "../dom.js"
import { percent } from "../text.js"
import { bar } from "../share_bar.js"
import { Panel } from "./panel.js"

const COLUMNS = ["Word", "Probability", "As a bar"]

/** @extends {Panel<ChoicesPanel>} */
export class Choices extends Panel {
  /** @override */
  pictured = false

  /**
   * @param {string} id
   * @param {Tools} tools
   */
  constructor(id, tools) {
    super(id, tools)
    this.holder = scrollBox("Table", "choices")
    this.body.append(this.holder)
  }

  /**
   * @override
   * @param {ChoicesPanel} data
   */
  async fill(data) {
    this.holder.setAttribute("aria-label", `Table: ${data.title}`)
    this.moveTo(Math.min(this.tools.now() || 1, data.steps.length))
  }

  /**
   * @override
   * @param {number} step
   */
  moveTo(step) {
    if (!this.data?.steps.length) return
    const place = Math.min(Math.max(step, 1), this.data.steps.length)
    const { token, given, candidates, rest } = this.data.steps[place - 1]
    const rows = [
      ...candidates.map(([word, p]) => [this.choice(place, word, word === token), percent(p), bar(p, "a")]),
      ["all other words", percent(rest), bar(rest, "a")],
    ]
    const how = given ? `“${token}” was given` : `“${token}” was drawn`
    const caption = `What could stand at place ${place}; ${how}`
    keepingFocus(this.holder, "data-word", () => this.holder.replaceChildren(table(caption, COLUMNS, rows)))
  }

  /**
   * @param {number} place from 1
   * @param {string} word
   * @param {boolean} drawn whether it is what stands there now
   */
  choice(place, word, drawn) {
    return button(word, { "data-word": word, "aria-pressed": String(drawn) }, () => this.tools.ask({ place, word }))
  }
}
