// A slider for each weight beside the diagram: those of the layers, and the vector of the word that is read.
/** @import { Weights } from "../payloads.js" */
/** @import { NamedWeight } from "./names.js" */
import { element } from "../dom.js"
import { t } from "../messages.js"
import { notation } from "../notation.js"
import { decimals } from "../text.js"
import { layerWeights, ofWord, vectorWeights } from "./names.js"
import { flat } from "./network.js"

const REACH = 5 // a slider goes from −5 to 5

/** One weight: its name, a slider, its value. */
class WeightSlider {
  /** @param {WeightSliders} all */
  constructor(all) {
    this.index = -1
    this.name = element("span", { class: "hand-slider-name", "aria-hidden": "true" })
    this.input = element("input", { type: "range", min: -REACH, max: REACH, step: 0.01 })
    this.value = element("span", { class: "hand-slider-value", "aria-hidden": "true" }) // the slider says it
    this.node = element("label", { class: "hand-slider" }, this.name, this.input, this.value)
    this.input.oninput = () => {
      all.onMove(this.index, Number(this.input.value))
      all.onPick(this.index)
    }
    this.input.onfocus = () => all.onPick(this.index)
  }

  /**
   * @param {NamedWeight} weight
   * @param {string} label as it is spoken
   */
  bind({ name, index }, label) {
    this.index = index
    this.name.replaceChildren(...notation(name.replace(/(\d+)$/, "_$1")))
    this.input.setAttribute("aria-label", label)
  }

  /**
   * @param {number} value
   * @param {number} trained
   */
  show(value, trained) {
    if (Number(this.input.value) !== value) this.input.value = String(value)
    this.value.textContent = decimals(value, 2)
    this.node.classList.toggle("hand-moved", value !== trained)
  }
}

export class WeightSliders {
  /**
   * @param {(index: number, value: number) => void} onMove a weight, as `flat` counts them, gets a value
   * @param {(index: number) => void} onPick a slider is touched
   */
  constructor(onMove, onPick) {
    this.onMove = onMove
    this.onPick = onPick
    /** @type {WeightSlider[]} of the layers */
    this.layers = []
    /** @type {WeightSlider[]} of the word's vector */
    this.vector = []
    this.legend = element("legend")
    this.node = element("div", { class: "hand-sliders", "data-testid": "two_units-weights" })
    this.word = ""
  }

  /**
   * The sliders themselves stay, so that who moves one by the keyboard stays on it.
   * @param {Weights} weights
   */
  build(weights) {
    if (this.layers.length) return
    const named = layerWeights(weights)
    this.vector = vectorWeights(weights, 0).map(() => new WeightSlider(this))
    this.layers = named.map(weight => {
      const slider = new WeightSlider(this)
      slider.bind(weight, weight.name)
      return slider
    })
    const of = (/** @type {string} */ letters) =>
      this.layers.filter((_, i) => letters.includes(named[i].name[0])).map(({ node }) => node)
    const group = (/** @type {Node | string} */ legend, /** @type {Node[]} */ nodes) =>
      element("fieldset", {}, typeof legend === "string" ? element("legend", {}, legend) : legend, ...nodes)
    this.node.append(
      group(this.legend, this.vector.map(({ node }) => node)), // prettier-ignore
      group(t("W: from the word"), of("W")),
      group(t("U: from the memory"), of("U")),
      group(t("b, w, c: added to the units, and to the answer"), [...of("b"), ...of("w"), ...of("c")]),
    )
  }

  /**
   * The vector of the word that is read.
   * @param {Weights} weights
   * @param {string} word
   * @param {number} row of it
   */
  read(weights, word, row) {
    if (word === this.word) return
    this.word = word
    this.legend.textContent = t("The vector of “{word}”", { word })
    vectorWeights(weights, row).forEach((weight, e) => this.vector[e].bind(weight, ofWord(weight.name, word)))
  }

  /**
   * @param {Weights} weights
   * @param {Weights} trained
   */
  show(weights, trained) {
    const [now, before] = [flat(weights), flat(trained)]
    for (const slider of this.all) slider.show(now[slider.index], before[slider.index])
  }

  get all() {
    return [...this.vector, ...this.layers]
  }

  /**
   * @param {number} index of the weight that is chosen
   */
  mark(index) {
    for (const slider of this.all) slider.node.classList.toggle("hand-chosen", slider.index === index)
  }

  /**
   * The one that is moved next; where there is little room it stands first, right below the picture.
   * @param {number} index
   */
  first(index) {
    const chosen = this.all.find(slider => slider.index === index)
    for (const slider of this.all) slider.node.classList.toggle("hand-first", slider === chosen)
    return chosen
  }

  /**
   * A line of the diagram was clicked.
   * @param {number} index
   */
  choose(index) {
    this.first(index)?.input.focus({ preventScroll: true })
  }
}
