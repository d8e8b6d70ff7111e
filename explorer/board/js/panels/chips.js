// Words as chips that can be moved: dragged, or with the arrow keys. Words are always text nodes.
import { element } from "../dom.js"
import { t } from "../messages.js"

const PAUSE = 200 // milliseconds after the last move before the server is asked
/** @type {Record<string, number>} places that an arrow key moves a word by */
const ARROWS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }

export class Chips {
  /** @param {(order: string[]) => void} onOrder the words have come to rest in another order */
  constructor(onOrder) {
    this.onOrder = onOrder
    this.list = element("ol", { class: "chips-list", "aria-label": t("Words in their order") })
    this.list.inert = document.documentElement.dataset.controls === "none" // in a frame that only shows
    this.status = element("p", { class: "stage-unseen", role: "status" })
    this.more = element("button", {
      type: "button",
      class: "chips-more",
      "aria-expanded": "false",
      "data-controls": true,
    })
    this.more.hidden = true
    this.more.addEventListener("click", () => this.open(!this.opened))
    this.opened = false
    this.node = element("div", { class: "chips" }, this.list, this.more, this.status)
    this.resize = new ResizeObserver(() => this.hint())
    this.resize.observe(this.list)
    /** @type {string[]} */
    this.order = []
    /** @type {HTMLButtonElement | null} the chip under the pointer */
    this.held = null
    /** @type {ReturnType<typeof setTimeout> | null} */
    this.waiting = null
    this.list.addEventListener("keydown", event => this.pressed(event))
    this.list.addEventListener("pointerdown", event => this.grab(event))
  }

  /** @param {string[]} tokens */
  draw(tokens) {
    if (this.waiting || this.held || JSON.stringify(tokens) === JSON.stringify(this.order)) return
    this.order = tokens
    this.status.textContent = ""
    this.list.replaceChildren(
      ...tokens.map(token => element("li", {}, element("button", { type: "button", class: "chips-chip" }, token))),
    )
    this.name()
    this.hint()
  }

  // That there are more chips than are seen. They do not scroll by themselves: a swipe on them moves the page.
  hint() {
    const long = this.list.scrollHeight > this.list.clientHeight + 2
    this.list.classList.toggle("chips-long", long)
    this.more.hidden = !long && !this.opened
    const all = t("Show all {count} words and signs", { count: this.order.length })
    this.more.textContent = this.opened ? t("Show fewer words") : all
  }

  /** @param {boolean} opened all chips are shown */
  open(opened) {
    this.opened = opened
    this.list.classList.toggle("chips-open", opened)
    this.more.setAttribute("aria-expanded", String(opened))
    this.hint()
  }

  get chips() {
    return [...this.list.querySelectorAll("button")]
  }

  // Each chip says where it stands.
  name() {
    const { chips } = this
    chips.forEach((chip, i) => {
      const values = { word: chip.textContent ?? "", place: i + 1, places: chips.length }
      chip.setAttribute("aria-label", t("{word}, place {place} of {places}, arrow keys move it", values))
    })
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const { chips } = this
    const from = chips.findIndex(chip => chip === event.target)
    /** @type {Record<string, number>} */
    const ends = { Home: 0, End: chips.length - 1 }
    const to = ends[event.key] ?? from + ARROWS[event.key]
    if (from < 0 || Number.isNaN(to)) return
    event.preventDefault()
    this.move(chips[from], to)
    chips[from].focus()
  }

  /**
   * A chip to a place among the others, if there is such a place.
   * @param {HTMLButtonElement} chip
   * @param {number} to from 0
   */
  move(chip, to) {
    const items = [...this.list.children]
    const from = items.findIndex(item => item === chip.parentElement)
    if (to < 0 || to >= items.length || to === from) return
    this.list.insertBefore(items[from], to > from ? items[to].nextSibling : items[to])
    this.name()
    const values = { word: chip.textContent ?? "", place: to + 1, places: items.length }
    this.status.textContent = t("“{word}” stands at place {place} of {places}.", values)
    this.tell()
  }

  // The server is asked once the words have come to rest.
  tell() {
    this.order = this.chips.map(chip => chip.textContent ?? "")
    this.stop()
    this.waiting = setTimeout(() => {
      this.waiting = null
      this.onOrder(this.order)
    }, PAUSE)
  }

  /**
   * The window is listened to, since a node that is moved loses the pointer.
   * @param {PointerEvent} event
   */
  grab(event) {
    const chip = event.target instanceof Element ? event.target.closest("button") : null
    if (!chip || event.button) return
    this.held = chip
    chip.classList.add("chips-held")
    const ended = new AbortController()
    const { signal } = ended
    window.addEventListener("pointermove", move => this.drag(chip, move), { signal })
    const drop = () => {
      ended.abort()
      chip.classList.remove("chips-held")
      this.held = null
    }
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, drop, { signal })
  }

  /**
   * The chip goes to the place over which the pointer is.
   * @param {HTMLButtonElement} chip
   * @param {PointerEvent} pointer
   */
  drag(chip, { clientX, clientY }) {
    const over = this.chips.findIndex(other => {
      const { left, right, top, bottom } = other.getBoundingClientRect()
      return other !== chip && clientX >= left && clientX <= right && clientY >= top && clientY <= bottom
    })
    if (over >= 0) this.move(chip, over)
  }

  stop() {
    if (this.waiting) clearTimeout(this.waiting)
    this.waiting = null
  }

  close() {
    this.stop()
    this.resize.disconnect()
  }
}
