// A button that opens a list: links or buttons. Escape, a click elsewhere and leaving it by keyboard close it.
import { button, element } from "../dom.js"

let count = 0

export class Menu {
  /**
   * @param {string} label
   * @param {HTMLElement[]} items
   * @param {string} classes
   */
  constructor(label, items, classes = "") {
    const id = `bar-menu-${++count}`
    this.list = element("ul", { id, class: "bar-menu", hidden: true }, ...items.map(item => element("li", {}, item)))
    this.button = button(label, { class: "bar-button", "aria-expanded": "false", "aria-controls": id }, () =>
      this.list.hidden ? this.open() : this.close(),
    )
    this.node = element("div", { class: `bar-group ${classes}`.trim() }, this.button, this.list)
    this.node.addEventListener("keydown", key => this.onKey(key))
    this.node.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.node.contains(relatedTarget)) this.close()
    })
    document.addEventListener("pointerdown", ({ target }) => {
      if (target instanceof Node && !this.node.contains(target)) this.close()
    })
  }

  /** @returns {HTMLElement[]} */
  get items() {
    return [...this.list.querySelectorAll("a, button")].filter(item => item instanceof HTMLElement)
  }

  open() {
    this.list.hidden = false
    this.button.setAttribute("aria-expanded", "true")
  }

  close() {
    this.list.hidden = true
    this.button.setAttribute("aria-expanded", "false")
  }

  /** @param {KeyboardEvent} key */
  onKey(key) {
    if (key.key === "Escape" && !this.list.hidden) {
      key.stopPropagation()
      this.close()
      this.button.focus()
    }
    const way = { ArrowDown: 1, ArrowUp: -1 }[key.key]
    if (!way) return
    key.preventDefault()
    this.open()
    const { items } = this
    const at = items.findIndex(item => item === document.activeElement)
    items[(at + way + items.length) % items.length]?.focus()
  }
}
