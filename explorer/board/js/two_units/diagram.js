// The network as a picture: the word's vector and the memory on the left, the units, the belief on the right. A line is
// a weight: the thicker the larger, dashed where it is negative; a click on it chooses its slider.
/** @import { Theme } from "../theme.js" */
/** @import { Weights } from "../payloads.js" */
/** @import { Step } from "./network.js" */
/** @import { NamedWeight } from "./names.js" */
import { ramp } from "../colour.js"
import { element } from "../dom.js"
import { t } from "../messages.js"
import { shape } from "../svg.js"
import { decimals, shortened, whole } from "../text.js"
import { rem } from "../theme.js"
import { flat } from "./network.js"
import { at, layerWeights, lowered, vectorWeights } from "./names.js"

const ROOMY = 520 // from this width on every line has its number; lengths are in sixteenths of a rem
const WIDEST = 820
const HALF = 17 // half the height of what stands on the left
// Where everything stands; `tall`: the whole picture, `half` and `radius`: of what stands on the left, and of a unit.
const WIDE = { tall: 322, x1: 52, x2: 104, m1: 190, m2: 242, a1: 96, a2: 222, y: 159, half: 34, radius: 34, answer: 42 }
const NARROW = {
  tall: 262,
  x1: 44,
  x2: 86,
  m1: 150,
  m2: 192,
  a1: 66,
  a2: 172,
  y: 119,
  half: 27,
  radius: 28,
  answer: 32,
}
/** @type {Record<string, number>} where on its line a number stands, 0…1, so that none covers another */
const PLACES = {
  W11: 0.45,
  W21: 0.34,
  W12: 0.63,
  W22: 0.34,
  U11: 0.63,
  U21: 0.45,
  U12: 0.45,
  U22: 0.45,
  w1: 0.5,
  w2: 0.5,
}
const WHOLE = 5 // a weight of this size has the thickest line

/** @typedef {{ x: number, y: number, half: number, half_tall: number }} Box */

/**
 * What the picture shows.
 * @typedef {object} Shown
 * @property {Weights} weights
 * @property {Step} step
 * @property {number} number of the step, from 1
 * @property {string} token that is read
 * @property {string | undefined} previous the token before it
 * @property {number} row of its vector
 * @property {number} picked which weight is chosen, as `flat` counts them
 */

export class Diagram {
  /** @param {(index: number) => void} onPick a line was clicked */
  constructor(onPick) {
    this.onPick = onPick
    this.node = element("div", { class: "hand-diagram", role: "img", "data-testid": "two_units-diagram" })
    this.node.onclick = ({ target }) => {
      const line = target instanceof Element ? target.closest("[data-weight]") : null
      if (line) this.onPick(Number(line.getAttribute("data-weight")))
    }
    this.width = 0 // of the node, in pixels
    /** @type {Shown | undefined} */
    this.shown = undefined
    /** @type {Theme | undefined} */
    this.theme = undefined
  }

  /**
   * @param {Shown} shown
   * @param {Theme} theme
   */
  draw(shown, theme) {
    this.shown = shown
    this.theme = theme
    this.node.setAttribute("aria-label", inWords(shown))
    const scale = rem() / 16
    this.width = this.node.clientWidth
    const room = Math.max(320, Math.min(WIDEST, (this.width || 700) / scale))
    const { tall } = room >= ROOMY ? WIDE : NARROW
    const svg = shape("svg", { viewBox: `0 0 ${room} ${tall}`, width: room * scale, height: tall * scale })
    svg.append(...new Drawing(shown, theme, room).parts())
    this.node.replaceChildren(svg)
  }

  fit() {
    if (this.shown && this.theme && Math.abs(this.node.clientWidth - this.width) >= 2) this.draw(this.shown, this.theme)
  }
}

/** One drawing in the room there is. */
class Drawing {
  /**
   * @param {Shown} shown
   * @param {Theme} theme
   * @param {number} room
   */
  constructor(shown, theme, room) {
    this.shown = shown
    this.roomy = room >= ROOMY
    this.numbers = flat(shown.weights)
    const { signed, diverging } = theme.palette
    this.negative = signed[0][1]
    this.positive = signed[signed.length - 1][1]
    this.belief = ramp(diverging)
    this.activation = ramp(signed)
    const plan = this.roomy ? WIDE : NARROW
    const { half, radius, answer } = plan
    this.tall = plan.tall
    const left = this.roomy ? 104 : 78
    const middle = this.roomy ? 0.6 * room : 196
    const right = room - answer - (this.roomy ? 10 : 4)
    const source = (/** @type {number} */ y) => ({ x: left, y, half, half_tall: HALF })
    const unit = (/** @type {number} */ y) => ({ x: middle, y, half: radius, half_tall: radius })
    /** @type {Record<string, Box>} */
    this.boxes = {
      x1: source(plan.x1),
      x2: source(plan.x2),
      m1: source(plan.m1),
      m2: source(plan.m2),
      a1: unit(plan.a1),
      a2: unit(plan.a2),
      y: { x: right, y: plan.y, half: answer, half_tall: answer },
    }
  }

  parts() {
    const { weights, row } = this.shown
    const layers = layerWeights(weights)
    return [
      tip(),
      ...layers.filter(({ index }) => index === this.shown.picked).map(weight => this.halo(weight)),
      ...layers.map(weight => this.line(weight)),
      this.loop(),
      ...this.sources(vectorWeights(weights, row)),
      ...this.units(),
      ...this.output(),
      ...layers.map(weight => this.label(weight)),
    ]
  }

  /**
   * Where a weight's line begins and ends; what is added to a sum comes from above.
   * @param {NamedWeight} weight
   */
  ends({ from, to }) {
    const end = this.boxes[to]
    if (from === "one") return { x1: end.x, y1: end.y - end.half_tall - 24, x2: end.x, y2: end.y - end.half_tall }
    const start = this.boxes[from]
    const angle = Math.atan2(end.y - start.y, end.x - start.x)
    const out = from.startsWith("a") ? start.half * Math.cos(angle) : start.half
    const down = from.startsWith("a") ? start.half * Math.sin(angle) : 0
    return {
      x1: start.x + out,
      y1: start.y + down,
      x2: end.x - end.half * Math.cos(angle),
      y2: end.y - end.half * Math.sin(angle),
    }
  }

  /** @param {NamedWeight} weight */
  halo(weight) {
    return shape("line", { ...this.ends(weight), class: "hand-halo" })
  }

  /** @param {NamedWeight} weight */
  line(weight) {
    const value = this.numbers[weight.index]
    const ends = this.ends(weight)
    const look = {
      stroke: value < 0 ? this.negative : this.positive,
      "stroke-width": (0.75 + (8 * Math.min(Math.abs(value), WHOLE)) / WHOLE).toFixed(2),
      "stroke-dasharray": value < 0 ? "7 4" : "none",
    }
    return shape(
      "g",
      { class: "hand-weight", "data-weight": weight.index },
      shape("title", {}, `${lowered(weight.name)} = ${decimals(value, 2)}`),
      shape("line", { ...ends, class: "hand-line", ...look }),
      shape("line", { ...ends, class: "hand-touch" }),
    )
  }

  /** @param {NamedWeight} weight */
  label(weight) {
    const { name, index, from, to } = weight
    const picked = index === this.shown.picked
    const number = decimals(this.numbers[index], 2)
    const named = `${lowered(name)} ${number}`
    const { x1, y1, x2, y2 } = this.ends(weight)
    if (from === "one") {
      const side = to === "y" ? { x: x1 - 10, "text-anchor": "end" } : { x: x1 + 10, "text-anchor": "start" }
      return numberOf(weight, this.roomy || picked ? named : lowered(name), picked, { ...side, y: y1 + 12 })
    }
    if (!this.roomy && !picked) return shape("g")
    const place = PLACES[name] ?? 0.5
    const middle = { x: x1 + place * (x2 - x1), y: y1 + place * (y2 - y1) + 5, "text-anchor": "middle" }
    return numberOf(weight, picked && this.roomy ? named : number, picked, middle)
  }

  /** @param {NamedWeight[]} vector of the word */
  sources(vector) {
    const { step, number, token, previous, picked } = this.shown
    const { x, half } = this.boxes.x1
    const memory = this.roomy ? memoryOf(previous) : t("memory")
    const words = [
      shape("text", { x: x - half, y: this.boxes.x1.y - HALF - 8, class: "hand-word" }, shortened(token, 12)),
      shape("text", { x: this.roomy ? x - half : 4, y: this.boxes.m1.y - HALF - 8, class: "hand-quiet" }, memory),
    ]
    const values = [...step.x, ...step.before]
    return [
      ...words,
      ...["x1", "x2", "m1", "m2"].flatMap((name, i) => {
        const box = this.boxes[name]
        const weight = vector[i]
        const label = i < 2 ? at(name, number) : at(`a${i - 1}`, number - 1)
        /** @type {Record<string, number>} */
        const own = weight ? { "data-weight": weight.index } : {}
        const classes = `hand-box${weight && weight.index === picked ? " hand-chosen" : ""}${weight ? " hand-weight" : ""}`
        return [
          shape("text", { x: box.x - box.half - 6, y: box.y + 5, "text-anchor": "end", class: "hand-name" }, label),
          shape(
            "g",
            own,
            shape("rect", {
              x: box.x - box.half,
              y: box.y - HALF,
              width: 2 * box.half,
              height: 2 * HALF,
              rx: 8,
              class: classes, // prettier-ignore
            }),
            shape(
              "text",
              { x: box.x, y: box.y + 5, "text-anchor": "middle", class: "hand-value" },
              decimals(values[i], 2),
            ),
          ),
        ]
      }),
    ]
  }

  units() {
    const { step, number } = this.shown
    return step.hidden.flatMap((value, h) => {
      const { x, y, half } = this.boxes[`a${h + 1}`]
      const colour = this.activation((value + 1) / 2)
      return [
        shape("circle", { cx: x, cy: y, r: half, class: "hand-unit", fill: `rgb(${colour})` }),
        shape(
          "text",
          { x, y: y + 6, "text-anchor": "middle", class: "hand-value hand-strong", fill: ink(colour) },
          decimals(value, 2),
        ),
        shape("text", { x, y: y + half + 18, "text-anchor": "middle", class: "hand-name" }, at(`a${h + 1}`, number)),
      ]
    })
  }

  output() {
    const { step, number } = this.shown
    const { x, y, half } = this.boxes.y
    const colour = this.belief(step.belief)
    return [
      shape("circle", { cx: x, cy: y, r: half, class: "hand-unit", fill: `rgb(${colour})` }),
      shape(
        "text",
        { x, y: y + 7, "text-anchor": "middle", class: "hand-belief", fill: ink(colour) },
        whole(step.belief),
      ),
      shape("text", { x, y: y + half + 20, "text-anchor": "middle", class: "hand-name" }, at("ŷ", number)),
    ]
  }

  // What the units hold now is the memory of the next step.
  loop() {
    const { x: to, y: end } = this.boxes.m2
    const { x: from, y, half } = this.boxes.a2
    const low = this.tall - (this.roomy ? 8 : 24) // where there is little room the words stand below the line
    const path = `M${from + half + 2} ${y + 14} C${from + half + 26} ${low}, ${from} ${low}, ${from - 40} ${low} L${to + 40} ${low} Q${to} ${low} ${to} ${end + HALF + 6}`
    const words = this.roomy ? t("becomes the memory for the next step") : t("for the next step")
    return shape(
      "g",
      {},
      shape("path", { d: path, class: "hand-loop", "marker-end": "url(#hand-tip)" }),
      shape(
        "text",
        {
          x: (from + to) / 2 + (this.roomy ? 12 : 6),
          y: this.roomy ? low - 8 : this.tall - 5,
          "text-anchor": "middle",
          class: "hand-quiet",
        },
        words,
      ),
    )
  }
}

/**
 * A number on its line, with the paper's colour behind it.
 * @param {NamedWeight} weight
 * @param {string} words
 * @param {boolean} picked
 * @param {Record<string, string | number>} place
 */
function numberOf({ index }, words, picked, place) {
  const classes = picked ? "hand-number hand-picked" : "hand-number"
  return shape(
    "g",
    { class: classes, "data-weight": index },
    shape("text", { ...place, class: "hand-behind", "aria-hidden": "true" }, words),
    shape("text", place, words),
  )
}

/** @param {string | undefined} word that was read before, undefined at the first step */
function memoryOf(word) {
  return word === undefined ? t("memory: empty") : t("memory of “{word}”", { word: shortened(word, 10) })
}

function tip() {
  const attributes = {
    id: "hand-tip",
    viewBox: "0 0 8 8",
    refX: 7,
    refY: 4,
    markerWidth: 9,
    markerHeight: 9,
    orient: "auto",
  }
  return shape("defs", {}, shape("marker", attributes, shape("path", { d: "M0 0 L8 4 L0 8 z", class: "hand-tip" })))
}

/**
 * What can be read on a colour.
 * @param {number[]} colour 0…255
 */
function ink([red, green, blue]) {
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? "#111820" : "#ffffff"
}

/** @param {Shown} shown */
function inWords({ weights, step, number, token }) {
  const list = (/** @type {number[]} */ values) => values.map(value => decimals(value, 2)).join(", ")
  return t(
    "Diagram of the network at step {step}, where it reads “{word}”. Its vector is {x}. The memory is {memory}. The two " +
      "units become {units}, and P(positive) is {belief}. Weights from the word: {W}. Weights from the memory: {U}. " +
      "Weights to the output: {w}.",
    {
      step: number,
      word: token,
      x: list(step.x),
      memory: list(step.before),
      units: list(step.hidden),
      belief: whole(step.belief),
      W: list(weights.W.flat()),
      U: list(weights.U.flat()),
      w: list(weights.w),
    },
  )
}
