// A button with a small list of more that one can do.
import { button, element } from "../dom.js"

/** @typedef {{ text: string, run: () => void, current?: boolean }} Item */

export class Menu {
  /**
   * @param {string} text of the button
   * @param {() => Item[][]} groups asked for when it opens
   */
  constructor(text, groups) {
    this.groups = groups
    this.list = element("div", { class: "duel-menu", hidden: true })
    this.button = button(text, { class: "duel-button", "aria-expanded": "false" }, () => this.toggle(this.list.hidden))
    this.node = element("div", { class: "duel-more" }, this.button, this.list)
    this.node.addEventListener("keydown", event => {
      if (event.key === "Escape" && !this.list.hidden) {
        event.stopPropagation()
        this.toggle(false)
        this.button.focus()
      }
    })
    this.node.addEventListener("focusout", event => {
      if (event.relatedTarget instanceof Node && !this.node.contains(event.relatedTarget)) this.toggle(false)
    })
    document.addEventListener("pointerdown", event => {
      if (event.target instanceof Node && !this.node.contains(event.target)) this.toggle(false)
    })
  }

  /** @param {boolean} open */
  toggle(open) {
    if (open) this.fill()
    this.list.hidden = !open
    this.button.setAttribute("aria-expanded", String(open))
    if (open) this.list.querySelector("button")?.focus()
  }

  fill() {
    const groups = this.groups().map(items =>
      element("div", { class: "duel-menu-group" }, ...items.map(item => this.item(item))),
    )
    this.list.replaceChildren(...groups)
  }

  /** @param {Item} item */
  item({ text, run, current }) {
    const attributes = { class: "duel-menu-item", "aria-current": current ? "true" : null }
    return button(text, attributes, () => {
      this.toggle(false)
      this.button.focus()
      run()
    })
  }
}
