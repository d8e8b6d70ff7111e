// Weight matrices as rectangles to scale: the first layer of the concatenation, a block for each place of a word,
// beside the W and U of a recurrent model.
/** @import { LayersPanel } from "../payloads.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Tools } from "./panel.js" */
import { DataTable, folded } from "../data_table.js"
import { element } from "../dom.js"
import { shape } from "../svg.js"
import { Panel } from "./panel.js"

const WIDEST = 900 // pixels, of the drawing
const TALLEST = 430 // pixels, of the blocks
const GAP = 2 // pixels between blocks
const LARGEST = 0.4 // pixels of a weight at most
const LINE = 24 // pixels for a line of text

/** @extends {Panel<LayersPanel>} */
export class Layers extends Panel {
  /**
   * @param {string} id
   * @param {Tools} tools
   */
  constructor(id, tools) {
    super(id, tools)
    this.frame = element("div", { class: "stage-frame layers-frame", role: "img" })
    this.table = new DataTable(`${id}.csv`)
    this.body.append(this.frame, folded(this.table.node))
  }

  /**
   * @override
   * @param {LayersPanel} data
   * @param {Theme} theme
   */
  async fill(data, theme) {
    this.frame.setAttribute("aria-label", data.alt)
    this.table.draw(data.title, data.table)
    this.fit(theme.width)
  }

  /**
   * @override
   * @param {number} width
   */
  fit(width) {
    if (this.data) this.frame.replaceChildren(drawing(this.data, Math.min(width, WIDEST)))
  }
}

/**
 * @param {LayersPanel} data
 * @param {number} width
 */
function drawing({ blocks, size, units, recurrent }, width) {
  const { scale, each, lines } = scaled(blocks, size, units, width)
  const { label, tall } = recurrent
  const [wide, high, deep] = [size * scale, units * scale, tall * scale]
  let y = LINE
  const parts = [caption(y - 8, `concatenation, first layer: ${blocks} × (${size} by ${units})`)]
  for (let i = 0; i < blocks; i++) {
    const [column, line] = [i % each, Math.floor(i / each)]
    parts.push(rectangle(column * (wide + GAP), y + line * (high + GAP), wide, high, "layers-concat"))
  }
  y += lines * (high + GAP) + LINE
  const strip = Math.min(scale, width / (blocks * size))
  const smaller = strip < scale ? `, ${(scale / strip).toFixed(1)} times smaller` : ""
  parts.push(caption(y - 6, `in one piece: ${(blocks * size).toLocaleString("en")} by ${units}${smaller}`))
  parts.push(rectangle(0, y, blocks * size * strip, Math.max(0.75, units * strip), "layers-whole"))
  y += units * strip + LINE + 4
  const sizes = `W ${size} by ${tall}, U ${recurrent.units} by ${tall}`
  parts.push(
    caption(y - 6, `${label}, to the scale of the blocks: ${sizes}`),
    rectangle(0, y, wide, deep, "layers-recurrent"),
    rectangle(wide + 12, y, recurrent.units * scale, deep, "layers-recurrent"),
  )
  const height = Math.ceil(y + deep + 4)
  return shape("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "layers-svg" }, ...parts)
}

/**
 * The largest scale, in pixels a weight, at which the blocks have room; how many stand on a line, and the lines.
 * @param {number} blocks
 * @param {number} size
 * @param {number} units
 * @param {number} width
 */
export function scaled(blocks, size, units, width) {
  for (let scale = LARGEST; ; scale *= 0.97) {
    const each = Math.max(1, Math.floor((width + GAP) / (size * scale + GAP)))
    const lines = Math.ceil(blocks / each)
    const fits = lines * (units * scale + GAP) <= TALLEST && size * scale <= width
    if (fits || scale < 0.01) return { scale, each, lines }
  }
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @param {string} classes
 * @returns {SVGElement}
 */
function rectangle(x, y, width, height, classes) {
  return shape("rect", { x, y, width, height, class: classes })
}

/**
 * @param {number} y
 * @param {string} words
 * @returns {SVGElement}
 */
function caption(y, words) {
  return shape("text", { x: 0, y }, words)
}
