// All orders of some words on one scale: the words as chips that can be moved, and below them a row a model. A row has
// this order as a mark, all orders as a cloud above its line, and some of them as strokes below it, which open.
/** @import { CloudPanel, OrdersRow } from "../payloads.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Tools } from "./panel.js" */
import { Announcer } from "../announcer.js"
import { ramp } from "../colour.js"
import { dataTable, folded } from "../data_table.js"
import { element } from "../dom.js"
import { t } from "../messages.js"
import { centred, shape } from "../svg.js"
import { percent, shortened } from "../text.js"
import { rem } from "../theme.js"
import { Chips } from "./chips.js"
import { Panel } from "./panel.js"

// Lengths are in sixteenths of a rem, so that a picture's type is as large as the page's.
const ROOMY = 620 // from this width on names and numbers stand beside the lines
const WIDEST = 1360
const UNSURE = [0.4, 0.6] // no verdict between them
const STROKE = 12 // length of the strokes
const LONGEST = 90 // letters of an order that a stroke says
const WIDE = { head: 26, pitch: 66, rise: 46, left: 178, right: 250, name: 0 }
const NARROW = { head: 26, pitch: 60, rise: 22, left: 12, right: 12, name: 20 }

/** @extends {Panel<CloudPanel>} */
export class Cloud extends Panel {
  /**
   * @param {string} id
   * @param {Tools} tools
   */
  constructor(id, tools) {
    super(id, tools)
    this.chips = new Chips(order => tools.ask({ order }))
    this.picture = element("div", { class: "cloud-picture", role: "img" })
    this.story = new Announcer("cloud-story")
    this.numbers = element("div")
    this.title.classList.add("stage-unseen") // the page's own heading asks the question
    this.body.append(this.chips.node, this.picture)
    this.node.append(this.story.node, this.numbers)
    this.width = 0 // of the picture, in pixels
    this.picture.onclick = ({ target }) => {
      const stroke = target instanceof Element ? target.closest("[data-order]") : null
      if (stroke && this.data) tools.ask({ a: this.data.typed, b: stroke.getAttribute("data-order") ?? "" })
    }
  }

  /**
   * @override
   * @param {CloudPanel} data
   * @param {Theme} theme
   */
  async fill(data, theme) {
    this.chips.draw(data.tokens)
    this.story.show(data.story)
    this.picture.setAttribute("aria-label", data.alt)
    const open = this.numbers.querySelector("details")?.open ?? false
    const table = folded(dataTable(data, data.table))
    table.open = open
    this.numbers.replaceChildren(table)
    this.paint(data, theme)
  }

  /**
   * @param {CloudPanel} data
   * @param {Theme} theme
   */
  paint(data, theme) {
    this.width = this.picture.clientWidth
    const scale = rem() / 16
    const room = Math.max(300, Math.min(WIDEST, (this.width || theme.width) / scale))
    const drawing = new Drawing(data.rows, theme, room)
    const height = drawing.height
    const size = { viewBox: `0 0 ${room} ${height}`, width: room * scale, height: height * scale }
    this.picture.replaceChildren(shape("svg", size, ...drawing.parts()))
  }

  /** @override */
  fit() {
    if (this.data && this.theme && Math.abs(this.picture.clientWidth - this.width) >= 2) {
      this.paint(this.data, this.theme)
    }
  }

  /** @override */
  close() {
    this.chips.close()
    this.story.close()
  }
}

class Drawing {
  /**
   * @param {OrdersRow[]} rows
   * @param {Theme} theme
   * @param {number} room
   */
  constructor(rows, theme, room) {
    this.rows = rows
    this.roomy = room >= ROOMY
    this.plan = this.roomy ? WIDE : NARROW
    this.room = room
    this.colour = ramp(theme.palette.diverging)
    this.height = this.plan.head + rows.length * this.plan.pitch + 4
  }

  /** @param {number} belief 0…1 */
  x(belief) {
    const { left, right } = this.plan
    return left + belief * (this.room - left - right)
  }

  parts() {
    const [low, high] = UNSURE
    const band = {
      x: this.x(low),
      y: this.plan.head,
      width: this.x(high) - this.x(low),
      height: this.height - this.plan.head,
    }
    return [
      shape("rect", { ...band, class: "cloud-band" }),
      shape("text", { x: this.x(0), y: 16, class: "cloud-end" }, this.roomy ? t("0% negative") : t("0%")),
      centred(this.x(0.5), 16, t("can’t say"), "cloud-end"),
      shape(
        "text",
        { x: this.x(1), y: 16, "text-anchor": "end", class: "cloud-end" },
        this.roomy ? t("100% positive") : t("100%"),
      ),
      ...this.rows.flatMap((row, i) => this.row(row, this.plan.head + i * this.plan.pitch)),
    ]
  }

  /**
   * @param {OrdersRow} row
   * @param {number} top
   */
  row(row, top) {
    const { rise, name } = this.plan
    const ground = top + name + rise
    const classes = row.chosen ? "cloud-name cloud-chosen" : "cloud-name"
    const words = this.roomy
      ? [
          shape("text", { x: 0, y: ground + 5, class: classes }, row.label),
          shape("text", { x: this.x(1) + 20, y: ground + 5, class: classes }, row.said),
          shape("text", { x: this.x(1) + 90, y: ground + 5, class: "cloud-end" }, row.spread),
        ]
      : [
          shape("text", { x: 0, y: top + 15, class: classes }, row.label),
          shape("text", { x: this.room, y: top + 15, "text-anchor": "end", class: classes }, row.said),
        ]
    return [
      shape("line", { x1: this.x(0), x2: this.x(1), y1: ground, y2: ground, class: "cloud-line" }),
      ...this.bars(row.counts, ground),
      ...row.orders.map((order, i) => this.stroke(order, row.beliefs[i], ground)),
      ...this.mark(row.belief, ground),
      ...words,
    ]
  }

  /**
   * How many orders there are, by P(positive); the fullest bin is as high as there is room.
   * @param {number[]} counts
   * @param {number} ground
   */
  bars(counts, ground) {
    const most = Math.max(...counts, 1)
    return counts.flatMap((count, i) => {
      if (!count) return []
      const [from, to] = [i / counts.length, (i + 1) / counts.length].map(belief => this.x(belief))
      const height = Math.max(2, (this.plan.rise * count) / most)
      const fill = `rgb(${this.colour((i + 0.5) / counts.length)})`
      return [
        shape("rect", {
          x: from,
          y: ground - height,
          width: Math.max(1.5, to - from - 0.5),
          height,
          fill,
          class: "cloud-bar",
        }),
      ]
    })
  }

  /**
   * @param {string} order
   * @param {number} belief
   * @param {number} ground
   */
  stroke(order, belief, ground) {
    const x = this.x(belief)
    const line = { x1: x, x2: x, y1: ground + 2, y2: ground + 2 + STROKE }
    return shape(
      "g",
      { class: "cloud-order", "data-order": order },
      shape("title", {}, t("{order}: {percent}", { order: shortened(order, LONGEST), percent: percent(belief) })),
      shape("line", { ...line, class: "cloud-stroke" }),
      shape("line", { ...line, class: "cloud-touch" }),
    )
  }

  /**
   * @param {number} belief of the order as it stands
   * @param {number} ground
   */
  mark(belief, ground) {
    const x = this.x(belief)
    return [
      shape("circle", { cx: x, cy: ground, r: 12, class: "cloud-mark" }),
      centred(x, ground + 6, "A", "cloud-letter"),
    ]
  }
}
