// What could come next at the step of the time cursor: the likeliest words, each a button as full as it is likely, that
// goes on from there with this word. Words are always text nodes.
/** @import { ChoicesPanel } from "../payloads.js" */
/** @import { Tools } from "./panel.js" */
import { button, element, keepingFocus } from "../dom.js"
import { t } from "../messages.js"
import { percent, shortened } from "../text.js"
import { Panel } from "./panel.js"

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
    this.words = element("ol", { class: "choices-sentence" })
    this.asked = element("p", { class: "choices-place" })
    this.list = element("ul", { class: "choices" })
    this.rest = element("p", { class: "choices-rest" })
    this.body.append(this.words, this.asked, this.list, this.rest)
  }

  /**
   * @override
   * @param {ChoicesPanel} data
   */
  async fill(data) {
    this.list.setAttribute("aria-label", data.title)
    this.words.setAttribute("aria-label", t("The sentence as written"))
    const words = data.steps.map(({ token, given }, i) => {
      const attributes = { "data-place": i + 1, class: given ? "choices-given" : "" }
      return element(
        "li",
        {},
        button(shortened(token), attributes, () => this.tools.onStep(i + 1)),
      )
    })
    keepingFocus(this.words, "data-place", () => this.words.replaceChildren(...words))
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
    for (const node of this.words.querySelectorAll("button")) {
      node.toggleAttribute("aria-current", node.getAttribute("data-place") === String(place))
    }
    this.asked.textContent = given
      ? t("Place {place}: you gave “{word}”. The writer would have chosen from:", { place, word })
      : t("Place {place}: the writer drew “{word}” from these:", { place, word })
    const most = Math.max(...candidates.map(([, p]) => p))
    const items = candidates.map(choice => element("li", {}, this.choice(place, choice, choice[0] === token, most)))
    keepingFocus(this.list, "data-word", () => this.list.replaceChildren(...items))
    this.rest.textContent = t("All other words together: {share}. Press a word, and the writer goes on from there.", {
      share: percent(rest),
    })
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
