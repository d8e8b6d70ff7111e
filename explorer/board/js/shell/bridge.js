// Between the bar, which outlives every page, and the page of the server that is shown now.
/** @import { BarBoard } from "../payloads.js" */

const PAUSE = 120 // milliseconds after the last key
const KNOWN = 4000 // milliseconds in which a server answers that still knows the visit

/**
 * @typedef {object} Connected
 * @property {BarBoard} data
 * @property {(name: string, value: unknown) => void} setTriggerValue
 * @property {(name: string, value: unknown) => void} setStateValue
 */

class Bridge {
  constructor() {
    /** @type {Connected | null} */
    this.component = null
    this.number = 0 // of the last change, and of the last one that was sent
    this.sent = 0
    /** @type {Record<string, string>} by their names in links */
    this.texts = {}
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.unanswered = undefined
    /** @type {Set<(data: BarBoard) => void>} */
    this.followers = new Set()
  }

  get connected() {
    return this.component !== null
  }

  /**
   * What the visitor typed or chose, by the names that links have for it; the server hears of it at rest. It is all
   * that is told: what was told before and is left out now is the server's again.
   * @param {Record<string, string>} texts
   */
  tell(texts) {
    this.texts = texts
    this.number = Math.max(this.number + 1, Date.now())
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.send(), PAUSE)
  }

  send() {
    clearTimeout(this.timer)
    if (!this.component || this.sent === this.number) return
    this.sent = this.number
    this.component.setStateValue("typed", { number: this.number, texts: this.texts })
  }

  /**
   * The server is back: it is told all once more. One that was started anew knows nothing of this page and is silent.
   * @param {() => void} forgotten is called if it does not answer
   */
  again(forgotten) {
    clearTimeout(this.unanswered)
    this.number = Math.max(this.number + 1, Date.now())
    this.unanswered = setTimeout(forgotten, KNOWN)
    this.send()
  }

  /**
   * Ask the server for another page; false while there is none to ask.
   * @param {string} page its name
   */
  go(page) {
    if (!this.component) return false
    this.number = Math.max(this.number + 1, Date.now())
    this.sent = this.number
    clearTimeout(this.timer)
    this.component.setTriggerValue("asked", { go: page, number: this.number, texts: this.texts })
    return true
  }

  /**
   * @param {(data: BarBoard) => void} follower hears what each page tells the bar
   * @returns {() => void} stops following
   */
  follow(follower) {
    this.followers.add(follower)
    return () => this.followers.delete(follower)
  }

  /**
   * Whether what the server says of the phrase is newer than what was typed here.
   * @param {BarBoard} data
   */
  newer(data) {
    return data.typed >= this.number
  }
}

export const bridge = new Bridge()

/** @param {unknown} component */
export function connect(component) {
  const connected = /** @type {Connected} */ (component)
  if (bridge.component?.data.page !== connected.data.page) {
    // what was typed on another page has been taken along by the server; what came after the click may be lost
    if (bridge.newer(connected.data)) bridge.texts = {}
    else bridge.sent = 0
  }
  bridge.component = connected
  if (bridge.newer(connected.data)) clearTimeout(bridge.unanswered)
  bridge.followers.forEach(follower => follower(connected.data))
  bridge.send()
}

/** @param {unknown} component */
export function disconnect(component) {
  if (bridge.component === component) bridge.component = null
}
