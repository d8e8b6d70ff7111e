// The gates at one step: a block for everything that the cell computed there, every unit in the same place in each.
/** @import { Moves, View } from "./level.js" */
/** @import { Quantity } from "./run.js" */
import { element, table } from "../dom.js"
import { t } from "../messages.js"
import { notation } from "../notation.js"
import { decimals, shortened } from "../text.js"
import { Block } from "./block.js"
import { counted, described, formulaOf, noteOf } from "./gate_words.js"
import { coloured, Level } from "./level.js"
import { happened } from "./sentences.js"
import { drawing, squares, words } from "./svg_file.js"

const HALF = 0.5

/** @typedef {{ quantity: Quantity, step: number, old: boolean }} Shown what stands in a place: a quantity at a step */

export class GatesLevel extends Level {
  /** @param {Moves} moves */
  constructor(moves) {
    super("gates", moves)
    this.parts = element("div", { class: "zoom-parts" })
    this.note = element("p", { class: "zoom-note" })
    this.formula = element("p", { class: "zoom-formula" })
    this.node.append(this.parts, this.formula, this.note, this.numbers.node)
    /** @type {Part[]} */
    this.shown = []
  }

  /** @override */
  get blocks() {
    return this.shown.map(({ block }) => block)
  }

  /**
   * @override
   * @param {View} view
   */
  draw(view) {
    super.draw(view)
    const { run, step } = view
    const word = shortened(run.tokens[step - 1], 24)
    const gated = run.quantities.some(({ gate }) => gate)
    this.title.textContent = gated
      ? t("“{word}”: what the gates did", { word })
      : t("“{word}”: what happened inside", { word })
    const move = happened(run.label, run.tokens[step - 1], run.belief(step - 1), run.belief(step))
    this.lead.textContent = move
    this.formula.replaceChildren(...notation(formulaOf(run.model)))
    const note = noteOf(run.model)
    this.note.textContent = note
    this.note.hidden = !note
    if (!run.has(step)) return
    const places = placesOf(view)
    while (this.shown.length > places.length) this.shown.pop()?.node.remove()
    while (this.shown.length < places.length) {
      const part = new Part(this.moves, () => this.view?.step ?? 1)
      part.block.point(view.unit, view.pointed)
      this.shown.push(part)
      this.parts.append(part.node)
    }
    this.parts.style.setProperty("--parts", String(places.length > 6 ? Math.ceil(places.length / 2) : places.length))
    this.shown.forEach((part, place) => part.draw(view, places[place]))
    this.numbers.show(() => this.tabulated(view))
  }

  /** @param {View} view */
  tabulated(view) {
    const { run } = view
    const places = placesOf(view)
    const columns = [t("Unit"), ...places.map(place => symbolOf(place))]
    const values = places.map(({ quantity, step }) => run.values(quantity.name, step))
    const rows = Array.from({ length: run.units }, (_, unit) => [
      String(unit),
      ...values.map(found => decimals(found[unit], 3)),
    ])
    return table(this.title.textContent ?? "", columns, rows)
  }

  /** @override */
  svg() {
    const { view } = this
    if (!view || !view.run.has(view.step)) return ""
    const wide = 190
    const parts = placesOf(view).flatMap((place, i) => {
      const { values, scale, reach } = coloured(view, place.quantity, place.step)
      const x = 30 + i * wide
      const { title } = described(view.run.model, place.quantity, place.old)
      return [
        words(x + 50, 90, symbolOf(place), { size: 20, weight: 700 }),
        ...squares(x, 105, values, scale, reach, 12.5),
        words(x + 50, 330, title),
      ]
    })
    const heading = [this.title.textContent ?? "", this.lead.textContent ?? ""]
    return drawing(this.shown.length * wide + 20, 360, heading[0], [
      words(30, 32, heading[0], { size: 22, weight: 700, anchor: "start" }),
      words(30, 58, heading[1], { anchor: "start" }),
      ...parts,
    ])
  }
}

/**
 * What goes in, the gates in their order, what comes out.
 * @param {View} view
 * @returns {Shown[]}
 */
function placesOf({ run, step }) {
  const states = run.quantities.filter(({ name }) => name === "hidden" || name === "cell")
  const inner = run.quantities.filter(quantity => !states.includes(quantity))
  const before = [...states].reverse().map(quantity => ({ quantity, step: step - 1, old: true }))
  return [...before, ...[...inner, ...states].map(quantity => ({ quantity, step, old: false }))]
}

/** @param {Shown} place */
function symbolOf({ quantity, step }) {
  return `${quantity.symbol}⟨${step}⟩`
}

// One block with its symbol, what it is, and how many units do what.
class Part {
  /**
   * @param {Moves} moves
   * @param {() => number} stepNow
   */
  constructor(moves, stepNow) {
    this.symbol = element("span", { class: "zoom-symbol" })
    this.name = element("span", { class: "zoom-name" })
    this.block = new Block({
      onPoint: moves.pointing.onPoint,
      onPick: (unit, from) => moves.open("unit", { step: stepNow(), unit }, from),
    })
    this.frame = element("div", { class: "zoom-frame" }, this.block.node)
    this.told = element("span", { class: "zoom-told" })
    this.count = element("span", { class: "zoom-count" })
    const caption = element("figcaption", {}, this.name, this.told, this.count)
    this.node = element("figure", { class: "zoom-part" }, this.symbol, this.frame, caption)
  }

  /**
   * @param {View} view
   * @param {Shown} place
   */
  draw(view, place) {
    const { quantity, step, old } = place
    const { run } = view
    const { title, sentence } = described(run.model, quantity, old)
    this.symbol.textContent = symbolOf(place)
    this.name.textContent = title
    this.told.textContent = sentence
    this.node.classList.toggle("zoom-result", quantity.name === "hidden" && !old)
    const { values, scale, reach } = coloured(view, quantity, step)
    this.block.draw(t("{title}, each unit", { title }), values, scale, reach)
    const above = values.reduce((count, value) => count + Number(value > HALF), 0)
    this.count.textContent = quantity.gate ? counted(run.model, quantity.name, above, run.units) : ""
  }
}
