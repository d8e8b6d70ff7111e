// The cell at the step of the time cursor: unrolled between its neighbours, and every equation with its numbers.
import { unpack } from "./chart.js"
import { element, shortened } from "../dom.js"
import { ramp } from "../theme.js"
import { Panel } from "./panel.js"

const SVG = "http://www.w3.org/2000/svg"
const WIDE = 240,
  HEIGHT = 300 // of a step's column and of the drawing, in its own units
const WEIGHTS = 330 // width of the box that names them, less where there is no room
const NARROW = 620 // pixels of the page; below, only the step itself is drawn

export class Cell extends Panel {
  async fill(panel, look) {
    this.values = panel.equations.map(equation => equation.values.map(one => unpack(one).flat))
    this.strips = Object.fromEntries(Object.entries(panel.strips).map(([name, strip]) => [name, bytes(strip)]))
    this.colour = ramp(look.palette.diverging)
    this.pictures = new Map()
    this.drawing = element("div", { class: "cell-drawing", role: "img" })
    this.rows = panel.equations.map(({ formula }) => {
      const numbers = element("td", { class: "cell-numbers" })
      return { numbers, node: element("tr", {}, element("th", { scope: "row" }, ...notation(formula)), numbers) }
    })
    this.caption = element("caption")
    const heads = ["Equation", "Its numbers at this step"].map(head => element("th", { scope: "col" }, head))
    this.table = element(
      "table",
      { class: "cell-equations" },
      this.caption,
      element("thead", {}, element("tr", {}, ...heads)),
      element("tbody", {}, ...this.rows.map(row => row.node)),
    )
    this.body.replaceChildren(
      this.drawing,
      element(
        "div",
        { class: "stage-scroll", tabindex: "0", role: "region", "aria-label": "The equations of the cell" },
        this.table,
      ),
    )
    this.moveTo(Math.min(this.tools.now() || 1, panel.tokens.length))
  }

  moveTo(step) {
    const { tokens, belief, label, unit } = this.panel
    this.step = Math.min(Math.max(step, 1), tokens.length)
    const t = this.step - 1
    this.caption.textContent = `Unit ${unit} of the ${label} at step ${this.step}, “${shortened(tokens[t])}”`
    this.rows.forEach(({ numbers }, i) => {
      const { numbers: template } = this.panel.equations[i]
      numbers.textContent = template.replace(
        /([+·⊙]\s*)?\{(\d+)\}/g,
        (_, sign = "", k) => sign + signed(this.values[i][k][t], sign),
      )
    })
    const before =
      t === 0 ? "zeros, since there is no step before" : `its activation after “${shortened(tokens[t - 1])}”`
    this.drawing.setAttribute(
      "aria-label",
      `The ${label} at step ${this.step}: the word “${shortened(tokens[t])}” and ${before} go in; the new activation and the belief ${belief[t].toFixed(3)} come out. The weights are the same at every step.`,
    )
    this.sketch()
  }

  fit(width) {
    if (!this.panel) return
    this.look = { ...this.look, width }
    this.sketch()
  }

  // The steps side by side, all hanging on the one set of weights.
  sketch() {
    const { tokens, weights } = this.panel
    const around = this.look.width < NARROW ? [0] : [-1, 0, 1]
    const width = Math.max(WIDE * around.length, WEIGHTS + 10),
      left = (width - WIDE * around.length) / 2
    const svg = shape("svg", {
      viewBox: `0 0 ${width} ${HEIGHT}`,
      class: "cell-svg",
      style: `max-width: ${width * 1.15}px`,
    })
    around.forEach((offset, place) => {
      const step = this.step + offset
      const inside = step >= 1 && step <= tokens.length
      const group = shape("g", {
        transform: `translate(${left + place * WIDE}, 0)`,
        class: offset ? "cell-beside" : "cell-now",
      })
      if (inside) this.column(group, step)
      else group.append(text(WIDE / 2, 135, step < 1 ? "zeros" : "the end", "cell-faint"))
      svg.append(group)
    })
    const middle = width / 2
    svg.append(
      shape("rect", { x: middle - WEIGHTS / 2, y: 262, width: WEIGHTS, height: 30, rx: 6, class: "cell-weights" }),
      text(middle, 282, `${weights}: the same at every step`, "cell-shared-name"),
    )
    around.forEach((offset, place) => {
      const step = this.step + offset
      const x = left + place * WIDE + 176,
        from = Math.min(Math.max(x, middle - WEIGHTS / 2 + 12), middle + WEIGHTS / 2 - 12)
      if (step >= 1 && step <= tokens.length) {
        svg.append(shape("path", { d: `M ${from} 262 C ${from} 225, ${x} 240, ${x} 162`, class: "cell-shared" }))
      }
    })
    this.drawing.replaceChildren(svg)
  }

  column(group, step) {
    const { tokens, belief, label } = this.panel
    const t = step - 1,
      x = WIDE / 2
    group.append(
      shape("rect", { x: x - 62, y: 108, width: 124, height: 54, rx: 8, class: "cell-box" }),
      text(x, 132, label, "cell-name"),
      arrow(x, 208, x, 164), // the word goes in
      arrow(x, 106, x, 66), // the prediction comes out
      arrow(0, 135, x - 64, 135), // what the cell remembers
      shape("path", { d: `M ${x + 62} 135 H ${WIDE}`, class: "cell-line" }),
      marked(x + 8, 194, "x", step),
      text(x, 248, shortened(tokens[t], 16), "cell-word"),
      this.strip("inputs", t, x - 56, 212),
      marked(20, 126, "a", step - 1),
      marked(x + 78, 126, "a", step),
      this.strip("hidden", t, x - 56, 141),
      marked(x + 8, 92, "ŷ", step),
      text(x, 56, belief[t].toFixed(3), "cell-name"),
      shape("rect", { x: x - 60, y: 22, width: 120, height: 12, class: "cell-frame" }),
      shape("rect", { x: x - 60, y: 22, width: 120 * belief[t], height: 12, class: "cell-bar" }),
      shape("path", { d: `M ${x} 18 v 20`, class: "cell-half" }),
    )
  }

  // All numbers of a vector as a strip of colours, one picture a step.
  strip(name, t, x, y) {
    const key = `${name} ${t}`
    if (!this.pictures.has(key)) this.pictures.set(key, this.picture(this.strips[name], t))
    return shape("image", {
      href: this.pictures.get(key),
      x,
      y,
      width: 112,
      height: 14,
      preserveAspectRatio: "none",
      class: "cell-strip",
    })
  }

  picture({ flat, size }, t) {
    const canvas = element("canvas", { width: size, height: 1 })
    const context = canvas.getContext("2d")
    const pixels = context.createImageData(size, 1)
    for (let i = 0; i < size; i++) pixels.data.set([...this.colour((flat[t * size + i] + 127) / 254), 255], 4 * i)
    context.putImageData(pixels, 0, 0)
    return canvas.toDataURL()
  }
}

// A matrix of whole numbers −127…127, (T, size), from base64.
function bytes({ bdata, size }) {
  return { size, flat: Int8Array.from(atob(bdata), character => character.charCodeAt(0)) }
}

function shape(name, attributes, ...children) {
  const node = document.createElementNS(SVG, name)
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value))
  node.append(...children)
  return node
}

function text(x, y, words, kind) {
  return shape("text", { x, y, class: kind, "text-anchor": "middle" }, words)
}

// A letter of the notation at its step: x with the step raised.
function marked(x, y, letter, step) {
  return shape(
    "text",
    { x, y, class: "cell-mark" },
    letter,
    shape("tspan", { dy: -6, class: "cell-raised" }, `⟨${step}⟩`),
  )
}

function arrow(fromX, fromY, toX, toY) {
  const flat = fromY === toY
  const head = flat
    ? `M ${toX - 7} ${toY - 5} L ${toX} ${toY} L ${toX - 7} ${toY + 5}`
    : `M ${toX - 5} ${toY + 7} L ${toX} ${toY} L ${toX + 5} ${toY + 7}`
  return shape("path", { d: `M ${fromX} ${fromY} L ${toX} ${toY} ${head}`, class: "cell-line" })
}

// "a^<t-1>" as a with ⟨t−1⟩ raised, "W_z" as W with z lowered.
export function notation(formula) {
  return formula.split(/(\^<[^>]+>|_[a-z])/).map(piece => {
    if (piece.startsWith("^<")) return element("sup", {}, `⟨${piece.slice(2, -1).replace("-", "−")}⟩`)
    return piece.startsWith("_") ? element("sub", {}, piece.slice(1)) : piece
  })
}

// A number; a negative one behind a sign in brackets.
function signed(value, behind) {
  const digits = value
    .toFixed(3)
    .replace(/^-(?=[0.]+$)/, "")
    .replace("-", "−")
  return behind && digits.startsWith("−") ? `(${digits})` : digits
}
