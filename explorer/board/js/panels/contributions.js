// What each unit says for the verdict at the step of the time cursor: readout weight times activation; the parts sum to
// the log-odds.
/** @import { ContributionsPanel } from "../payloads.js" */
/** @import { Tools } from "./panel.js" */
import { DataTable } from "../data_table.js"
import { button, element, keepingFocus } from "../dom.js"
import { unpack } from "../figure.js"
import { shortened, signed } from "../text.js"
import { Panel } from "./panel.js"

const SHOWN = 6 // units on each side
const COLUMNS = ["Unit", "Its part of the log-odds", "Against 0 … for positive"]

/** @typedef {{ unit: number, part: number }} Contribution */

/** @extends {Panel<ContributionsPanel>} */
export class Contributions extends Panel {
  /**
   * @param {string} id
   * @param {Tools} tools
   */
  constructor(id, tools) {
    super(id, tools)
    this.table = new DataTable("parts.csv", "Download all units as CSV")
    this.table.records = () => this.records()
    this.body.append(this.table.node)
    /** @type {Float32Array} (steps, units) */
    this.values = new Float32Array()
    this.steps = 0
    this.units = 0
  }

  /**
   * @override
   * @param {ContributionsPanel} data
   */
  async fill(data) {
    const { flat, shape } = unpack(data.parts)
    this.values = flat
    this.steps = shape[0]
    this.units = shape[1]
    this.moveTo(Math.min(this.tools.now() || 1, this.steps))
  }

  /**
   * What all units say after a step, counted from 0.
   * @param {number} t
   */
  row(t) {
    return Array.from(this.values.subarray(t * this.units, (t + 1) * this.units))
  }

  /**
   * @override
   * @param {number} step
   */
  moveTo(step) {
    if (!this.data) return
    const t = Math.min(Math.max(step, 1), this.steps) - 1
    const { bias, logit, tokens, belief, title } = this.data
    const sorted = this.row(t)
      .map((part, unit) => ({ unit, part }))
      .sort((a, b) => b.part - a.part || a.unit - b.unit) // what speaks most for positive first
    const first = sorted.slice(0, SHOWN)
    const last = sorted.slice(SHOWN).slice(-SHOWN) // of a small network some units, or none, are left for it
    const between = sorted.slice(SHOWN, sorted.length - last.length)
    const rest = between.reduce((sum, { part }) => sum + part, 0)
    const most = Math.max(...sorted.map(({ part }) => Math.abs(part)), Math.abs(bias), 1e-9)
    const rows = [
      ...first.map(contribution => this.cells(contribution, most)),
      ...(between.length ? [[`the ${between.length} units between`, signed(rest), ""]] : []),
      ...last.map(contribution => this.cells(contribution, most)),
      ["bias b", signed(bias), ""],
      ["sum: log-odds", signed(logit[t]), `σ(${signed(logit[t])}) = ${belief[t].toFixed(3)}`],
    ]
    const caption = `After step ${t + 1}, “${shortened(tokens[t])}”`
    keepingFocus(this.node, "data-unit", () => this.table.show(title, COLUMNS, rows, { caption }))
  }

  /**
   * @param {Contribution} contribution
   * @param {number} most of all parts, without their signs
   * @returns {(Node | string)[]}
   */
  cells({ unit, part }, most) {
    const pressed = String(unit === this.data?.unit)
    const attributes = { class: "stage-button parts-unit", "data-unit": unit, "aria-pressed": pressed }
    const choose = button(`unit ${unit}`, attributes, () => this.tools.ask({ unit }))
    const bar = element("span", {
      class: `parts-bar ${part < 0 ? "parts-against" : "parts-for"}`,
      style: `width: ${(50 * Math.abs(part)) / most}%`,
    })
    return [choose, signed(part), element("span", { class: "parts-track", "aria-hidden": "true" }, bar)]
  }

  /** All units at all steps. */
  records() {
    if (!this.data) return []
    const { tokens, bias, logit } = this.data
    const units = Array.from({ length: this.units }, (_, unit) => `unit ${unit}`)
    const rows = tokens.map((token, t) => {
      const parts = this.row(t).map(part => part.toFixed(6))
      return [t + 1, token, ...parts, bias.toFixed(6), logit[t].toFixed(6)]
    })
    return [["step", "word", ...units, "bias", "log-odds"], ...rows]
  }
}
