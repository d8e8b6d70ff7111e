// A phrase as a ribbon: each word, and below it what the network believes after it. A word is clicked, or chosen with
// the arrow keys, to see its step in the diagram. Words are always text nodes.
/** @import { PhraseStrip } from "../payloads.js" */
import { element } from "../dom.js"
import { t } from "../messages.js"
import { shortened, whole } from "../text.js"

const UNSURE = [0.4, 0.6] // no verdict between them
/** @type {Record<string, number>} steps that an arrow key moves by */
const ARROWS = { ArrowLeft: -1, ArrowRight: 1 }

export class Ribbon {
  /**
   * @param {string} letter
   * @param {(step: number) => void} onStep this phrase, at this step
   */
  constructor(letter, onStep) {
    this.onStep = onStep
    this.letter = element("span", { class: "ribbon-letter", "aria-hidden": "true" }, letter)
    this.list = element("div", { class: "ribbon-words" })
    this.node = element("div", { class: "ribbon", role: "group" }, this.letter, this.list)
    /** @type {HTMLButtonElement[]} */
    this.words = []
    this.step = 0
    this.list.onclick = ({ target }) => {
      const place = this.words.findIndex(word => target instanceof Node && word.contains(target))
      if (place >= 0) this.onStep(place + 1)
    }
    this.list.onkeydown = event => this.pressed(event)
  }

  /** @param {PhraseStrip | undefined} phrase */
  draw(phrase) {
    this.node.hidden = !phrase
    if (!phrase) return
    this.letter.hidden = !phrase.phrase
    this.letter.className = `ribbon-letter ribbon-letter-${phrase.phrase.toLowerCase()}`
    const label = phrase.phrase
      ? t("Phrase {letter}, word by word", { letter: phrase.phrase })
      : t("The phrase, word by word")
    this.node.setAttribute("aria-label", label)
    if (phrase.tokens.join(" ") === this.words.map(word => word.dataset.word).join(" ")) return
    this.words = phrase.tokens.map(token =>
      element(
        "button",
        {
          type: "button",
          class: `ribbon-word${/\w/.test(token) ? "" : " ribbon-sign"}`,
          "data-word": token,
          tabindex: -1,
        },
        element("span", { class: "ribbon-token" }, shortened(token, 20)),
        element("span", { class: "ribbon-zone" }, element("span", { class: "ribbon-bar" })),
        element("span", { class: "ribbon-number" }),
      ),
    )
    this.list.replaceChildren(...this.words)
  }

  /** @param {number[]} beliefs after each word, 0…1 */
  compute(beliefs) {
    this.words.forEach((word, i) => {
      const belief = beliefs[i]
      const [low, high] = UNSURE
      word.dataset.side = belief > high ? "positive" : belief < low ? "negative" : "unsure"
      word.style.setProperty("--belief", String(belief))
      const number = whole(belief)
      const place = word.querySelector(".ribbon-number")
      if (place) place.textContent = number
      word.setAttribute(
        "aria-label",
        t("Step {step}: {word}, {number}", { step: i + 1, word: word.dataset.word ?? "", number }),
      )
    })
  }

  /**
   * @param {number} step
   * @param {boolean} chosen this phrase is in the diagram
   */
  moveTo(step, chosen) {
    this.step = Math.min(step, this.words.length)
    this.node.classList.toggle("ribbon-chosen", chosen)
    this.words.forEach((word, i) => {
      const now = i + 1 === this.step
      word.classList.toggle("ribbon-later", i + 1 > step)
      word.tabIndex = now ? 0 : -1
      if (now && chosen) word.setAttribute("aria-current", "step")
      else word.removeAttribute("aria-current")
    })
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    /** @type {Record<string, number>} */
    const ends = { Home: 1, End: this.words.length }
    const step = ends[event.key] ?? this.step + ARROWS[event.key]
    if (!(step >= 1 && step <= this.words.length)) return
    event.preventDefault()
    this.onStep(step)
    this.words[step - 1].focus()
  }
}
