// A sequence task unrolled as it was run: inputs below, cells in the middle, outputs above, as many as there were
// steps. What an encoder hands to a decoder goes from one row of cells to the next one above it.
/** @import { DiagramStep, UnrolledPanel } from "../payloads.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Tools } from "./panel.js" */
import { DataTable, folded } from "../data_table.js"
import { scrollBox } from "../dom.js"
import { centred, shape } from "../svg.js"
import { shortened } from "../text.js"
import { Panel } from "./panel.js"

const WIDE = 92 // pixels of a step where there is room
const NARROWEST = 60 // pixels of a step at least; where there is less room one scrolls
const TALL = 250 // pixels of a row
const OUTPUT = 30 // height of the outputs in their row
const CELL = 125 // height of the cells' middle
const INPUT = 220 // height of the inputs
const HALF = 22 // half the height of a cell
const MARGIN = 10 // beside the cells
const AROUND = 34 // beside those that get a state from the row below
const GAP = 50 // between rows
const LETTER = 0.58 // width of a letter by the size of its type, on average
const LARGE = 13 // pixels, type
const SMALL = 10 // pixels, type

/** @typedef {{ from: number, y: number, steps: DiagramStep[] }} Row its first step, where it begins, its steps */
/** @typedef {{ column: number, box: number }} Widths of a step and of a cell, in pixels */

/** @extends {Panel<UnrolledPanel>} */
export class Unrolled extends Panel {
  /**
   * @param {string} id
   * @param {Tools} tools
   */
  constructor(id, tools) {
    super(id, tools)
    this.holder = scrollBox("Diagram")
    this.table = new DataTable(`${id}.csv`)
    this.body.append(this.holder, folded(this.table.node))
  }

  /**
   * @override
   * @param {UnrolledPanel} data
   * @param {Theme} theme
   */
  async fill(data, theme) {
    this.holder.setAttribute("aria-label", `Diagram: ${data.title}`)
    this.table.draw(data.title, data.table)
    this.fit(theme.width)
  }

  /**
   * @override
   * @param {number} width
   */
  fit(width) {
    if (!this.data) return
    this.holder.replaceChildren(drawing(this.data, width, `tip-${this.id}`))
    this.moveTo(this.tools.now())
  }

  /**
   * @override
   * @param {number} step
   */
  moveTo(step) {
    for (const cell of this.holder.querySelectorAll("[data-step]")) {
      cell.classList.toggle("unrolled-now", Number(cell.getAttribute("data-step")) === step)
    }
  }
}

/**
 * The diagram in the room there is; each of a page has an arrow's tip of its own.
 * @param {UnrolledPanel} data
 * @param {number} room in pixels
 * @param {string} tip id
 */
export function drawing({ steps, alt }, room, tip) {
  const rows = rowsOf(steps)
  const edge = rows.length > 1 ? AROUND : MARGIN
  const longest = Math.max(...rows.map(row => row.steps.length))
  const widths = widthsOf(room - 2 * edge, longest)
  const width = widths.column * longest + 2 * edge
  const attributes = { class: "unrolled", width, height: rows[0].y + TALL, role: "img", "aria-label": alt }
  const groups = rows.map((row, place) => {
    const below = rows[place - 1]
    const between = below ? [...looks(row, below, widths), ...handed(row, below, widths, tip)] : []
    const cells = row.steps.flatMap((step, i) => stepOf(step, i, row.from + i, widths, tip))
    return shape("g", { transform: `translate(${edge} ${row.y})` }, ...between, ...cells)
  })
  return shape("svg", attributes, arrowTip(tip), ...groups)
}

/**
 * As wide as there is room for, within reason.
 * @param {number} room for all steps of the longest row, in pixels
 * @param {number} steps
 * @returns {Widths}
 */
export function widthsOf(room, steps) {
  const column = Math.min(WIDE, Math.max(NARROWEST, Math.floor(room / steps)))
  return { column, box: column - Math.max(12, Math.round(0.26 * column) - 4) }
}

/**
 * A row of cells for each part, the first at the bottom. One without outputs needs no room for them.
 * @param {DiagramStep[]} steps
 * @returns {Row[]}
 */
export function rowsOf(steps) {
  /** @type {Row[]} */
  const rows = []
  steps.forEach((step, i) => {
    if (i > 0 && step.part === steps[i - 1].part) rows[rows.length - 1].steps.push(step)
    else rows.push({ from: i, y: 0, steps: [step] })
  })
  let y = 0
  for (const row of [...rows].reverse()) {
    if (row.steps.every(({ output }) => output === null)) y -= CELL - HALF - GAP
    row.y = y
    y += TALL + GAP
  }
  return rows
}

/**
 * The middle of the i-th step of a row.
 * @param {number} i
 * @param {Widths} widths
 */
function middle(i, { column }) {
  return column * (i + 0.5)
}

/**
 * Where the steps of a row looked in the row below when their output was chosen, the stronger the more: from the state
 * that was looked at to the cell that looked.
 * @param {Row} row
 * @param {Row} below
 * @param {Widths} widths
 */
export function looks({ y, steps }, below, widths) {
  const top = below.y + CELL - HALF - y
  return steps.flatMap(({ looks: attended }, i) =>
    attended
      .filter(([at]) => at < below.steps.length)
      .map(([at, weight]) => {
        const aside = (Math.sign(at - i) * widths.box) / 4
        const d = `M${middle(at, widths)} ${top}L${middle(i, widths) + aside} ${CELL + HALF}`
        return shape("path", { d, class: "unrolled-look", "stroke-width": 1 + 2 * weight, "stroke-opacity": weight })
      }),
  )
}

/**
 * The last state of the row below goes around to the first cell of this one.
 * @param {Row} row
 * @param {Row} below
 * @param {Widths} widths
 * @param {string} tip
 */
function handed({ y }, below, widths, tip) {
  const out = AROUND - 10
  const half = widths.box / 2
  const right = middle(below.steps.length - 1, widths) + half
  const way = below.y + CELL - HALF - 16 - y
  const path = `M${right} ${below.y + CELL - y}H${right + out}V${way}H${-out}V${CELL}H${middle(0, widths) - half - 2}`
  const words = shape("text", { x: 0, y: way - 8, class: "unrolled-said" }, "the last state, handed over")
  return [arrow(path, tip, "unrolled-handed"), words]
}

/** @param {string} id */
function arrowTip(id) {
  const size = { viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" }
  const triangle = shape("path", { d: "M0 0 8 4 0 8z", class: "unrolled-tip" })
  return shape("defs", {}, shape("marker", { id, ...size }, triangle))
}

/**
 * @param {string} d
 * @param {string} tip
 * @param {string} classes
 */
function arrow(d, tip, classes = "") {
  return shape("path", { d, class: `unrolled-arrow ${classes}`.trim(), "marker-end": `url(#${tip})` })
}

/**
 * A cell with what goes in and what comes out.
 * @param {DiagramStep} step
 * @param {number} i of its row
 * @param {number} t in all
 * @param {Widths} widths
 * @param {string} tip
 * @returns {SVGElement[]}
 */
function stepOf({ input, output, part, memory, fed }, i, t, widths, tip) {
  const { column, box } = widths
  const x = middle(i, widths)
  const left = x - box / 2
  const name = part === "feedforward" ? "network" : part
  const rounded = part === "decoder" ? 16 : 4
  /** @type {SVGElement[]} */
  const shapes = [
    shape(
      "g",
      { class: `unrolled-cell unrolled-${part}`, "data-step": t + 1 },
      shape("rect", { x: left, y: CELL - HALF, width: box, height: 2 * HALF, rx: rounded }),
      fitting(x, CELL + 5, name, box - 4, ""),
    ),
  ]
  if (memory && i > 0) shapes.push(arrow(`M${left - (column - box)} ${CELL}H${left - 2}`, tip))
  if (input !== null) {
    shapes.push(fitting(x, INPUT, input, column - 4, "unrolled-word"))
    shapes.push(arrow(`M${x} ${INPUT - 18}V${CELL + HALF + 2}`, tip))
  }
  if (output !== null) {
    shapes.push(fitting(x, OUTPUT, output, column - 4, "unrolled-word"))
    shapes.push(arrow(`M${x} ${CELL - HALF - 2}V${OUTPUT + 12}`, tip))
  }
  if (fed) {
    const between = x - column / 2
    const curve = `C${between} ${OUTPUT + 20} ${between} ${INPUT - 40} ${x - 26} ${INPUT - 12}`
    shapes.push(arrow(`M${x - column + 20} ${OUTPUT + 6}${curve}`, tip, "unrolled-fed"))
  }
  return shapes
}

/**
 * A word in the room there is: in smaller type, and shortened where that is not enough; its title has it whole.
 * @param {number} x
 * @param {number} y
 * @param {string} word
 * @param {number} room in pixels
 * @param {string} classes
 */
function fitting(x, y, word, room, classes) {
  const text = shortened(word, Math.max(3, Math.floor(room / (LETTER * SMALL))))
  const size = Math.min(LARGE, Math.max(SMALL, Math.floor(room / (LETTER * text.length))))
  const node = centred(x, y, text, classes)
  node.setAttribute("style", `font-size: ${size}px`)
  if (text !== word) node.append(shape("title", {}, word))
  return node
}
