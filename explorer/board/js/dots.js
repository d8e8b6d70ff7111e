// Shares of several models on one scale: a row a model, a mark for each measure with its standard error, its number at
// the end of the row.
/** @import { DotPicture, DotRow } from "./payloads.js" */
import { dataTable, folded } from "./data_table.js"
import { element } from "./dom.js"
import { t } from "./messages.js"
import { offerPicture, withdrawPicture } from "./shell/pictures.js"
import { shape } from "./svg.js"
import { rem } from "./theme.js"

// Lengths are in sixteenths of a rem, so that a picture's type is as large as the page's.
const ROOMY = 620 // from this width on names and numbers stand beside the lines
const WIDEST = 1360
const WIDE = { head: 50, pitch: 46, left: 178, column: 124 }
const NARROW = { head: 24, pitch: 41, left: 12, column: 0 }
const SHORT = 260 // up to this length of the scale its marks have no room for words
const SIZE = 9 // half of a mark

export class Dots {
  /** @param {DotPicture} data */
  constructor(data) {
    this.data = data
    this.picture = element("div", {
      class: "dots-picture",
      role: "img",
      "aria-label": data.alt,
      "data-picture": "main",
    })
    const numbers = folded(dataTable({ id: "models", title: data.title }, data.table))
    const sentence = element("p", { class: "dots-sentence" }, data.sentence)
    sentence.hidden = !data.sentence
    this.node = element("div", { class: "dots" }, this.picture, sentence, numbers)
    this.width = 0 // of the picture, in pixels
    this.rem = 0
    this.onType = () => this.fit() // the page's type can change where the width does not
    window.addEventListener("resize", this.onType)
    offerPicture({ id: "models", title: data.title, node: this.picture })
  }

  draw() {
    this.width = this.room()
    this.rem = rem()
    const scale = this.rem / 16
    const room = Math.max(300, Math.min(WIDEST, (this.width || 700) / scale))
    const drawing = new Drawing(this.data, room)
    const size = { viewBox: `0 0 ${room} ${drawing.height}`, width: room * scale, height: drawing.height * scale }
    this.picture.replaceChildren(shape("svg", size, ...drawing.parts()))
  }

  /** The width that there is, in pixels; shown alone the picture keeps off the window's edges. */
  room() {
    const { paddingLeft, paddingRight } = getComputedStyle(this.picture)
    return this.picture.clientWidth - (parseFloat(paddingLeft) || 0) - (parseFloat(paddingRight) || 0)
  }

  close() {
    window.removeEventListener("resize", this.onType)
    withdrawPicture("models")
  }

  fit() {
    if (Math.abs(this.room() - this.width) >= 2 || rem() !== this.rem) this.draw()
  }
}

class Drawing {
  /**
   * @param {DotPicture} data
   * @param {number} room
   */
  constructor({ columns, rows }, room) {
    this.columns = columns
    this.rows = rows
    this.roomy = room >= ROOMY
    this.plan = this.roomy ? WIDE : NARROW
    this.room = room
    this.right = this.roomy ? room - columns.length * this.plan.column - 30 : room - 12
    const legend = this.roomy ? 0 : 26
    this.top = this.plan.head + legend
    this.height = this.top + rows.length * this.plan.pitch + 8
  }

  /** @param {number} share 0…1 */
  x(share) {
    return this.plan.left + share * (this.right - this.plan.left)
  }

  parts() {
    const low = this.roomy ? this.plan.head - 10 : this.top - 8
    const ticks = [0, 0.5, 1].flatMap(share => {
      const anchor = share === 0 ? "start" : share === 1 ? "end" : "middle"
      const x = this.x(share)
      return [
        shape("line", { x1: x, x2: x, y1: low + 4, y2: this.height, class: "dots-grid" }),
        shape("text", { x, y: low - 2, "text-anchor": anchor, class: "dots-quiet" }, this.tick(share)),
      ]
    })
    return [...ticks, ...this.heads(), ...this.rows.flatMap((row, i) => this.row(row, this.top + i * this.plan.pitch))]
  }

  /** @param {number} share */
  tick(share) {
    if (share === 1) return this.right - this.plan.left > SHORT ? t("100% right") : t("100%")
    return share ? t("50%") : t("0%")
  }

  // What each mark measures, where its numbers are.
  heads() {
    return this.columns.flatMap((words, i) => {
      if (!this.roomy) {
        const x = 12 + (i * this.room) / this.columns.length
        const text = shape("text", { x: x + 16, y: 16, class: "dots-head" }, words.replace("\n", " "))
        return [mark(i, x, 11, "dots-mark"), text]
      }
      const x = this.column(i)
      const [first, ...rest] = words.split("\n")
      return [
        mark(i, x - 16, 20, "dots-mark"),
        shape("text", { x, y: 18, class: "dots-head" }, first),
        shape("text", { x, y: 38, class: "dots-head" }, rest.join(" ")),
      ]
    })
  }

  /** @param {number} i */
  column(i) {
    return this.right + 46 + i * this.plan.column
  }

  /**
   * @param {DotRow} row
   * @param {number} top
   */
  row({ label, chosen, dots }, top) {
    const y = top + (this.roomy ? this.plan.pitch / 2 : 29)
    const classes = chosen ? "dots-name dots-chosen" : "dots-name"
    const name = { x: 0, y: this.roomy ? y + 6 : top + 15 }
    const said = this.roomy
      ? dots.map((dot, i) => shape("text", { x: this.column(i), y: y + 6, class: classes }, dot.said))
      : [
          shape(
            "text",
            { x: this.room, y: top + 15, "text-anchor": "end", class: classes },
            dots.map(dot => dot.said).join(" · "),
          ),
        ]
    return [
      shape("line", { x1: this.x(0), x2: this.x(1), y1: y, y2: y, class: "dots-line" }),
      shape("text", { ...name, class: classes }, label),
      ...dots.flatMap(({ share, error }, i) => {
        if (share === null) return []
        const ends = { x1: this.x(Math.max(0, share - 2 * error)), x2: this.x(Math.min(1, share + 2 * error)) }
        const look = chosen ? "dots-mark dots-chosen" : "dots-mark"
        return [shape("line", { ...ends, y1: y, y2: y, class: "dots-error" }), mark(i, this.x(share), y, look)]
      }),
      ...said,
    ]
  }
}

/**
 * A circle for the first measure, a diamond for the second.
 * @param {number} measure
 * @param {number} x
 * @param {number} y
 * @param {string} classes
 */
function mark(measure, x, y, classes) {
  if (measure === 0) return shape("circle", { cx: x, cy: y, r: SIZE - 1, class: classes })
  const points = `${x},${y - SIZE} ${x + SIZE},${y} ${x},${y + SIZE} ${x - SIZE},${y}`
  return shape("polygon", { points, class: `${classes} dots-second` })
}
