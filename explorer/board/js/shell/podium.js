// What stands beside the presented picture: its keys in one quiet line, and the same as buttons for a mouse.
import { button, element } from "../dom.js"
import { t } from "../messages.js"

export class Podium {
  /** @param {{ next: () => void, back: () => void, leave: () => void }} actions */
  constructor({ next, back, leave }) {
    this.keys = element("p", { class: "podium-keys" })
    this.status = element("p", { class: "podium-status", role: "status" })
    this.empty = element("p", { class: "podium-empty", hidden: true }, t("There is no picture on this page yet."))
    this.back = button("‹", { class: "podium-button", "aria-label": t("Previous picture") }, back)
    this.next = button("›", { class: "podium-button", "aria-label": t("Next picture") }, next)
    const away = button("×", { class: "podium-button", "aria-label": t("Leave the presenter view") }, leave)
    const attributes = { class: "podium", "aria-label": t("Presenter view"), "data-over": true }
    this.node = element("aside", attributes, this.status, this.keys, this.back, this.next, away)
    this.curtain = element("div", { class: "curtain", "data-over": true })
    this.empty.dataset.over = ""
    document.body.append(this.empty, this.node, this.curtain)
    this.announced = ""
  }

  /**
   * @param {string | null} title of the presented picture
   * @param {number} number of it, counted from 1
   * @param {number} count of pictures
   * @param {boolean} reveals
   */
  show(title, number, count, reveals) {
    this.empty.hidden = title !== null
    this.back.hidden = this.next.hidden = count < 2
    this.keys.textContent = reveals ? t("G guess, reveal · → next · Q code · ? keys") : t("→ next · Q code · ? keys")
    if (title === null || title === this.announced) return
    this.announced = title
    this.say(t("Picture {number} of {count}: {title}", { number, count, title }))
  }

  /** @param {string} text for screen readers, and shown where it tells of something that failed */
  say(text) {
    this.status.textContent = text
  }

  close() {
    for (const node of [this.empty, this.node, this.curtain]) node.remove()
  }
}
