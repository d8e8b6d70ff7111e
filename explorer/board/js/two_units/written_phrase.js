// A phrase, written out: its words, the equations of a step, a table of all steps.
/** @import { PhraseStrip as PhraseData, Weights } from "../payloads.js" */
/** @import { Step } from "./network.js" */
import { DataTable } from "../data_table.js"
import { element } from "../dom.js"
import { PhraseStrip } from "../phrase_strip.js"
import { decimals, written } from "../text.js"
import { equations } from "./equations.js"

export class WrittenPhrase {
  /**
   * @param {"A" | "B"} letter
   * @param {(step: number) => void} onStep
   */
  constructor(letter, onStep) {
    this.title = element("h2", { id: `two-units-title-${letter}` })
    this.strip = new PhraseStrip(letter, onStep)
    this.lines = element("div", { class: "two-units-lines" })
    this.table = new DataTable(`by-hand-${letter.toLowerCase()}.csv`)
    const attributes = { class: "stage-chart", "aria-labelledby": this.title.id, "data-testid": `two_units-${letter}` }
    this.node = element("section", attributes, this.title, this.strip.node, this.lines, this.table.node)
    /** @type {string[]} */
    this.tokens = []
    /** @type {string[]} of the table */
    this.columns = []
    /** @type {Weights | undefined} */
    this.weights = undefined
    /** @type {Step[]} */
    this.steps = []
  }

  /**
   * @param {PhraseData | undefined} phrase
   * @param {string[]} columns
   */
  draw(phrase, columns) {
    this.node.hidden = !phrase
    this.strip.draw(phrase)
    if (!phrase) return
    this.tokens = phrase.tokens
    this.columns = columns
    this.title.textContent = `${phrase.phrase ? `${phrase.phrase}: ` : ""}${this.text}`
  }

  get text() {
    return written(this.tokens.join(" "))
  }

  /**
   * @param {Weights} weights
   * @param {Step[]} steps
   */
  compute(weights, steps) {
    this.weights = weights
    this.steps = steps
    const rows = steps.map((step, t) => ({ head: [String(t + 1), this.tokens[t]], values: numbersOf(weights, step) }))
    const cells = rows.map(({ head, values }) => [...head, ...values.map(value => decimals(value, 4))])
    this.table.show(`Every step of “${this.text}”`, this.columns, cells)
    this.table.records = () => [this.columns, ...rows.map(({ head, values }) => [...head, ...values])]
  }

  /** @param {number} step */
  moveTo(step) {
    this.strip.moveTo(step)
    this.table.node.querySelectorAll("tbody tr").forEach((row, t) => {
      row.classList.toggle("two-units-now", t === step - 1)
      if (t === step - 1) row.setAttribute("aria-current", "step")
      else row.removeAttribute("aria-current")
    })
    const computed = this.steps[step - 1]
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
