// The cell at the step of the time cursor: unrolled between its neighbours, and every equation with its numbers.
/** @import { CellPanel, CellStrips, Palette, Strip } from "../payloads.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Tools } from "./panel.js" */
import { ramp } from "../colour.js"
import { element, scrollBox } from "../dom.js"
import { notation } from "../notation.js"
import { unpack } from "../figure.js"
import { centred, shape } from "../svg.js"
import { decimals, shortened } from "../text.js"
import { Panel } from "./panel.js"

const WIDE = 240 // of a step's column, in the drawing's own units
const HEIGHT = 300 // of the drawing
const WEIGHTS = 330 // width of the box that names the weights, less where there is no room
const NARROW = 620 // pixels of the page; below, only the step itself is drawn

/** @typedef {{ numbers: HTMLElement, template: string, values: Float32Array[] }} EquationRow */

/** @extends {Panel<CellPanel>} */
export class Cell extends Panel {
  /**
   * @param {string} id
   * @param {Tools} tools
   */
  constructor(id, tools) {
    super(id, tools)
    this.drawing = element("div", { class: "cell-drawing", role: "img" })
    this.caption = element("caption")
    this.lines = element("tbody")
    const heads = ["Equation", "Its numbers at this step"].map(text => element("th", { scope: "col" }, text))
    const head = element("thead", {}, element("tr", {}, ...heads))
    const table = element("table", { class: "cell-equations" }, this.caption, head, this.lines)
    this.body.append(this.drawing, scrollBox("The equations of the cell", "", table))
    /** @type {EquationRow[]} */
    this.equations = []
    /** @type {Record<keyof CellStrips, Pictures> | undefined} */
    this.pictures = undefined
    this.step = 1
  }

  /**
   * @override
   * @param {CellPanel} data
   * @param {Theme} theme
   */
  async fill(data, theme) {
    const { inputs, hidden } = data.strips
    this.pictures = { inputs: new Pictures(inputs, theme.palette), hidden: new Pictures(hidden, theme.palette) }
    const rows = data.equations.map(({ formula }) => element("th", { scope: "row" }, ...notation(formula)))
    this.equations = data.equations.map(({ numbers, values }) => ({
      numbers: element("td", { class: "cell-numbers" }),
      template: numbers,
      values: values.map(packed => unpack(packed).flat),
    }))
    this.lines.replaceChildren(...rows.map((row, i) => element("tr", {}, row, this.equations[i].numbers)))
    this.moveTo(Math.min(this.tools.now() || 1, data.tokens.length))
  }

  /**
   * @override
   * @param {number} step
   */
  moveTo(step) {
    if (!this.data) return
    const { tokens, belief, label, unit } = this.data
    this.step = Math.min(Math.max(step, 1), tokens.length)
    const t = this.step - 1
    const word = shortened(tokens[t])
    this.caption.textContent = `Unit ${unit} of the ${label} at step ${this.step}, “${word}”`
    for (const { numbers, template, values } of this.equations) {
      numbers.textContent = template.replace(
        /([+·⊙]\s*)?\{(\d+)\}/g,
        (_, sign = "", k) => sign + decimals(values[Number(k)][t], 3, sign !== ""),
      )
    }
    const before =
      t === 0 ? "zeros, since there is no step before" : `its activation after “${shortened(tokens[t - 1])}”`
    const out = `the new activation and the belief ${belief[t].toFixed(3)} come out`
    const flow = `the word “${word}” and ${before} go in; ${out}`
    const alt = `The ${label} at step ${this.step}: ${flow}. The weights are the same at every step.`
    this.drawing.setAttribute("aria-label", alt)
    this.sketch(this.data)
  }

  /**
   * @override
   * @param {number} width
   */
  fit(width) {
    if (!this.data || !this.theme) return
    this.theme = { ...this.theme, width }
    this.sketch(this.data)
  }

  /**
   * The steps side by side, all hanging on the one set of weights.
   * @param {CellPanel} data
   */
  sketch(data) {
    const around = (this.theme?.width ?? 0) < NARROW ? [0] : [-1, 0, 1]
    const width = Math.max(WIDE * around.length, WEIGHTS + 10)
    const left = (width - WIDE * around.length) / 2
    const groups = around.map((offset, place) => {
      const classes = offset ? "cell-beside" : "cell-now"
      const attributes = { transform: `translate(${left + place * WIDE}, 0)`, class: classes }
      return shape("g", attributes, ...this.column(data, this.step + offset))
    })
    const middle = width / 2
    const shared = around.flatMap((offset, place) => {
      const step = this.step + offset
      return step >= 1 && step <= data.tokens.length ? [thread(middle, left + place * WIDE + 176)] : []
    })
    const attributes = { viewBox: `0 0 ${width} ${HEIGHT}`, class: "cell-svg", style: `max-width: ${width * 1.15}px` }
    const box = { x: middle - WEIGHTS / 2, y: 262, width: WEIGHTS, height: 30, rx: 6, class: "cell-weights" }
    const name = centred(middle, 282, `${data.weights}: the same at every step`, "cell-shared-name")
    this.drawing.replaceChildren(shape("svg", attributes, ...groups, shape("rect", box), name, ...shared))
  }

  /**
   * @param {CellPanel} data
   * @param {number} step from 1; there may be no such step
   * @returns {SVGElement[]}
   */
  column({ tokens, belief, label }, step) {
    const t = step - 1
    const x = WIDE / 2
    if (step < 1 || step > tokens.length) return [centred(x, 135, step < 1 ? "zeros" : "the end", "cell-faint")]
    return [
      shape("rect", { x: x - 62, y: 108, width: 124, height: 54, rx: 8, class: "cell-box" }),
      centred(x, 132, label, "cell-name"),
      arrow(x, 208, x, 164), // the word goes in
      arrow(x, 106, x, 66), // the prediction comes out
      arrow(0, 135, x - 64, 135), // what the cell remembers
      shape("path", { d: `M ${x + 62} 135 H ${WIDE}`, class: "cell-line" }),
      marked(x + 8, 194, "x", step),
      centred(x, 248, shortened(tokens[t], 16), "cell-word"),
      this.strip("inputs", t, x - 56, 212),
      marked(20, 126, "a", step - 1),
      marked(x + 78, 126, "a", step),
      this.strip("hidden", t, x - 56, 141),
      marked(x + 8, 92, "ŷ", step),
      centred(x, 56, belief[t].toFixed(3), "cell-name"),
      shape("rect", { x: x - 60, y: 22, width: 120, height: 12, class: "cell-frame" }),
      shape("rect", { x: x - 60, y: 22, width: 120 * belief[t], height: 12, class: "cell-bar" }),
      shape("path", { d: `M ${x} 18 v 20`, class: "cell-half" }),
    ]
  }

  /**
   * All numbers of a vector as a strip of colours.
   * @param {keyof CellStrips} name
   * @param {number} t
   * @param {number} x
   * @param {number} y
   */
  strip(name, t, x, y) {
    const attributes = { x, y, width: 112, height: 14, preserveAspectRatio: "none", class: "cell-strip" }
    return shape("image", { href: this.pictures?.[name].at(t) ?? "", ...attributes })
  }
}

// A picture a step of a strip, each made once.
class Pictures {
  /**
   * @param {Strip} strip
   * @param {Palette} palette
   */
  constructor({ bdata, size }, palette) {
    this.size = size
    this.values = Int8Array.from(atob(bdata), character => character.charCodeAt(0)) // (T, size), −127…127
    this.colour = ramp(palette.diverging)
    /** @type {Map<number, string>} */
    this.addresses = new Map()
  }

  /** @param {number} t */
  at(t) {
    const address = this.addresses.get(t) ?? this.picture(t)
    this.addresses.set(t, address)
    return address
  }

  /** @param {number} t */
  picture(t) {
    const canvas = element("canvas", { width: this.size, height: 1 })
    const context = canvas.getContext("2d")
    if (!context) return ""
    const pixels = context.createImageData(this.size, 1)
    for (let i = 0; i < this.size; i++) {
      pixels.data.set([...this.colour((this.values[t * this.size + i] + 127) / 254), 255], 4 * i)
    }
    context.putImageData(pixels, 0, 0)
    return canvas.toDataURL()
  }
}

/**
 * From the box of the weights to a cell.
 * @param {number} middle of the box
 * @param {number} x of the cell
 */
function thread(middle, x) {
  const from = Math.min(Math.max(x, middle - WEIGHTS / 2 + 12), middle + WEIGHTS / 2 - 12)
  return shape("path", { d: `M ${from} 262 C ${from} 225, ${x} 240, ${x} 162`, class: "cell-shared" })
}

/**
 * A letter of the notation at its step: x with the step raised.
 * @param {number} x
 * @param {number} y
 * @param {string} letter
 * @param {number} step
 */
function marked(x, y, letter, step) {
  const raised = shape("tspan", { dy: -6, class: "cell-raised" }, `⟨${step}⟩`)
  return shape("text", { x, y, class: "cell-mark" }, letter, raised)
}

/**
 * @param {number} fromX
 * @param {number} fromY
 * @param {number} toX
 * @param {number} toY
 */
function arrow(fromX, fromY, toX, toY) {
  const across = `M ${toX - 7} ${toY - 5} L ${toX} ${toY} L ${toX - 7} ${toY + 5}`
  const up = `M ${toX - 5} ${toY + 7} L ${toX} ${toY} L ${toX + 5} ${toY + 7}`
  const d = `M ${fromX} ${fromY} L ${toX} ${toY} ${fromY === toY ? across : up}`
  return shape("path", { d, class: "cell-line" })
}
