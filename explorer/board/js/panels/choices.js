// What could come next at the step of the time cursor: the likeliest words, each a button as full as it is likely, that
// goes on from there with this word. Words are always text nodes.
/** @import { ChoicesPanel } from "../payloads.js" */
/** @import { Tools } from "./panel.js" */
import { DataTable, folded } from "../data_table.js"
import { button, element, keepingFocus } from "../dom.js"
import { t } from "../messages.js"
import { percent, shortened } from "../text.js"
import { Panel } from "./panel.js"

/** @extends {Panel<ChoicesPanel>} */
export class Choices extends Panel {
  /**
   * @param {string} id
   * @param {Tools} tools
   */
  constructor(id, tools) {
    super(id, tools)
    this.asked = element("p", { class: "choices-place" })
    this.list = element("ul", { class: "choices" })
    this.rest = element("p", { class: "choices-rest" })
    this.table = new DataTable(`${id}.csv`)
    this.body.append(this.asked, this.list, this.rest)
    this.node.append(folded(this.table.node))
  }

  /**
   * @override
   * @param {ChoicesPanel} data
   */
  async fill(data) {
    this.list.setAttribute("aria-label", data.title)
    const rows = data.steps.flatMap(({ candidates, rest }, i) => [
      ...candidates.map(([word, p]) => [String(i + 1), word, percent(p)]),
      [String(i + 1), t("all other words"), percent(rest)],
    ])
    this.table.draw(data.title, { columns: [t("Place"), t("Word"), t("Probability")], rows })
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
    const word = shortened(token)
    this.asked.textContent = given
      ? t("Place {place}: you gave “{word}”. It could have been:", { place, word })
      : t("Place {place}: the writer drew “{word}”. It could have been:", { place, word })
    const most = Math.max(...candidates.map(([, p]) => p))
    const items = candidates.map(choice => element("li", {}, this.choice(place, choice, choice[0] === token, most)))
    keepingFocus(this.list, "data-word", () => this.list.replaceChildren(...items))
    this.rest.textContent = t("All other words together: {share}", { share: percent(rest) })
  }

  /**
   * @param {number} place from 1
   * @param {[string, number]} candidate
   * @param {boolean} drawn whether it is what stands there now
   * @param {number} most the largest probability
   */
  choice(place, [word, p], drawn, most) {
    const attributes = { "data-word": word, "aria-pressed": String(drawn), class: "choices-word" }
    const node = button("", attributes, () => this.tools.ask({ place, word }))
    const bar = element("span", { class: "choices-bar", style: `width: ${((100 * p) / most).toFixed(1)}%` })
    node.append(bar, element("span", { class: "choices-text" }, word), " ", element("span", {}, percent(p)))
    return node
  }
}
