// Weight matrices as rectangles to scale: the first layer of the concatenation, a block for each place of a word,
// beside the W and U of a recurrent model.
/** @import { LayersDrawing } from "../payloads.js" */
/** @import { Drawing, Room } from "./drawing.js" */
import { shape } from "../svg.js"
import { canvas } from "./drawing.js"

const GAP = 2 // pixels between blocks
const LARGEST = 0.4 // pixels of a weight at most, of 16 px type
const LINE = 1.6 // em, of a caption
const TALLEST = 17 // em, of the blocks where no height is given

/**
 * @param {LayersDrawing} data
 * @param {Room} room
 * @param {boolean} small
 * @returns {Drawing}
 */
export function layers(data, room, small = false) {
  const { em, width } = room
  const { blocks, size, units, recurrent, captions, alt } = data
  const most = room.height ?? TALLEST * em * 1.6
  const { scale, each, lines } = scaled(data, width, most - 2 * LINE * em - 8, (LARGEST * em) / 16)
  const [wide, high, deep] = [size * scale, units * scale, recurrent.tall * scale]
  let y = LINE * em
  const parts = captioned(captions[0], y, em, width)
  for (let i = 0; i < blocks; i++) {
    const [column, line] = [i % each, Math.floor(i / each)]
    parts.push(rectangle(column * (wide + GAP), y + line * (high + GAP), wide, high, "layers-concat"))
  }
  y += lines * (high + GAP) + LINE * em
  parts.push(
    ...captioned(captions[1], y, em, width),
    rectangle(1, y, wide, deep, "layers-recurrent"),
    rectangle(wide + 8, y, Math.max(1, recurrent.units * scale), deep, "layers-recurrent"),
  )
  const height = room.height ?? Math.ceil(y + deep + 4)
  return { node: canvas(width, height, "layers-svg", small ? "" : alt, ...parts) }
}

/**
 * The largest scale, in pixels a weight, at which all is as high as there is room; how many blocks stand on a line, and
 * the lines.
 * @param {Pick<LayersDrawing, "blocks" | "size" | "units" | "recurrent">} data
 * @param {number} width
 * @param {number} height of blocks and matrices
 * @param {number} largest
 */
export function scaled({ blocks, size, units, recurrent }, width, height, largest = LARGEST) {
  for (let scale = largest; ; scale *= 0.97) {
    const each = Math.max(1, Math.floor((width + GAP) / (size * scale + GAP)))
    const lines = Math.ceil(blocks / each)
    const across = (size + recurrent.units) * scale + 10
    const fits = lines * (units * scale + GAP) + recurrent.tall * scale <= height && across <= width
    if (fits || scale < 0.01) return { scale, each, lines }
  }
}

/**
 * @param {string} words
 * @param {number} y of what it stands above
 * @param {number} em
 * @param {number} width
 * @returns {SVGElement[]}
 */
function captioned(words, y, em, width) {
  const text = shape("text", { x: 0, y: y - 0.5 * em }, words)
  // a caption that is too long for a phone is drawn closer
  if (words.length * 0.55 * em > width) {
    text.setAttribute("textLength", String(width - 4))
    text.setAttribute("lengthAdjust", "spacingAndGlyphs")
  }
  return [text]
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
