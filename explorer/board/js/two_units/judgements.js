// The texts to be right about, and whether the network is.
/** @import { Judgement } from "./network.js" */
import { element, scrollBox, table } from "../dom.js"
import { t } from "../messages.js"
import { written } from "../text.js"

export class Judgements {
  constructor() {
    this.title = element("h2", { id: "two-units-title-texts" }, t("Is it still right?"))
    this.holder = scrollBox(t("Table: the texts and whether they are right"))
    const attributes = { class: "stage-chart", "aria-labelledby": this.title.id, "data-testid": "two_units-texts" }
    this.node = element("section", attributes, this.title, this.holder)
  }

  /** @param {Judgement[]} judgements */
  draw(judgements) {
    const columns = [t("Text"), t("A reader says"), t("P(positive)"), t("The network is")]
    const rows = judgements.map(({ text, expected, belief, right }) => [
      element("span", { class: "stage-long" }, written(text)),
      expected === "positive" ? t("positive") : t("negative"),
      belief.toFixed(3),
      right ? t("right") : element("span", { class: "stage-wrong" }, t("wrong")),
    ])
    this.holder.replaceChildren(table(t("Pairs of texts, the positive one first"), columns, rows))
  }
}

/**
 * What the page says of the network as it is now.
 * @param {Judgement[]} judgements
 * @param {[string, string]} lesson the pair of texts that is spoken of
 * @param {number} moved how many weights were moved
 * @param {number} all how many numbers there are
 * @param {number} words how many of them are the two of a word's vector, by words
 */
export function summary(judgements, lesson, moved, all, words) {
  const [good, bad] = lesson.map(text => judgements.some(judgement => judgement.text === text && judgement.right))
  const [first, second] = lesson.map(written)
  const values = { first, second, moved, all, words, layers: all - 2 * words }
  if (!moved) return t("All {layers} weights and {words} word vectors of 2 numbers are as they were trained.", values)
  if (good && bad) return t("{moved} of {all} numbers moved: “{first}” and “{second}” are both still right.", values)
  if (good) return t("{moved} of {all} numbers moved: “{first}” is still right, “{second}” is wrong.", values)
  if (bad) return t("{moved} of {all} numbers moved: “{first}” is wrong, “{second}” is still right.", values)
  return t("{moved} of {all} numbers moved: “{first}” and “{second}” are both wrong.", values)
}
