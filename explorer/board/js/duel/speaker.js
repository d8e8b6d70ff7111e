// What a screen reader hears while the steps move: not every one of them, but the last one always.
import { element } from "../dom.js"
import { t } from "../messages.js"
import { percent } from "./numbers.js"
import { markedWord } from "./ribbon.js"

/** @import { Answers } from "./answers.js" */

const EACH = 2000 // milliseconds between two that are read out

export class Speaker {
  constructor() {
    this.node = element("p", { class: "unseen", role: "status" })
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined
    this.text = ""
  }

  /** Forgets what was said and what was to be said. */
  hush() {
    clearTimeout(this.timer)
    this.timer = undefined
    this.text = this.node.textContent = ""
  }

  /** @param {string} text */
  say(text) {
    if (text === this.text) return
    this.text = text
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      this.node.textContent = this.text
    }, EACH)
  }
}

/**
 * What both texts are at after so many words.
 * @param {Answers} answers
 * @param {string} model
 * @param {number} step
 */
export function stepText(answers, model, step) {
  const [a, b] = reached(answers, model, step)
  const steps = answers.steps
  if (a && b) {
    const places = { step, steps, wordA: a.word, wordB: b.word, a: a.percent, b: b.percent }
    return t("Step {step} of {steps}: A “{wordA}” {a}; B “{wordB}” {b}", places)
  }
  const alone = a ?? b
  return alone ? t("Step {step} of {steps}: “{word}” {percent}", { step, steps, ...alone }) : ""
}

/**
 * What a model says so far, as the sentence below the picture.
 * @param {Answers} answers
 * @param {string} model
 * @param {number} step
 */
export function soFar(answers, model, step) {
  const [a, b] = reached(answers, model, step)
  if (a && b) {
    const places = { wordA: a.word, wordB: b.word, a: a.percent, b: b.percent }
    return t("So far: A {a} after “{wordA}”, B {b} after “{wordB}”.", places)
  }
  const alone = a ?? b
  return alone ? t("So far: {percent} after “{word}”.", alone) : ""
}

/**
 * The last word that was read of each text, and the belief after it; null where there is none.
 * @param {Answers} answers
 * @param {string} model
 * @param {number} step
 */
function reached(answers, model, step) {
  return [0, 1].map(k => {
    const read = answers.read(k)
    const at = Math.min(step, read.tokens.length)
    const end = answers.after(k, model, at)
    return end === null ? null : { word: markedWord(read, at - 1), percent: percent(end) }
  })
}
