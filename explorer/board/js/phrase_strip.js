// A phrase as it was read: every token where it stands, unknown, corrected and clipped ones marked, the current one underlined.
import { element, shortened } from "./dom.js"

const LONGEST = 60 // letters of a word in the strip

export class Words {
  constructor(phrase, onStep) {
    this.name = element("span", { class: `stage-phrase stage-phrase-${phrase.toLowerCase()}` }, phrase)
    this.list = element("p", { class: "stage-words" })
    this.key = element("p", { class: "stage-small" })
    this.node = element(
      "div",
      { class: "stage-reading", tabindex: "0", role: "region", "aria-label": `Phrase ${phrase} as read` },
      this.name,
      this.list,
      this.key,
    )
    this.list.onclick = event => {
      const at = this.spans.indexOf(event.target.closest("[data-token]"))
      if (at >= 0) onStep(at + 1)
    }
    this.spans = []
  }

  draw(phrase) {
    this.node.hidden = !phrase
    if (!phrase) return
    this.name.hidden = !phrase.phrase // of one phrase alone nobody asks which
    this.node.setAttribute(
      "aria-label",
      phrase.phrase ? `Phrase ${phrase.phrase} as read` : (phrase.label ?? "The phrase as read"),
    )
    const unknown = new Set(phrase.unknown)
    const end = phrase.clipped ?? Infinity
    this.spans = phrase.tokens.map((token, i) => {
      const kinds = ["stage-token"]
      if (unknown.has(i)) kinds.push("stage-unknown")
      if (i >= end) kinds.push("stage-clipped")
      const read = phrase.read[i] ? [element("span", { class: "stage-read" }, ` → ${phrase.read[i]}`)] : []
      if (read.length) kinds.push("stage-corrected")
      return element("span", { class: kinds.join(" "), "data-token": true }, shortened(token, LONGEST), ...read)
    })
    const parts = this.spans.flatMap((span, i) =>
      i === end ? [element("span", { class: "stage-cut" }, "✂"), span, " "] : [span, " "],
    )
    this.list.replaceChildren(...parts)
    const said = []
    if (unknown.size) said.push("Dotted with “?”: no vector, read as an unknown word.")
    if (Object.keys(phrase.read).length) {
      said.push("With an arrow: no vector of its own, read as the word behind the arrow.")
    }
    if (phrase.clipped !== null) said.push("Behind ✂, struck through: not read by the concatenation.")
    this.key.textContent = said.join(" ")
    this.key.hidden = said.length === 0
  }

  moveTo(step) {
    this.spans.forEach((span, i) => span.classList.toggle("stage-now", i === step - 1))
    const now = this.spans[step - 1]
    if (now && this.node.scrollHeight > this.node.clientHeight) {
      this.node.scrollTop = now.offsetTop - this.node.clientHeight / 2
    }
  }
}

// What the time cursor says of a phrase at a step.
export function readout({ phrase, tokens, read, belief }, step) {
  const name = phrase ? `${phrase} ` : ""
  if (step > tokens.length) return `${name}has ended at ${belief.at(-1).toFixed(2)}`
  const corrected = read[step - 1] ? ` (read as “${read[step - 1]}”)` : ""
  return `${name}“${shortened(tokens[step - 1])}”${corrected} ${belief[step - 1].toFixed(2)}`
}
