// The button that copies the address of this very page.
/** @import { Address } from "./payloads.js" */
import { flush, offer } from "./address.js"
import { button, element } from "./dom.js"

export class ShareLink {
  /** @param {string} what the link brings back */
  constructor(what) {
    this.button = button(`Copy link to ${what}`, {}, () => this.copy())
    this.status = element("span", { role: "status", class: "stage-small" })
    this.node = element("p", { class: "stage-share" }, this.button, " ", this.status)
  }

  /**
   * Of several boards on a page one alone shows the button; any of them tells the address.
   * @param {string | null} link null where it would be too long
   * @param {Address} address
   */
  offer(link, address, shown = true) {
    this.node.hidden = !shown
    this.button.disabled = link === null
    this.status.textContent = link === null ? "These texts are too long for a link." : ""
    offer(address)
  }

  async copy() {
    flush()
    try {
      await navigator.clipboard.writeText(location.href)
      this.status.textContent = "Copied."
    } catch {
      this.status.textContent = "The browser did not allow it: copy the address from its bar."
    }
  }
}
