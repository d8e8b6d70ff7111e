// Words as chips that can be moved: dragged, or with the arrow keys. Each new order goes to the server, which answers with
// everything else. Words are always text nodes.
import { element, table } from "../dom.js"
import { Panel } from "./panel.js"

const PAUSE = 200 // milliseconds after the last move before the server is asked

export class Chips extends Panel {
  constructor(id, tools) {
    super(id, tools)
    this.list = element("ol", { class: "chips-list", "aria-label": "Words in their order" })
    this.said = element("p", { class: "stage-small", role: "status" })
    this.beliefs = element("div", {
      class: "stage-scroll",
      tabindex: "0",
      role: "region",
      "aria-label": "Beliefs of this order",
    })
    this.body.append(this.list, this.said, this.beliefs)
    this.order = []
    this.list.addEventListener("keydown", event => this.pressed(event))
    this.list.addEventListener("pointerdown", event => this.grab(event))
  }

  async fill({ tokens, beliefs }) {
    this.beliefs.replaceChildren(
      table("What each lane says of this order", ["Lane", "P(positive)", "Verdict"], beliefs),
    )
    if (this.waiting || this.held || JSON.stringify(tokens) === JSON.stringify(this.order)) return
    this.order = tokens
    this.said.textContent = ""
    this.list.replaceChildren(
      ...tokens.map(token => element("li", {}, element("button", { type: "button", class: "chips-chip" }, token))),
    )
    this.name()
  }

  get chips() {
    return [...this.list.querySelectorAll("button")]
  }

  // Each chip says where it stands.
  name() {
    this.chips.forEach((chip, i) =>
      chip.setAttribute(
        "aria-label",
        `${chip.textContent}, place ${i + 1} of ${this.chips.length}, arrow keys move it`,
      ),
    )
  }

  pressed(event) {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key]
    const from = this.chips.indexOf(event.target)
    if (from < 0) return
    const end = { Home: 0, End: this.chips.length - 1 }[event.key]
    const to = end ?? from + step
    if (Number.isNaN(to) || (step === undefined && end === undefined)) return
    event.preventDefault()
    this.move(event.target, to)
    event.target.focus()
  }

  // A chip to a place among the others, if there is such a place.
  move(chip, to) {
    const items = [...this.list.children],
      from = items.indexOf(chip.parentElement)
    if (to < 0 || to >= items.length || to === from) return
    this.list.insertBefore(items[from], to > from ? items[to].nextSibling : items[to])
    this.name()
    this.said.textContent = `“${chip.textContent}” stands at place ${to + 1} of ${items.length}.`
    this.tell()
  }

  // The server is asked once the words have come to rest.
  tell() {
    this.order = this.chips.map(chip => chip.textContent)
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => {
      this.waiting = null
      this.tools.ask({ order: this.order })
    }, PAUSE)
  }

  // The window is listened to, since a node that is moved loses the pointer.
  grab(event) {
    const chip = event.target.closest("button")
    if (!chip || event.button) return
    this.held = chip
    chip.classList.add("chips-held")
    const ended = new AbortController()
    window.addEventListener("pointermove", at => this.drag(chip, at), { signal: ended.signal })
    const drop = () => {
      ended.abort()
      chip.classList.remove("chips-held")
      this.held = null
    }
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, drop, { signal: ended.signal })
  }

  // The chip goes to the place over which the pointer is.
  drag(chip, { clientX, clientY }) {
    const over = this.chips.findIndex(one => {
      const { left, right, top, bottom } = one.getBoundingClientRect()
      return one !== chip && clientX >= left && clientX <= right && clientY >= top && clientY <= bottom
    })
    if (over >= 0) this.move(chip, over)
  }

  close() {
    clearTimeout(this.waiting)
  }
}
