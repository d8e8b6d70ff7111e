// A phrase, written out: every product of a step, and a table of all steps.
/** @import { PhraseStrip, Weights } from "../payloads.js" */
/** @import { Step } from "./network.js" */
import { DataTable } from "../data_table.js"
import { element } from "../dom.js"
import { t } from "../messages.js"
import { decimals, written } from "../text.js"
import { equations } from "./equations.js"

export class WrittenPhrase {
  /** @param {"A" | "B"} letter */
  constructor(letter) {
    this.title = element("h2", { id: `two-units-title-${letter}` })
    this.lines = element("div", { class: "two-units-lines" })
    const attributes = { class: "stage-chart", "aria-labelledby": this.title.id, "data-testid": `two_units-${letter}` }
    this.node = element("section", attributes, this.title, this.lines)
    this.heading = element("h2", { id: `two-units-steps-${letter}` })
    this.table = new DataTable(`by-hand-${letter.toLowerCase()}.csv`)
    const named = { class: "stage-chart stage-titled", "aria-labelledby": this.heading.id }
    const steps = { ...named, "data-testid": `two_units-steps-${letter}` }
    this.steps = element("section", steps, this.heading, this.table.node)
    /** @type {string[]} */
    this.tokens = []
    /** @type {string[]} of the table */
    this.columns = []
    /** @type {Weights | undefined} */
    this.weights = undefined
    /** @type {Step[]} */
    this.computed = []
  }

  /**
   * @param {PhraseStrip | undefined} phrase
   * @param {string[]} columns
   */
  draw(phrase, columns) {
    this.node.hidden = this.steps.hidden = !phrase
    if (!phrase) return
    this.tokens = phrase.tokens
    this.columns = columns
    const values = { letter: phrase.phrase, text: this.text }
    this.title.textContent = phrase.phrase ? t("{letter}: {text}", values) : this.text
    this.heading.textContent = t("Every step of “{text}”", values)
  }

  get text() {
    return written(this.tokens.join(" "))
  }

  /**
   * @param {Weights} weights
   * @param {Step[]} steps
   */
  compute(weights, steps) {
    this.remember(weights, steps)
    const rows = steps.map((step, i) => ({ head: [String(i + 1), this.tokens[i]], values: numbersOf(weights, step) }))
    const cells = rows.map(({ head, values }) => [...head, ...values.map(value => decimals(value, 4))])
    this.table.show(t("Every step of “{text}”", { text: this.text }), this.columns, cells)
    this.table.records = () => [this.columns, ...rows.map(({ head, values }) => [...head, ...values])]
  }

  /**
   * The table is written once it can be seen.
   * @param {Weights} weights
   * @param {Step[]} steps
   */
  remember(weights, steps) {
    this.weights = weights
    this.computed = steps
  }

  /** @param {number} step */
  moveTo(step) {
    this.table.node.querySelectorAll("tbody tr").forEach((row, i) => {
      row.classList.toggle("two-units-now", i === step - 1)
      if (i === step - 1) row.setAttribute("aria-current", "step")
      else row.removeAttribute("aria-current")
    })
    const computed = this.computed[step - 1]
    if (!this.weights || !computed) return this.lines.replaceChildren()
    return this.lines.replaceChildren(...equations(this.weights, computed, step, this.tokens[step - 1]))
  }
}

/**
 * The numbers of a step in the order of the table's columns.
 * @param {Weights} weights
 * @param {Step} step
 */
function numbersOf({ b, c }, step) {
  const sums = b.flatMap((bias, h) => [...step.fromWord[h], ...step.fromState[h], bias, step.total[h], step.hidden[h]])
  return [...step.x, ...step.before, ...sums, ...step.toLogit, c, step.logit, step.belief]
}
