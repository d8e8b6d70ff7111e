// A sentence that is typed: a native text field in large type. Its text belongs to the browser; nothing here writes
// into it while one types. It says where its words stand, so that the steps below can stand there too.
import { element } from "../dom.js"
import { t } from "../messages.js"
import { shape } from "../svg.js"
import { rem } from "../theme.js"
import { LONG, typeSize } from "./type_size.js"

/** @import { Step } from "./steps.js" */

const PENCIL = "M3 17.2V21h3.8L17.9 9.9l-3.8-3.8zM20.7 7a1 1 0 0 0 0-1.4l-2.3-2.3a1 1 0 0 0-1.4 0l-1.8 1.8 3.8 3.8z"

const LINE_HEIGHT = 1.3 // as duel.css has it
const MOST_LINES = 6 // of a text with line breaks that are seen at once

export class Field {
  /**
   * @param {"A" | "B"} letter
   * @param {() => void} onInput
   */
  constructor(letter, onInput) {
    const id = `duel-text-${letter.toLowerCase()}`
    this.box = element("textarea", {
      id,
      rows: 1,
      class: "duel-text",
      placeholder: letter === "A" ? t("Type a review") : t("Type another one"),
      autocomplete: "off",
      dir: "auto",
      "data-text": letter,
    })
    this.box.addEventListener("input", onInput)
    this.mirror = element("span", { class: "duel-mirror", "aria-hidden": "true" })
    const label = element("label", { class: "unseen", for: id }, t("Sentence {letter}", { letter }))
    const pencil = shape(
      "svg",
      { viewBox: "0 0 24 24", class: "duel-pencil", "aria-hidden": "true" },
      shape("path", { d: PENCIL }),
    )
    const behind = element("div", { class: "duel-behind" }, this.mirror)
    this.node = element("div", { class: "duel-field" }, label, this.box, pencil, behind)
    this.oneLine = true
  }

  get text() {
    return this.box.value
  }

  /** @param {string} text that a button or the address brought */
  put(text) {
    if (this.box.value !== text) this.box.value = text
    this.box.scrollTop = 0
  }

  /** Sets the type as large as the text lets it be. */
  fit() {
    const unit = rem()
    const style = getComputedStyle(this.box)
    const room = this.box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 2
    if (room <= 0) return
    const narrow = room < 24 * unit
    const largest = parseFloat(getComputedStyle(this.mirror).fontSize)
    const limits = { largest, single: (narrow ? 1 : 1.125) * unit, smallest: unit, lines: narrow ? 2 : 3 }
    const text = this.box.value || this.box.placeholder
    const long = text.length > LONG
    if (!long) this.mirror.textContent = text
    const width = long ? Infinity : this.mirror.getBoundingClientRect().width
    const spaces = long ? 0 : (text.trim().match(/\s+/g) ?? []).length
    const breaks = long ? 0 : (text.match(/\n/g) ?? []).length
    const { size, lines, spacing } = typeSize(width, spaces, room, limits, breaks)
    this.oneLine = lines === 1
    const seen = () => (breaks ? this.linesOf(size, lines) : lines)
    this.box.style.fontSize = `${size}px`
    this.box.style.wordSpacing = this.box.value ? `${spacing}px` : ""
    this.box.style.setProperty("--lines", String(seen()))
    this.node.classList.toggle("duel-wrapped", !this.oneLine)
    this.scale = size / largest
    this.spacing = spacing
    this.start = parseFloat(style.paddingLeft)
    if (breaks && this.box.scrollHeight <= this.box.clientHeight + 2) this.box.scrollTop = 0 // its first line is seen
  }

  /**
   * How many lines a text with line breaks has as it is set: as many are seen, up to a number.
   * @param {number} size of the type in pixels
   * @param {number} least
   */
  linesOf(size, least) {
    const { box } = this
    box.style.setProperty("--lines", "1")
    this.node.classList.add("duel-wrapped")
    const { paddingTop, paddingBottom } = getComputedStyle(box)
    const height = box.scrollHeight - parseFloat(paddingTop) - parseFloat(paddingBottom)
    return Math.max(least, Math.min(MOST_LINES, Math.round(height / (LINE_HEIGHT * size))))
  }

  /**
   * Where the words of a text stand that is on one line, in pixels from the box's left edge; null where it wraps.
   * @param {number[]} spans start and end of each token
   * @returns {Step[] | null}
   */
  places(spans) {
    if (!this.oneLine || !this.box.value || getComputedStyle(this.box).direction === "rtl") return null
    this.mirror.textContent = this.box.value
    this.mirror.style.fontSize = this.box.style.fontSize
    this.mirror.style.wordSpacing = `${this.spacing}px`
    const text = this.mirror.firstChild
    const origin = this.mirror.getBoundingClientRect().left - (this.start ?? 0)
    const range = document.createRange()
    /** @type {Step[]} */
    const places = []
    for (let i = 0; text && i + 1 < spans.length; i += 2) {
      const length = this.box.value.length
      range.setStart(text, Math.min(spans[i], length))
      range.setEnd(text, Math.min(spans[i + 1], length))
      const { left, right } = range.getBoundingClientRect()
      places.push({ left: left - origin, right: right - origin })
    }
    this.mirror.style.fontSize = ""
    this.mirror.style.wordSpacing = ""
    const ordered = places.every(({ left }, i) => i === 0 || left >= places[i - 1].right - 1)
    return ordered ? places : null // words of a script that is written from the right stand the other way round
  }
}
