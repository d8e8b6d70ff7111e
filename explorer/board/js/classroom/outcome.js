// What a class and the models say of a question: a line for the class with a dot an answer, and a line a model.
/** @import { Ends, Model } from "../duel/lines.js" */
/** @import { State } from "./room.js" */
import { Lines } from "../duel/lines.js"
import { UNSURE, percent } from "../duel/numbers.js"
import { element } from "../dom.js"
import { t } from "../messages.js"
import { rem } from "../theme.js"
import { heap } from "./heap.js"

const ROOM = 1.6 // rem: how high the dots may stand above and below the class's line

export class Outcome {
  /** @param {Model[]} models */
  constructor(models) {
    this.models = models
    this.lines = new Lines(models, () => {})
    this.lines.group.setAttribute("role", "list")
    this.lines.group.setAttribute("aria-label", t("What the models say"))
    for (const { row } of this.lines.lines.values()) row.setAttribute("role", "listitem")
    this.dots = element("span", { class: "room-dots" })
    this.track = element("span", { class: "duel-track room-track", role: "img" }, this.dots)
    this.middle = element("span", { class: "duel-value" })
    const name = element("span", { class: "duel-label" }, element("span", { class: "duel-name" }, t("Your class")))
    const row = element("div", { class: "duel-line room-class" }, name, this.track, this.middle)
    this.lines.group.before(row)
    this.sentence = element("p", { class: "room-sentence", role: "status" })
    this.node = element("div", { class: "duel room-outcome" }, this.lines.node, this.sentence)
    this.resize = new ResizeObserver(() => this.draw())
    this.resize.observe(this.track)
    /** @type {State | null} */
    this.state = null
  }

  /** @param {State} state revealed */
  show(state) {
    this.state = state
    this.draw()
  }

  draw() {
    const { answers, verdicts, texts } = this.state ?? {}
    if (!answers || !verdicts || !texts) return
    this.lines.draw("", name => endsOf(verdicts[name]), false, null)
    for (const { row } of this.lines.lines.values()) {
      row.removeAttribute("tabindex") // nothing is chosen here
      row.removeAttribute("aria-checked")
    }
    const size = 0.8 * rem()
    const spots = texts.flatMap((_, k) =>
      heap(
        answers.map(answer => answer[k]),
        this.track.clientWidth,
        size,
        ROOM * rem(),
      ).map(({ at, rise }) => dot("ab"[k], at, k === 0 && texts.length === 2 ? rise : -rise)),
    )
    this.dots.replaceChildren(...spots)
    this.node.dataset.question = String(this.state?.number)
    const middles = texts.map((_, k) => median(answers.map(answer => answer[k])))
    this.middle.textContent = endsText(middles)
    this.track.setAttribute("aria-label", altOf(answers, middles))
    this.sentence.textContent = sentenceOf(answers, middles, verdicts, this.models)
  }
}

/**
 * @param {string} letter
 * @param {number} at 0…1
 * @param {number} rise in pixels; below the line where it is negative
 */
function dot(letter, at, rise) {
  const style = `left: ${(100 * at).toFixed(1)}%; transform: translate(-50%, calc(-50% - ${rise.toFixed(1)}px))`
  return element("span", { class: `room-dot room-dot-${letter}`, style })
}

/**
 * @param {number[] | null | undefined} given
 * @returns {Ends}
 */
function endsOf(given) {
  return { a: given?.[0] ?? null, b: given?.[1] ?? null }
}

/** @param {number[]} values */
export function median(values) {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

/** @param {(number | null)[]} middles */
function endsText([a, b]) {
  if (a === null || a === undefined) return t("No answers")
  if (b === null || b === undefined) return percent(a)
  return t("{a} and {b}", { a: percent(a), b: percent(b) })
}

/**
 * @param {number[][]} answers
 * @param {(number | null)[]} middles
 */
function altOf(answers, [a, b]) {
  const count = answers.length
  if (a === null || a === undefined) return t("Nobody has answered.")
  if (b === null || b === undefined) {
    return t("Answers of the class: {count}. Half of them are above {a}.", { count, a: percent(a) })
  }
  return t("Answers of the class: {count}. Half of them are above {a} for A, and above {b} for B.", {
    count,
    a: percent(a),
    b: percent(b),
  })
}

/**
 * What to notice, of the first text that the class and the GRU see differently.
 * @param {number[][]} answers
 * @param {(number | null)[]} middles
 * @param {Record<string, number[] | null>} verdicts
 * @param {Model[]} models
 */
export function sentenceOf(answers, middles, verdicts, models) {
  const given = verdicts.gru
  if (!given) return t("The models know none of these words, so they say nothing.")
  if (answers.length === 0) return t("Nobody has answered. The lines show what the models say.")
  const label = models.find(({ name }) => name === "gru")?.label ?? "GRU"
  // the middle answer is the median: half of the class says more, half says less
  const apart = given.findIndex((value, k) => sideOf(value) !== sideOf(middles[k] ?? 0.5))
  if (apart < 0) return t("Most of you and the {model} agree.", { model: label })
  const values = { model: label, machine: percent(given[apart]), people: percent(middles[apart] ?? 0.5) }
  if (given.length === 1) return t("The class says {people}, the {model} says {machine}. Who is right?", values)
  if (apart === 0) return t("For A the class says {people}, the {model} says {machine}. Who is right?", values)
  return t("For B the class says {people}, the {model} says {machine}. Who is right?", values)
}

/** @param {number} value */
function sideOf(value) {
  if (value >= UNSURE[0] && value <= UNSURE[1]) return 0
  return value > UNSURE[1] ? 1 : -1
}
