// What a screen reader is told of a text that changes as one types.
import { element } from "./dom.js"

const REST = 1000 // milliseconds without a change before a text is read out

/** A text that shows at once and is read out when it has come to rest. */
export class Announcer {
  /** @param {string} classes of the text that is seen */
  constructor(classes) {
    this.text = element("p", { class: classes })
    this.live = element("span", { class: "stage-unseen", role: "status" })
    this.node = element("div", {}, this.text, this.live)
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined
  }

  /** @param {string} text */
  show(text) {
    if (text === this.text.textContent) return
    this.text.textContent = text
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.live.textContent = text
    }, REST)
  }

  /**
   * A text of the moment, which is shown and not read out.
   * @param {string} text
   */
  pass(text) {
    clearTimeout(this.timer)
    this.live.textContent = ""
    this.text.textContent = text
  }

  close() {
    clearTimeout(this.timer)
  }
}
