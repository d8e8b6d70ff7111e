// Weight matrices as rectangles to scale: the first layer of the concatenation, a block for each place of a word, beside the W
// and U of a recurrent lane.
import { element } from "../dom.js"
import { Panel } from "./panel.js"
import { folded, tabulated } from "../data_table.js"

const SVG = "http://www.w3.org/2000/svg"
const WIDEST = 900,
  TALLEST = 430 // pixels: of the drawing, and of the blocks
const GAP = 2,
  LARGEST = 0.4 // pixels between blocks, and of a weight at most
const TITLE = 24 // pixels for a line of text

export class Layers extends Panel {
  async fill(panel, look) {
    this.frame ??= element("div", { class: "stage-frame layers-frame", role: "img" })
    this.frame.setAttribute("aria-label", panel.alt)
    const open = this.body.querySelector("details")?.open
    this.body.replaceChildren(this.frame, folded([tabulated(panel)]))
    this.body.querySelector("details").open = Boolean(open)
    this.fit(look.width)
  }

  fit(width) {
    if (!this.panel || !this.frame) return
    this.width = Math.min(width, WIDEST)
    this.frame.replaceChildren(this.drawn())
  }

  drawn() {
    const { blocks, size, units, recurrent } = this.panel
    const { scale, each, lines } = this.scaled(),
      { label, tall } = recurrent
    const wide = size * scale,
      high = units * scale,
      parts = []
    let y = TITLE
    parts.push(text(0, y - 8, `concatenation, first layer: ${blocks} × (${size} by ${units})`))
    for (let i = 0; i < blocks; i++) {
      parts.push(
        rectangle((i % each) * (wide + GAP), y + Math.floor(i / each) * (high + GAP), wide, high, "layers-concat"),
      )
    }
    y += lines * (high + GAP) + TITLE
    const strip = Math.min(scale, this.width / (blocks * size))
    const smaller = strip < scale ? `, ${(scale / strip).toFixed(1)} times smaller` : ""
    parts.push(text(0, y - 6, `in one piece: ${(blocks * size).toLocaleString("en")} by ${units}${smaller}`))
    parts.push(rectangle(0, y, blocks * size * strip, Math.max(0.75, units * strip), "layers-whole"))
    y += units * strip + TITLE + 4
    parts.push(
      text(0, y - 6, `${label}, to the scale of the blocks: W ${size} by ${tall}, U ${recurrent.units} by ${tall}`),
    )
    parts.push(
      rectangle(0, y, wide, tall * scale, "layers-recurrent"),
      rectangle(wide + 12, y, recurrent.units * scale, tall * scale, "layers-recurrent"),
    )
    const height = Math.ceil(y + tall * scale + 4)
    const svg = shape("svg", { viewBox: `0 0 ${this.width} ${height}`, width: this.width, height, class: "layers-svg" })
    svg.append(...parts)
    return svg
  }

  // The largest scale, in pixels a weight, at which the blocks have room; how many stand on a line, and the lines.
  scaled() {
    const { blocks, size, units } = this.panel
    for (let scale = LARGEST; ; scale *= 0.97) {
      const each = Math.max(1, Math.floor((this.width + GAP) / (size * scale + GAP)))
      const lines = Math.ceil(blocks / each)
      const fits = lines * (units * scale + GAP) <= TALLEST && size * scale <= this.width
      if (fits || scale < 0.01) return { scale, each, lines }
    }
  }
}

function shape(name, attributes) {
  const node = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
  return node
}

function rectangle(x, y, width, height, kind) {
  return shape("rect", { x, y, width, height, class: kind })
}

function text(x, y, words) {
  const node = shape("text", { x, y })
  node.textContent = words
  return node
}
