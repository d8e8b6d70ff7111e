// A phrase as it was read: every token where it stands, unknown, corrected and clipped ones marked, the current one
// underlined.
/** @import { PhraseStrip as Phrase, ReadPhrase } from "./payloads.js" */
import { element } from "./dom.js"
import { percent } from "./duel/numbers.js"
import { shortened } from "./text.js"

const LONGEST = 60 // letters of a word in the strip

export class PhraseStrip {
  /**
   * @param {"A" | "B"} letter
   * @param {(step: number) => void} onStep
   */
  constructor(letter, onStep) {
    this.letter = element("span", { class: `stage-phrase stage-phrase-${letter.toLowerCase()}` }, letter)
    this.list = element("p", { class: "stage-words" })
    this.key = element("p", { class: "stage-small" })
    const attributes = {
      class: "stage-reading",
      tabindex: "0",
      role: "region",
      "aria-label": `Phrase ${letter} as read`,
    }
    this.node = element("div", attributes, this.letter, this.list, this.key)
    /** @type {HTMLElement[]} */
    this.tokens = []
    this.list.onclick = event => {
      const token = event.target instanceof Element ? event.target.closest("[data-token]") : null
      const place = this.tokens.findIndex(node => node === token)
      if (place >= 0) onStep(place + 1)
    }
  }

  /** @param {Phrase | undefined} phrase */
  draw(phrase) {
    this.node.hidden = !phrase
    if (!phrase) return
    this.letter.hidden = !phrase.phrase // of one phrase alone nobody asks which
    const alone = phrase.label ?? "The phrase as read"
    this.node.setAttribute("aria-label", phrase.phrase ? `Phrase ${phrase.phrase} as read` : alone)
    this.tokens = phrase.tokens.map((_, i) => tokenNode(phrase, i))
    const cut = phrase.clipped ?? Infinity
    this.list.replaceChildren(
      ...this.tokens.flatMap((node, i) => [
        ...(i === cut ? [element("span", { class: "stage-cut" }, "✂")] : []),
        node,
        " ",
      ]),
    )
    const lines = legend(phrase)
    this.key.textContent = lines.join(" ")
    this.key.hidden = lines.length === 0
  }

  /** @param {number} step */
  moveTo(step) {
    this.tokens.forEach((node, i) => node.classList.toggle("stage-now", i === step - 1))
    const current = this.tokens[step - 1]
    if (current && this.node.scrollHeight > this.node.clientHeight) {
      this.node.scrollTop = current.offsetTop - this.node.clientHeight / 2
    }
  }
}

/**
 * @param {Phrase} phrase
 * @param {number} i
 */
function tokenNode({ tokens, unknown, read, clipped }, i) {
  const classes = ["stage-token"]
  if (unknown.includes(i)) classes.push("stage-unknown")
  if (i >= (clipped ?? Infinity)) classes.push("stage-clipped")
  if (read[i]) classes.push("stage-corrected")
  const corrected = read[i] ? [element("span", { class: "stage-read" }, ` → ${read[i]}`)] : []
  return element("span", { class: classes.join(" "), "data-token": true }, shortened(tokens[i], LONGEST), ...corrected)
}

/** @param {Phrase} phrase */
function legend({ unknown, read, clipped }) {
  const lines = []
  if (unknown.length) lines.push("Dotted with “?”: no vector, read as an unknown word.")
  if (Object.keys(read).length) {
    lines.push("With an arrow: no vector of its own, read as the word behind the arrow.")
  }
  if (clipped !== null) lines.push("Behind ✂, struck through: not read by the concatenation.")
  return lines
}

/**
 * What the time cursor says of a phrase at a step.
 * @param {Pick<ReadPhrase, "phrase" | "tokens" | "read" | "belief">} phrase
 * @param {number} step
 */
export function readout({ phrase, tokens, read, belief }, step) {
  const letter = phrase ? `${phrase} ` : ""
  if (step > tokens.length) return `${letter}has ended at ${percent(belief[belief.length - 1])}`
  const corrected = read[step - 1] ? ` (read as “${read[step - 1]}”)` : ""
  return `${letter}“${shortened(tokens[step - 1])}”${corrected} ${percent(belief[step - 1])}`
}
