// One unit at one step: its equations with every number, and each weighted sum opened down to its multiplications.
/** @import { PackedArray } from "../packet.js" */
/** @import { Moves, View } from "./level.js" */
import { button, element, scrollBox, table } from "../dom.js"
import { t } from "../messages.js"
import { notation } from "../notation.js"
import { decimals, shortened } from "../text.js"
import { signedValue } from "./block.js"
import { described } from "./gate_words.js"
import { Level } from "./level.js"
import { opened } from "./run.js"
import { unitAfter } from "./sentences.js"
import { drawing, words } from "./svg_file.js"

/** @typedef {{ formula: string, numbers: string, values: number[], sums: Record<string, number> }} EquationLine */
/** @typedef {{ of: "word" | "memory", symbol: string, bias: number }} SumHeader */
/** @typedef {{ word: string, unit: number, step: number, equations: EquationLine[], sums: SumHeader[] }} UnitHeader */
/** @typedef {{ header: UnitHeader, arrays: Record<string, PackedArray> }} UnitAnswer */

export class UnitLevel extends Level {
  /** @param {Moves} moves */
  constructor(moves) {
    super("unit", moves)
    this.lines = element("ol", { class: "zoom-equations" })
    this.hint = element(
      "p",
      { class: "zoom-lead" },
      t("A number in a frame is a sum. Open it to see its multiplications."),
    )
    this.node.append(this.hint, this.lines, this.numbers.node)
    /** @type {UnitAnswer | undefined} */
    this.answer = undefined
    /** @type {Set<number>} the sums that are open, by their places; they stay open from step to step */
    this.open = new Set()
  }

  /**
   * @override
   * @param {View} view
   */
  draw(view) {
    super.draw(view)
    const { run, step, unit } = view
    const word = shortened(run.tokens[step - 1], 24)
    this.title.textContent = t("Unit {unit} at “{word}”", { unit, word })
    this.lead.textContent = run.has(step) ? unitAfter(run, step, unit, signedValue) : ""
  }

  /**
   * The server's answer for the unit and the step that are shown.
   * @param {UnitAnswer} answer
   */
  fill(answer) {
    this.answer = answer
    const active = document.activeElement
    const focused = active && this.lines.contains(active) ? active.getAttribute("data-sum") : null
    this.lines.replaceChildren(...answer.header.equations.map(line => this.line(line, answer)))
    if (focused !== null) {
      const buttons = [...this.lines.querySelectorAll("button")]
      buttons.find(candidate => candidate.dataset.sum === focused)?.focus({ preventScroll: true })
    }
    this.numbers.show(() => tabulated(answer))
  }

  /**
   * An equation: with letters, with numbers, and the sums that are open below it.
   * @param {EquationLine} line
   * @param {UnitAnswer} answer
   */
  line({ formula, numbers, values, sums }, answer) {
    const parts = Object.values(sums).map(number => this.products(number, answer))
    const pieces = numbers.split(/((?:[+·⊙]\s*)?\{\d+\})/).flatMap(piece => {
      const match = /^([+·⊙]\s*)?\{(\d+)\}$/.exec(piece)
      if (!match) return [piece]
      const [, sign = "", place] = match
      const text = decimals(values[Number(place)], 3, sign !== "")
      return place in sums ? [sign, this.opener(text, sums[place], answer)] : [`${sign}${text}`]
    })
    return element(
      "li",
      { class: "zoom-equation" },
      element("p", { class: "zoom-name" }, this.nameOf(formula)),
      element("p", { class: "zoom-formula" }, ...notation(formula)),
      element("p", { class: "zoom-worked" }, ...pieces),
      element("div", { class: "zoom-opened" }, ...parts),
    )
  }

  /**
   * What an equation is for: of the quantity whose symbol it begins with.
   * @param {string} formula
   */
  nameOf(formula) {
    const { run } = /** @type {View} */ (this.view)
    const quantity = run.quantities.find(({ symbol }) => formula.startsWith(`${symbol}^`))
    return quantity ? described(run.model, quantity, false).title : t("Verdict")
  }

  /**
   * A number that can be opened.
   * @param {string} text
   * @param {number} number of the sum
   * @param {UnitAnswer} answer
   */
  opener(text, number, answer) {
    const { of, symbol } = answer.header.sums[number]
    const label =
      of === "word"
        ? t("{value}: the word's part of {symbol}, open the sum", { value: text, symbol })
        : t("{value}: the memory's part of {symbol}, open the sum", { value: text, symbol })
    const shown = this.open.has(number)
    const attributes = { class: "zoom-sum", "aria-label": label, "aria-expanded": String(shown), "data-sum": number }
    return button(text, attributes, () => {
      if (this.open.has(number)) this.open.delete(number)
      else this.open.add(number)
      if (this.answer) this.fill(this.answer)
    })
  }

  /**
   * The largest products of a sum, all others, the bias, and what they come to.
   * @param {number} number
   * @param {UnitAnswer} answer
   */
  products(number, { header, arrays }) {
    const { of, symbol, bias } = header.sums[number]
    if (!this.open.has(number)) return element("div", { hidden: true })
    const { largest, others, total } = opened(arrays[`factors${number}`].flat, arrays[`weights${number}`].flat, bias)
    const word = shortened(header.word, 24)
    const reach = Math.max(...largest.map(({ product }) => Math.abs(product)), Math.abs(bias), 1e-9)
    const rows = largest.map(({ place, factor, weight, product }) => [
      of === "word" ? t("number {place} of “{word}”", { place, word }) : t("unit {place}'s memory", { place }),
      `${decimals(factor, 3)} × ${decimals(weight, 3, true)}`,
      signedValue(product, 3),
      bar(product / reach),
    ])
    const caption =
      of === "word"
        ? t("What “{word}” sends to {symbol}: its numbers times their weights", { word, symbol })
        : t("What the memory sends to {symbol}: each unit times its weight", { symbol })
    const columns = [t("What"), t("Multiplication"), t("Product"), t("Size")]
    const ends = [
      [t("the other {count} products", { count: others.count }), "", signedValue(others.total, 3), ""],
      [t("bias"), "", signedValue(bias, 3), bar(bias / reach)],
      [t("together"), "", signedValue(total, 3), ""],
    ]
    return scrollBox(caption, "zoom-products", table(caption, columns, [...rows, ...ends]))
  }

  /** @override */
  svg() {
    const { answer } = this
    if (!answer) return ""
    const { equations } = answer.header
    const lines = equations.flatMap(({ formula, numbers, values }, i) => [
      words(30, 110 + 80 * i, formula.replaceAll(/\^<([^>]+)>/g, "⟨$1⟩"), { size: 20, anchor: "start" }),
      words(30, 140 + 80 * i, written(numbers, values), { anchor: "start" }),
    ])
    const title = this.title.textContent ?? ""
    return drawing(900, 120 + 80 * equations.length, title, [
      words(30, 36, title, { size: 22, weight: 700, anchor: "start" }),
      words(30, 64, this.lead.textContent ?? "", { anchor: "start" }),
      ...lines,
    ])
  }
}

/**
 * The right side of an equation with its numbers.
 * @param {string} numbers
 * @param {number[]} values
 */
export function written(numbers, values) {
  return numbers.replace(
    /([+·⊙]\s*)?\{(\d+)\}/g,
    (_, sign = "", k) => sign + decimals(values[Number(k)], 3, sign !== ""),
  )
}

/** @param {number} share −1…1 */
function bar(share) {
  const filled = element("span", { class: share < 0 ? "zoom-minus" : "zoom-plus" })
  filled.style.width = `${50 * Math.min(1, Math.abs(share))}%`
  return element("span", { class: "zoom-bar", "aria-hidden": "true" }, filled)
}

/** @param {UnitAnswer} answer */
function tabulated({ header, arrays }) {
  const rows = header.sums.flatMap(({ of, symbol }, number) => {
    const weights = arrays[`weights${number}`].flat
    return [...arrays[`factors${number}`].flat].map((factor, place) => [
      symbol,
      of === "word" ? t("word, number {place}", { place }) : t("memory, unit {place}", { place }),
      decimals(factor, 4),
      decimals(weights[place], 4),
      signedValue(factor * weights[place], 4),
    ])
  })
  const columns = [t("Goes into"), t("From"), t("Number"), t("Weight"), t("Product")]
  return table(t("Every multiplication of this unit at this step"), columns, rows)
}
