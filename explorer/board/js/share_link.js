// The address in the bar brings this very page back, soon after the last key (browsers limit how often it may change);
// the button copies it.
import { button, element } from "./dom.js"
import { addressWith } from "./links.js"

const PAUSE = 300 // milliseconds

export class ShareLink {
  /** @param {string} what the link brings back */
  constructor(what) {
    this.button = button(`Copy link to ${what}`, {}, () => this.copy())
    this.status = element("span", { role: "status", class: "stage-small" })
    this.node = element("p", { class: "stage-share" }, this.button, " ", this.status)
    this.address = ""
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined
  }

  /**
   * Of several boards on a page one alone shows the button; any of them writes the address.
   * @param {string | null} query null where it would be too long
   */
  offer(query, shown = true) {
    this.node.hidden = !shown
    this.button.disabled = query === null
    this.status.textContent = query === null ? "These texts are too long for a link." : ""
    this.address = addressWith(new URLSearchParams(query ?? ""))
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.write(), PAUSE)
  }

  write() {
    this.close()
    if (this.address === location.pathname + location.search) return
    try {
      history.replaceState(history.state, "", this.address)
    } catch {
      this.timer = setTimeout(() => this.write(), 10 * PAUSE)
    }
  }

  async copy() {
    if (this.timer) this.write()
    try {
      await navigator.clipboard.writeText(location.href)
      this.status.textContent = "Copied."
    } catch {
      this.status.textContent = "The browser did not allow it: copy the address from its bar."
    }
  }

  close() {
    clearTimeout(this.timer)
    this.timer = undefined
  }
}
