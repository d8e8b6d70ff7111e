// The texts to be right about, and whether the network is.
/** @import { Judgement } from "./network.js" */
import { element, scrollBox, table } from "../dom.js"
import { written } from "../text.js"

const COLUMNS = ["Text", "A reader says", "P(positive)", "The network is"]

export class Judgements {
  constructor() {
    this.title = element("h2", { id: "two-units-title-texts" }, "Is it still right?")
    this.holder = scrollBox("Table: the texts and whether they are right")
    const attributes = { class: "stage-chart", "aria-labelledby": this.title.id, "data-testid": "two_units-texts" }
    this.node = element("section", attributes, this.title, this.holder)
  }

  /** @param {Judgement[]} judgements */
  draw(judgements) {
    const rows = judgements.map(({ text, expected, belief, right }) => [
      element("span", { class: "stage-long" }, written(text)),
      expected,
      belief.toFixed(3),
      right ? "right" : element("span", { class: "stage-wrong" }, "wrong"),
    ])
    this.holder.replaceChildren(table("Pairs of texts, the positive one first", COLUMNS, rows))
  }
}

/**
 * What the page says of the network as it is now.
 * @param {Judgement[]} judgements
 * @param {[string, string]} lesson the pair of texts that is spoken of
 * @param {number} moved how many weights were moved
 * @param {number} all how many there are
 */
export function summary(judgements, lesson, moved, all) {
  const still = moved ? "still right" : "right"
  const said = lesson.map(text => {
    const right = judgements.some(judgement => judgement.text === text && judgement.right)
    return `“${written(text)}” is ${right ? still : "wrong"}`
  })
  const count = judgements.filter(({ right }) => right).length
  const start = moved ? `With ${moved} of ${all} weights moved,` : `With the ${all} trained weights,`
  return `${start} ${said.join(" and ")}; ${count} of ${judgements.length} texts are right.`
}
