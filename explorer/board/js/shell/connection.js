// Says in plain words that the server does not answer, for as long as it does not. Streamlit's own message, a dialog
// over the page that speaks of a terminal, is closed: what was typed stays and is told when the server is back.
import { element } from "../dom.js"
import { t } from "../messages.js"

const PATIENCE = 1500 // milliseconds without a server before one says so
const STATE = "data-test-connection-state" // where Streamlit's page has it

export class Connection {
  /** @param {() => void} back is called when the server is back */
  constructor(back) {
    this.back = back
    this.node = element("p", { class: "bar-waiting", role: "status", hidden: true })
    this.known = false // whether there was a server
    this.lost = false
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined
    if (typeof MutationObserver === "undefined") return
    const watch = new MutationObserver(changes => {
      const [last] = changes.slice(-1)
      this.hear(/** @type {Element} */ (last.target).getAttribute(STATE) ?? "")
    })
    new MutationObserver(() => this.close()).observe(document.body, { childList: true })
    watch.observe(document.body, { subtree: true, attributeFilter: [STATE] })
  }

  /** @param {string} state of Streamlit's connection */
  hear(state) {
    if (state === "CONNECTED") {
      clearTimeout(this.timer)
      this.timer = undefined
      if (this.lost) this.back()
      this.known = true
      this.lost = false
      this.node.hidden = true
      return
    }
    this.lost = this.known
    if (this.known) this.timer ??= setTimeout(() => this.tell(), PATIENCE)
  }

  /** While Streamlit's dialog is open nothing else on the page can be used. */
  close() {
    const dialog = this.lost ? document.querySelector("[data-testid=stDialog]") : null
    const closing = /** @type {HTMLElement | null | undefined} */ (dialog?.querySelector("button[aria-label=Close]"))
    closing?.click()
  }

  tell() {
    this.node.textContent = t("Waiting for the explorer… Your text is kept.")
    this.node.hidden = false
  }
}
