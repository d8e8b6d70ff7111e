// How many texts the network is right about: a sentence, and a mark for each text, pairs side by side.
/** @import { Judgement } from "./network.js" */
import { element } from "../dom.js"
import { t } from "../messages.js"
import { written } from "../text.js"

export class Score {
  constructor() {
    this.text = element("p", { class: "hand-score-text" })
    this.marks = element("div", { class: "hand-marks", "aria-hidden": "true" }) // the table of texts says the same
    this.node = element("div", { class: "hand-score", "data-testid": "two_units-score" }, this.text, this.marks)
  }

  /** @param {Judgement[]} judgements */
  draw(judgements) {
    const right = judgements.filter(judgement => judgement.right).length
    this.text.textContent = t("{right} of {all} texts are right", { right, all: judgements.length })
    this.node.classList.toggle("hand-broken", right < judgements.length)
    const marks = judgements.map(judgement => {
      const title = judgement.right
        ? t("“{text}”: right", { text: written(judgement.text) })
        : t("“{text}”: wrong", { text: written(judgement.text) })
      return element(
        "span",
        { class: judgement.right ? "hand-right" : "hand-wrong", title },
        judgement.right ? "✓" : "✗",
      )
    })
    this.marks.replaceChildren(...marks)
  }
}
