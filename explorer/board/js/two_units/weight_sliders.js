// A slider for each weight, and a button that brings the trained ones back.
/** @import { TwoUnitsBoard, Weights } from "../payloads.js" */
import { button, element } from "../dom.js"
import { decimals } from "../text.js"
import { flat, restore } from "./network.js"

const WIDE = 4 // a slider reaches from −4 to 4, further where the trained weight is

/** @typedef {{ label: string, trained: number, read: () => number, write: (value: number) => void }} Weight */

export class WeightSliders {
  /** @param {() => void} onMove */
  constructor(onMove) {
    this.onMove = onMove
    this.title = element("h2", { id: "two-units-title-weights" }, "The weights")
    this.groups = element("div")
    const again = element(
      "p",
      {},
      button("Trained weights again", {}, () => this.reset()),
    )
    const attributes = { class: "stage-chart", "aria-labelledby": this.title.id, "data-testid": "two_units-weights" }
    this.node = element("section", attributes, this.title, again, this.groups)
    /** @type {(() => void)[]} that put a slider where its weight is */
    this.refreshing = []
    /** @type {string | undefined} the words whose vectors are there */
    this.shown = undefined
    /** @type {Weights | undefined} as they were trained */
    this.trained = undefined
    /** @type {Weights | undefined} as they are now */
    this.weights = undefined
  }

  /**
   * Built anew only for other words, so that who moves one by the keyboard stays on it.
   * @param {TwoUnitsBoard} data
   * @param {Weights} weights as they are now
   */
  draw({ weights: trained, phrases, words }, weights) {
    const read = [...new Set(phrases.flatMap(({ tokens }) => tokens))].sort()
    this.trained = trained
    this.weights = weights
    if (this.shown === read.join(" ")) return
    this.shown = read.join(" ")
    this.refreshing = []
    const vectors = read.map(word => {
      const row = words.indexOf(word)
      const entries = vector(trained.embedding[row], weights.embedding[row], e => `x${e} of “${word}”`)
      return this.group(`The vector of “${word}”`, entries)
    })
    this.groups.replaceChildren(...vectors, ...this.layers(trained, weights))
  }

  /**
   * @param {Weights} trained
   * @param {Weights} weights
   */
  layers(trained, weights) {
    const { W, U, b, w } = weights
    const single = {
      label: "c",
      trained: trained.c,
      read: () => weights.c,
      write: /** @param {number} value */ value => (weights.c = value),
    }
    return [
      this.group("W, from the word to the sums", matrix(trained.W, W, "W")),
      this.group("U, from the state before to the sums", matrix(trained.U, U, "U")),
      this.group(
        "b, added to the sums",
        vector(trained.b, b, h => `b${h}`),
      ),
      this.group(
        "w, from the state to the log-odds",
        vector(trained.w, w, h => `w${h}`),
      ),
      this.group("c, added to the log-odds", [single]),
    ]
  }

  /**
   * @param {string} legend
   * @param {Weight[]} entries
   */
  group(legend, entries) {
    const sliders = entries.map(entry => this.slider(entry))
    return element("fieldset", { class: "two-units-group" }, element("legend", {}, legend), ...sliders)
  }

  /** @param {Weight} weight */
  slider({ label, trained, read, write }) {
    const reach = Math.max(WIDE, Math.ceil(Math.abs(trained)))
    const value = element("span", { class: "two-units-value", "aria-hidden": "true" }) // the slider says it
    const input = element("input", { type: "range", min: -reach, max: reach, step: 0.01 })
    const refresh = () => {
      input.value = String(read())
      value.textContent = decimals(read(), 2)
    }
    refresh()
    this.refreshing.push(refresh)
    input.oninput = () => {
      write(Number(input.value))
      value.textContent = decimals(read(), 2)
      this.onMove()
    }
    return element("label", { class: "two-units-weight" }, element("span", {}, label), input, value)
  }

  // Of all words, also of those that are not in view.
  reset() {
    if (!this.weights || !this.trained) return
    restore(this.weights, this.trained)
    this.refreshing.forEach(refresh => refresh())
    this.onMove()
  }

  /** How many weights are not as they were trained. */
  moved() {
    if (!this.weights || !this.trained) return 0
    const before = flat(this.trained)
    return flat(this.weights).filter((weight, i) => weight !== before[i]).length
  }
}

/**
 * The weights of a vector; `label` gives their names by their numbers from 1.
 * @param {number[]} trained
 * @param {number[]} weights
 * @param {(number: number) => string} label
 * @returns {Weight[]}
 */
function vector(trained, weights, label) {
  return trained.map((value, i) => ({
    label: label(i + 1),
    trained: value,
    read: () => weights[i],
    write: moved => (weights[i] = moved),
  }))
}

/**
 * @param {number[][]} trained
 * @param {number[][]} weights
 * @param {string} name
 */
function matrix(trained, weights, name) {
  return trained.flatMap((row, h) => vector(row, weights[h], k => `${name}${h + 1}${k}`))
}
