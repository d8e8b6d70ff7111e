// A sequence task unrolled as it was run: inputs below, cells in the middle, outputs above, as many as there were steps.
import { element } from "./dom.js"
import { Panel } from "./panel.js"
import { folded, tabulated } from "./tabulated.js"

const NS = "http://www.w3.org/2000/svg"
const WIDE = 92, TALL = 250 // pixels: of a step, of the whole
const OUTPUT = 30, CELL = 125, INPUT = 220, HALF = 22 // heights of the three rows, half the height of a cell
const LETTERS = 11 // of a word

function node(name, attributes, text) {
  const made = document.createElementNS(NS, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  if (text !== undefined) made.textContent = text
  return made
}

function shortened(text) {
  return text.length > LETTERS ? `${text.slice(0, LETTERS - 1)}…` : text
}

export class Unrolled extends Panel {
  async fill(panel) {
    this.steps = panel.steps
    const svg = node("svg", { class: "unrolled", width: WIDE * this.steps.length + 20, height: TALL, role: "img", "aria-label": panel.alt })
    svg.append(this.tip(), ...this.steps.flatMap((step, i) => this.step(step, i)))
    const holder = element("div", { class: "stage-scroll", tabindex: "0", role: "region", "aria-label": `Diagram: ${panel.title}` }, svg)
    this.body.replaceChildren(holder, folded([tabulated(panel)]))
    this.moveTo(this.tools.now())
  }

  // The arrow's tip; each diagram of a page has one of its own.
  tip() {
    const marker = node("marker", { id: `tip-${this.id}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" })
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
  step({ input, output, part, memory, fed }, i) {
    const x = 10 + WIDE * (i + 0.5), left = x - 34
    const cell = node("g", { class: `unrolled-cell unrolled-${part}`, "data-step": i + 1 })
    cell.append(
      node("rect", { x: left, y: CELL - HALF, width: 68, height: 2 * HALF, rx: part === "decoder" ? 16 : 4 }),
      node("text", { x, y: CELL + 5, "text-anchor": "middle" }, part === "feedforward" ? "network" : part),
    )
    const found = [cell]
    if (memory) found.push(this.arrow(`M${left - (WIDE - 68)} ${CELL}H${left - 2}`))
    if (input !== null) {
      found.push(node("text", { x, y: INPUT, "text-anchor": "middle", class: "unrolled-word" }, shortened(input)), this.arrow(`M${x} ${INPUT - 18}V${CELL + HALF + 2}`))
    }
    if (output !== null) {
      found.push(node("text", { x, y: OUTPUT, "text-anchor": "middle", class: "unrolled-word" }, shortened(output)), this.arrow(`M${x} ${CELL - HALF - 2}V${OUTPUT + 12}`))
    }
    if (fed) found.push(this.arrow(`M${x - WIDE + 20} ${OUTPUT + 6}C${x - WIDE / 2} ${OUTPUT + 20} ${x - WIDE / 2} ${INPUT - 40} ${x - 26} ${INPUT - 12}`, "unrolled-fed"))
    return found
  }

  moveTo(step) {
    this.body.querySelectorAll("[data-step]").forEach(cell => cell.classList.toggle("unrolled-now", Number(cell.dataset.step) === step))
  }
}
