// A sequence task unrolled as it was run: inputs below, cells in the middle, outputs above, as many as there were steps. What
// an encoder hands to a decoder goes from one row of cells to the next one above it.
import { element, shortened } from "../dom.js"
import { Panel } from "./panel.js"
import { folded, tabulated } from "../data_table.js"

const NS = "http://www.w3.org/2000/svg"
const WIDE = 92,
  TALL = 250 // pixels: of a step, of the whole
const OUTPUT = 30,
  CELL = 125,
  INPUT = 220,
  HALF = 22 // heights of the three rows, half the height of a cell
const LETTERS = 11 // of a word
const MARGIN = 10,
  AROUND = 34,
  GAP = 50 // beside the cells, beside those that get a state from the row below, between rows

function node(name, attributes, text) {
  const made = document.createElementNS(NS, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  if (text !== undefined) made.textContent = text
  return made
}

export class Unrolled extends Panel {
  async fill(panel) {
    this.steps = panel.steps
    const rows = this.rows(),
      edge = rows.length > 1 ? AROUND : MARGIN
    const width = WIDE * Math.max(...rows.map(({ steps }) => steps.length)) + 2 * edge
    const svg = node("svg", {
      class: "unrolled",
      width,
      height: rows[0].y + TALL,
      role: "img",
      "aria-label": panel.alt,
    })
    svg.append(this.tip())
    rows.forEach(({ from, y, steps }, row) => {
      const group = node("g", { transform: `translate(${edge} ${y})` })
      if (row > 0) group.append(...this.looks(steps, rows[row - 1], y), ...this.handed(rows[row - 1], y))
      group.append(...steps.flatMap((step, i) => this.step(step, i, from + i)))
      svg.append(group)
    })
    const holder = element(
      "div",
      { class: "stage-scroll", tabindex: "0", role: "region", "aria-label": `Diagram: ${panel.title}` },
      svg,
    )
    this.body.replaceChildren(holder, folded([tabulated(panel)]))
    this.moveTo(this.tools.now())
  }

  // A row of cells for each part, the first at the bottom: its first step, its steps, where it begins. One without outputs needs
  // no room for them.
  rows() {
    const rows = []
    this.steps.forEach((step, i) => {
      if (i > 0 && step.part === this.steps[i - 1].part) return rows.at(-1).steps.push(step)
      rows.push({ from: i, steps: [step] })
    })
    let y = 0
    for (const row of rows.toReversed()) {
      if (row.steps.every(({ output }) => output === null)) y -= CELL - HALF - GAP
      row.y = y
      y += TALL + GAP
    }
    return rows
  }

  // The last state of the row below goes around to the first cell of this one, which begins at `y`.
  handed(below, y) {
    const right = WIDE * (below.steps.length - 0.5) + 34,
      way = below.y + CELL - HALF - 16 - y,
      out = AROUND - 10
    const path = `M${right} ${below.y + CELL - y}H${right + out}V${way}H${-out}V${CELL}H${WIDE / 2 - 36}`
    const said = node("text", { x: 0, y: way - 8, class: "unrolled-said" }, "the last state, handed over")
    return [this.arrow(path, "unrolled-handed"), said]
  }

  // Where the steps of this row, which begins at `y`, looked in the row below: the stronger the more.
  looks(steps, below, y) {
    const middle = i => WIDE * (i + 0.5),
      from = below.y + CELL - HALF - y
    return steps.flatMap(({ looks }, i) =>
      looks
        .filter(([at]) => at < below.steps.length)
        .map(([at, weight]) =>
          node("path", {
            d: `M${middle(at)} ${from}L${middle(i)} ${INPUT + 8}`,
            class: "unrolled-look",
            "stroke-width": 1 + 2 * weight,
            "stroke-opacity": weight,
          }),
        ),
    )
  }

  // The arrow's tip; each diagram of a page has one of its own.
  tip() {
    const marker = node("marker", {
      id: `tip-${this.id}`,
      viewBox: "0 0 8 8",
      refX: 7,
      refY: 4,
      markerWidth: 7,
      markerHeight: 7,
      orient: "auto-start-reverse",
    })
    marker.append(node("path", { d: "M0 0 8 4 0 8z", class: "unrolled-tip" }))
    const defs = node("defs", {})
    defs.append(marker)
    return defs
  }

  arrow(d, kind = "") {
    return node("path", { d, class: `unrolled-arrow ${kind}`, "marker-end": `url(#tip-${this.id})` })
  }

  // `input` and `output` are words or numbers, null where the task has none here; `part` names the cell; `memory`: whether
  // the cell gets the state of the one before it; `fed`: whether this input is the output before it.
  // It is the `i`-th of its row, the `t`-th in all.
  step({ input, output, part, memory, fed }, i, t) {
    const x = WIDE * (i + 0.5),
      left = x - 34
    const cell = node("g", { class: `unrolled-cell unrolled-${part}`, "data-step": t + 1 })
    cell.append(
      node("rect", { x: left, y: CELL - HALF, width: 68, height: 2 * HALF, rx: part === "decoder" ? 16 : 4 }),
      node("text", { x, y: CELL + 5, "text-anchor": "middle" }, part === "feedforward" ? "network" : part),
    )
    const found = [cell]
    if (memory && i > 0) found.push(this.arrow(`M${left - (WIDE - 68)} ${CELL}H${left - 2}`))
    if (input !== null) {
      found.push(
        node("text", { x, y: INPUT, "text-anchor": "middle", class: "unrolled-word" }, shortened(input, LETTERS)),
        this.arrow(`M${x} ${INPUT - 18}V${CELL + HALF + 2}`),
      )
    }
    if (output !== null) {
      found.push(
        node("text", { x, y: OUTPUT, "text-anchor": "middle", class: "unrolled-word" }, shortened(output, LETTERS)),
        this.arrow(`M${x} ${CELL - HALF - 2}V${OUTPUT + 12}`),
      )
    }
    if (fed) {
      found.push(
        this.arrow(
          `M${x - WIDE + 20} ${OUTPUT + 6}C${x - WIDE / 2} ${OUTPUT + 20} ${x - WIDE / 2} ${INPUT - 40} ${x - 26} ${INPUT - 12}`,
          "unrolled-fed",
        ),
      )
    }
    return found
  }

  moveTo(step) {
    this.body
      .querySelectorAll("[data-step]")
      .forEach(cell => cell.classList.toggle("unrolled-now", Number(cell.dataset.step) === step))
  }
}
