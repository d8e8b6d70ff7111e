// The numbers behind the picture, as tables that are made when they are opened.
import { element, table } from "../dom.js"
import { t } from "../messages.js"
import { called, lineName } from "./lines.js"
import { markedWord } from "./ribbon.js"

/** @import { Answers } from "./answers.js" */
/** @import { Model } from "./lines.js" */

export class NumbersTable {
  constructor() {
    this.content = element("div", { class: "duel-tables" })
    this.node = element(
      "details",
      { class: "duel-numbers" },
      element("summary", {}, t("Every number in this picture")),
      this.content,
    )
    this.node.addEventListener("toggle", () => this.fill())
    /** @type {{ answers: Answers, models: Model[], chosen: string } | null} */
    this.shown = null
  }

  /**
   * @param {Answers} answers
   * @param {Model[]} models
   * @param {string} chosen
   */
  show(answers, models, chosen) {
    this.node.hidden = answers.steps === 0
    if (this.shown?.answers === answers && this.shown.chosen === chosen) return
    this.shown = { answers, models, chosen }
    this.content.replaceChildren()
    this.fill()
  }

  hide() {
    this.shown = null
    this.node.hidden = true
    this.content.replaceChildren()
  }

  fill() {
    if (!this.node.open || !this.shown || this.content.childNodes.length) return
    const { answers, models, chosen } = this.shown
    const ends = models.map(model => [lineName(model), ...[0, 1].map(k => digits(answers.after(k, model.name)))])
    const belief = [0, 1].map(k => answers.belief(k, chosen))
    const steps = Array.from({ length: answers.steps }, (_, i) => [
      String(i + 1),
      ...[0, 1].flatMap(k => {
        const read = answers.read(k)
        return i < read.tokens.length ? [markedWord(read, i), digits(belief[k][i])] : ["", ""]
      }),
    ])
    const model = models.find(({ name }) => name === chosen)
    const title = t("After each word: the {model}", { model: model ? called(model) : chosen })
    this.content.replaceChildren(
      table(t("How positive each model finds it, from 0 to 1"), [t("Model"), t("A"), t("B")], ends),
      table(title, [t("Step"), t("Word of A"), t("A"), t("Word of B"), t("B")], steps),
    )
  }
}

/** @param {number | null} probability */
function digits(probability) {
  return probability === null ? "" : probability.toFixed(4)
}
