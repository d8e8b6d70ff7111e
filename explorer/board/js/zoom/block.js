// All units of a vector as a block of squares, eight in a row, each unit always in the same place. One tab stop: arrow
// keys go from unit to unit. The square that is looked at is a node of its own over the drawing.
/** @import { Scale } from "./scales.js" */
import { element } from "../dom.js"
import { t } from "../messages.js"
import { decimals } from "../text.js"
import { rem } from "../theme.js"

export const COLUMNS = 8
const SQUARE = 0.7 // rem
const MARKED = 0.3 // of the reach, from which on a negative square has its mark

/** @type {Record<string, (unit: number, columns: number) => number>} */
const KEYS = {
  ArrowLeft: unit => unit - 1,
  ArrowRight: unit => unit + 1,
  ArrowUp: (unit, columns) => unit - columns,
  ArrowDown: (unit, columns) => unit + columns,
  Home: (unit, columns) => unit - (unit % columns),
  End: (unit, columns) => unit - (unit % columns) + columns - 1,
}

/**
 * What a block calls.
 * @typedef {object} Pointing
 * @property {(unit: number | null) => void} onPoint a unit is looked at; null: no longer
 * @property {(unit: number, from: HTMLElement) => void} onPick a unit was chosen, on this node
 */

export class Block {
  /** @param {Pointing} pointing */
  constructor(pointing) {
    this.pointing = pointing
    this.canvas = element("canvas", { class: "zoom-canvas", "aria-hidden": "true" })
    this.row = element("div", { role: "row" })
    this.node = element("div", { role: "grid", class: "zoom-block" }, this.canvas, this.row)
    /** @type {Float32Array} */
    this.values = new Float32Array(0)
    this.reach = 1
    this.digits = 2
    this.unit = 0
    this.cell = this.newCell()
    this.row.append(this.cell)
    this.listen()
  }

  listen() {
    const { canvas, node, pointing } = this
    canvas.addEventListener("pointermove", event => pointing.onPoint(this.unitAt(event)))
    node.addEventListener("pointerleave", () => node.contains(document.activeElement) || pointing.onPoint(null))
    canvas.addEventListener("click", event => {
      const unit = this.unitAt(event)
      if (unit !== null) pointing.onPick(unit, this.cell)
    })
    node.addEventListener("focusin", () => pointing.onPoint(this.unit))
    node.addEventListener("keydown", event => this.press(event))
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === "Enter" || event.key === " ") this.pointing.onPick(this.unit, this.cell)
    else if (event.key in KEYS) {
      const unit = KEYS[event.key](this.unit, COLUMNS)
      if (unit >= 0 && unit < this.values.length) this.pointing.onPoint(unit)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  /**
   * The unit under the pointer.
   * @param {MouseEvent} event
   */
  unitAt(event) {
    const box = this.canvas.getBoundingClientRect()
    const column = Math.floor(((event.clientX - box.left) / box.width) * COLUMNS)
    const row = Math.floor(((event.clientY - box.top) / box.height) * this.rows)
    const unit = row * COLUMNS + column
    return column >= 0 && column < COLUMNS && unit >= 0 && unit < this.values.length ? unit : null
  }

  get rows() {
    return Math.max(1, Math.ceil(this.values.length / COLUMNS))
  }

  /**
   * @param {string} label of all units
   * @param {Float32Array} values (H,)
   * @param {Scale} scale
   * @param {number} reach of the scale
   */
  draw(label, values, scale, reach) {
    this.values = values
    this.reach = reach
    this.digits = scale.name === "diverging" ? 3 : 2
    const { node, rows } = this
    node.setAttribute("aria-label", label)
    node.setAttribute("aria-rowcount", String(rows))
    node.setAttribute("aria-colcount", String(COLUMNS))
    node.style.setProperty("--rows", String(rows))
    this.paint(scale)
    this.tell()
  }

  /** @param {Scale} scale */
  paint(scale) {
    const { canvas, rows, values, reach } = this
    const size = squareNow() // of a square
    if (canvas.width !== size * COLUMNS || canvas.height !== size * rows) {
      canvas.width = size * COLUMNS
      canvas.height = size * rows
    }
    const context = canvas.getContext("2d")
    if (!context) return
    context.clearRect(0, 0, canvas.width, canvas.height)
    const gap = Math.max(1, Math.round(size / 12))
    const forced = matchMedia("(forced-colors: active)").matches
    const ink = forced ? getComputedStyle(canvas).color : ""
    values.forEach((value, unit) => {
      const x = (unit % COLUMNS) * size
      const y = Math.floor(unit / COLUMNS) * size
      if (forced) return outline(context, value / reach, x, y, size, ink)
      context.fillStyle = scale.of(value, reach)
      context.fillRect(x, y, size - gap, size - gap)
      if (value < -MARKED * reach) minus(context, x, y, size - gap, scale.at(0.5))
    })
  }

  /**
   * The unit that is looked at on the whole page.
   * @param {number} unit
   * @param {boolean} shown whether it is marked
   */
  point(unit, shown) {
    const moved = unit !== this.unit
    this.unit = unit
    this.node.classList.toggle("zoom-pointed", shown)
    if (moved && this.cell === document.activeElement) {
      // a new node, so that screen readers read out where one is now
      const cell = this.newCell()
      this.cell.replaceWith(cell)
      this.cell = cell
      this.tell()
      cell.focus({ preventScroll: true })
    } else this.tell()
  }

  newCell() {
    return element("div", { role: "gridcell", class: "zoom-cell", tabindex: "0" })
  }

  // The square says its value and stands in its place.
  tell() {
    const { cell, unit, values } = this
    if (unit >= values.length) return
    const [row, column] = [Math.floor(unit / COLUMNS), unit % COLUMNS]
    cell.setAttribute("aria-label", t("unit {unit}: {value}", { unit, value: signedValue(values[unit], this.digits) }))
    cell.setAttribute("aria-colindex", String(column + 1))
    this.row.setAttribute("aria-rowindex", String(row + 1))
    cell.style.setProperty("--row", String(row))
    cell.style.setProperty("--column", String(column))
  }
}

let measured = { square: 0, of: -1 }

/** The pixels of a square, which has 0.7 rem in the style sheet; measured once in a frame, for all blocks. */
function squareNow() {
  const now = performance.now()
  if (now - measured.of > 8) {
    measured = { square: Math.max(1, Math.round(SQUARE * rem() * (window.devicePixelRatio || 1))), of: now }
  }
  return measured.square
}

/**
 * A number with its sign; none where it rounds to zero.
 * @param {number} value
 * @param {number} digits
 */
export function signedValue(value, digits = 2) {
  const text = decimals(value, digits)
  return value > 0 && Number(value.toFixed(digits)) !== 0 ? `+${text}` : text
}

/**
 * What is below zero has a stroke, so that colour is not all that tells it.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @param {string} colour
 */
function minus(context, x, y, size, colour) {
  const height = Math.max(1, Math.round(size / 7))
  context.fillStyle = colour
  context.fillRect(x + size / 4, y + Math.round((size - height) / 2), size / 2, height)
}

/**
 * Where the system gives all colours: full above zero, hollow below, the larger the farther from it.
 * @param {CanvasRenderingContext2D} context
 * @param {number} share −1…1
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @param {string} ink
 */
function outline(context, share, x, y, size, ink) {
  const side = Math.max(1, Math.min(1, Math.abs(share)) * (size - 2))
  const inset = (size - side) / 2
  context.fillStyle = context.strokeStyle = ink
  context.lineWidth = Math.max(1, size / 10)
  if (share >= 0) context.fillRect(x + inset, y + inset, side, side)
  else context.strokeRect(x + inset, y + inset, side, side)
}
