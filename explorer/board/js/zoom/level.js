// What the levels of the zoom have in common: a heading that takes the focus, and what is shown now.
/** @import { Block, Pointing } from "./block.js" */
/** @import { Run } from "./run.js" */
/** @import { Scale, ScaleName } from "./scales.js" */
import { element } from "../dom.js"
import { t } from "../messages.js"

/** @typedef {"memory" | "gates" | "unit"} LevelName */
/** @type {readonly LevelName[]} from the outside in */
export const LEVELS = ["memory", "gates", "unit"]

/**
 * What is shown now.
 * @typedef {object} View
 * @property {Run} run
 * @property {number} step from 1
 * @property {number} unit from 0
 * @property {boolean} pointed whether the unit is marked in all blocks
 * @property {boolean} pushes colours are pushes on the verdict, else plain activations
 * @property {Record<ScaleName, Scale>} scales
 */

/**
 * What a level asks for.
 * @typedef {object} Moves
 * @property {(level: LevelName, asked: { step?: number, unit?: number }, from: HTMLElement) => void} open
 * @property {(step: number) => void} toStep
 * @property {(pushes: boolean) => void} colour
 * @property {Pointing} pointing
 */

export class Level {
  /**
   * @param {LevelName} name
   * @param {Moves} moves
   */
  constructor(name, moves) {
    this.name = name
    this.moves = moves
    this.title = element("h2", { id: `zoom-${name}`, tabindex: "-1", class: "zoom-title" })
    this.lead = element("p", { class: "zoom-lead" })
    this.node = element(
      "section",
      {
        class: `zoom-level zoom-${name}`,
        "aria-labelledby": this.title.id,
        "data-testid": `zoom-${name}`,
        hidden: true,
      },
      this.title,
      this.lead,
    )
    this.numbers = new Numbers(name)
    /** @type {View | undefined} */
    this.view = undefined
  }

  /** @returns {Block[]} */
  get blocks() {
    return []
  }

  /**
   * Draws what is shown now.
   * @param {View} view
   */
  draw(view) {
    this.view = view
  }

  /**
   * Another unit is looked at.
   * @param {number} unit
   * @param {boolean} pointed
   */
  point(unit, pointed) {
    this.blocks.forEach(block => block.point(unit, pointed))
  }

  /** The level as a drawing of its own. */
  svg() {
    return ""
  }
}

/**
 * How a quantity is coloured and numbered: its values, their scale and its reach.
 * @param {View} view
 * @param {{ name: string, gate: boolean }} quantity
 * @param {number} step
 */
export function coloured({ run, pushes, scales }, quantity, step) {
  const values = run.values(quantity.name, step)
  if (quantity.gate) return { values, scale: scales.sequential, reach: 1 }
  if (pushes && (quantity.name === "hidden" || quantity.name === "candidate")) {
    return { values: run.pushes(values), scale: scales.diverging, reach: run.reach }
  }
  const bounded = quantity.name === "hidden" || quantity.name === "candidate"
  return { values, scale: scales.signed, reach: bounded ? 1 : 2 }
}

// The numbers behind a level, folded; the table is made when it is opened.
class Numbers {
  /** @param {LevelName} name */
  constructor(name) {
    this.holder = element("div", { class: "stage-scroll zoom-numbers", tabindex: "0", role: "region" })
    this.holder.setAttribute("aria-label", NUMBERS[name]())
    this.node = element("details", { class: "zoom-fold" }, element("summary", {}, NUMBERS[name]()), this.holder)
    /** @type {() => Node} */
    this.table = () => element("p")
    this.node.addEventListener("toggle", () => this.refresh())
  }

  /** @param {() => Node} table */
  show(table) {
    this.table = table
    this.refresh()
  }

  refresh() {
    if (this.node.open) this.holder.replaceChildren(this.table())
  }
}

/** @type {Record<LevelName, () => string>} */
const NUMBERS = {
  memory: () => t("All numbers of the memory as a table"),
  gates: () => t("All numbers of this step as a table"),
  unit: () => t("All products of this unit as a table"),
}
