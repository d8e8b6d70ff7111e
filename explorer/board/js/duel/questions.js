// Questions to the server: one at every key, at most one a frame; an older one is dropped, a failed one asked again.
import { refusalOf } from "../refusal.js"
import { Answers } from "./answers.js"

const FRAME = 16 // milliseconds
const LATE = 600 // milliseconds without an answer before one says so
const AGAIN = [400, 800, 1500, 3000] // milliseconds before a failed question is asked again
const MOST = 60_000 // letters that are sent: far more than the words that the models read

/**
 * @typedef {object} Listener
 * @property {(answers: Answers) => void} answered
 * @property {() => void} late the explorer does not answer for now
 * @property {(reason: string) => void} refused it will not answer this
 */

export class Questions {
  /** @param {Listener} listener */
  constructor(listener) {
    this.listener = listener
    /** @type {AbortController | null} */
    this.open = null
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.lateness = undefined
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.retry = undefined
    this.frame = 0
    this.sent = -Infinity // when the last question was
  }

  /**
   * @param {[string, string]} texts
   * @param {string} model
   */
  ask(texts, model) {
    this.drop()
    this.lateness ??= setTimeout(() => this.late(), LATE)
    const send = () => this.send(texts, model, 0)
    if (performance.now() - this.sent >= FRAME) send()
    else this.frame = requestAnimationFrame(send)
  }

  late() {
    this.lateness = undefined // the next key may wait for too long as well
    this.listener.late()
  }

  drop() {
    cancelAnimationFrame(this.frame)
    clearTimeout(this.retry)
    this.open?.abort()
    this.open = null
  }

  close() {
    this.drop()
    this.rest()
  }

  rest() {
    clearTimeout(this.lateness)
    this.lateness = undefined
  }

  /**
   * @param {[string, string]} texts
   * @param {string} model
   * @param {number} failures
   */
  async send(texts, model, failures) {
    const open = new AbortController()
    this.open = open
    this.sent = performance.now()
    const retry = () => {
      const wait = AGAIN[Math.min(failures, AGAIN.length - 1)]
      this.retry = setTimeout(() => this.send(texts, model, failures + 1), wait)
    }
    const again = () => {
      if (this.open !== open) return
      this.listener.late()
      retry()
    }
    try {
      const response = await fetch(new URL("answers", document.baseURI), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ texts: texts.map(text => text.slice(0, MOST)), model }),
        signal: open.signal,
      })
      if (response.ok) {
        const answers = new Answers(texts, await response.arrayBuffer())
        if (this.open !== open) return
        this.rest()
        this.listener.answered(answers)
      } else if (response.status >= 500 || response.status === 404) {
        const reason = await refusalOf(response)
        if (this.open !== open) return
        if (!reason) return again()
        this.rest()
        this.listener.refused(reason)
        retry() // the models may be mended meanwhile
      } else {
        const reason = await response.text()
        if (this.open !== open) return
        this.rest()
        this.listener.refused(reason)
      }
    } catch {
      again()
    }
  }
}
