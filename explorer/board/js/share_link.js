// The address in the bar brings this very page back, soon after the last key (browsers limit how often it may change);
// the button copies it.
import { element } from "./dom.js"
import { addressWith } from "./links.js"

export class Share {
  constructor(what) {
    this.button = element("button", { type: "button", class: "stage-button" }, `Copy link to ${what}`)
    this.said = element("span", { role: "status", class: "stage-small" })
    this.node = element("p", { class: "stage-share" }, this.button, " ", this.said)
    this.button.onclick = () => this.copy()
  }

  // Of several boards on a page one alone shows the button; any of them writes the address.
  offer(query, shown = true) {
    this.node.hidden = !shown
    this.button.disabled = query === null
    this.said.textContent = query === null ? "These texts are too long for a link." : ""
    this.address = addressWith(new URLSearchParams(query ?? ""))
    clearTimeout(this.soon)
    this.soon = setTimeout(() => this.write(), PAUSE)
  }

  write() {
    clearTimeout(this.soon)
    this.soon = null
    if (this.address === location.pathname + location.search) return
    try {
      history.replaceState(history.state, "", this.address)
    } catch {
      this.soon = setTimeout(() => this.write(), 10 * PAUSE)
    }
  }

  async copy() {
    if (this.soon) this.write()
    try {
      await navigator.clipboard.writeText(location.href)
      this.said.textContent = "Copied."
    } catch {
      this.said.textContent = "The browser did not allow it: copy the address from its bar."
    }
  }
}

const PAUSE = 300 // milliseconds
