// By hand: a recurrent network of two units as a picture, every product and sum computed anew when a weight moves.
// Words are always text nodes, never markup.
/** @import { ReadPhrase, SpreadsheetRequest, TwoUnitsBoard, Weights } from "../payloads.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Move } from "../two_units/moved_weights.js" */
/** @import { Step } from "../two_units/network.js" */
import { offer } from "../address.js"
import { Announcer } from "../announcer.js"
import { latest, mounted } from "../component.js"
import { Depths } from "../depths.js"
import { button, element, fill } from "../dom.js"
import { t } from "../messages.js"
import { notation } from "../notation.js"
import { readout } from "../phrase_strip.js"
import { offerPicture, withdrawPicture } from "../shell/pictures.js"
import { themeOf } from "../theme.js"
import { TimeCursor } from "../time_cursor.js"
import { Diagram } from "../two_units/diagram.js"
import { brief } from "../two_units/equations.js"
import { Judgements, summary } from "../two_units/judgements.js"
import { moves, withMoves, withWeights } from "../two_units/moved_weights.js"
import { layerWeights } from "../two_units/names.js"
import { flat, judged, rowsOf, run, unflat } from "../two_units/network.js"
import { Ribbon } from "../two_units/ribbon.js"
import { Score } from "../two_units/score.js"
import { Spreadsheet } from "../two_units/spreadsheet.js"
import { WeightSliders } from "../two_units/weight_sliders.js"
import { WrittenPhrase } from "../two_units/written_phrase.js"

const LETTERS = /** @type {const} */ (["A", "B"])

/**
 * How the weights were left when the visitor went to another page, and what the server had told of last by then: this
 * module outlives the page.
 * @type {{ linked: string, moved: Move[] } | undefined}
 */
let left

class TwoUnits {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    this.requests = Date.now() // counts them; starts where no visit before this one has been
    this.summary = new Announcer("hand-summary")
    this.trouble = new Announcer("stage-notes")
    this.notes = element("ul", { class: "stage-notes" })
    this.cursor = new TimeCursor(step => this.moveTo(step))
    this.ribbons = LETTERS.map((letter, i) => new Ribbon(letter, step => this.see(i, step)))
    this.diagram = new Diagram(index => this.choose(index))
    this.score = new Score()
    this.sliders = new WeightSliders(
      (index, value) => this.move(index, value),
      index => this.pick(index),
    )
    this.spreadsheet = new Spreadsheet(() => this.request())
    this.reset = button(t("Reset weights"), {}, () => this.restore())
    this.lines = element("div", { class: "hand-equations", "data-testid": "two_units-equations" })
    this.phrases = LETTERS.map(letter => new WrittenPhrase(letter))
    this.judgements = new Judgements()
    this.depths = new Depths(() => this.data && this.receive(this.data))
    /** @type {TwoUnitsBoard | undefined} */
    this.data = undefined
    /** @type {Theme | undefined} */
    this.theme = undefined
    /** @type {Weights | undefined} as they are now */
    this.weights = undefined
    this.linked = "" // the moved weights that the server told of last
    this.seen = 0 // which phrase is in the diagram
    this.picked = -1 // which weight is chosen
    /** @type {ReadPhrase[]} the phrases with the beliefs that the weights give */
    this.readings = []
    /** @type {Step[][]} of each phrase */
    this.computed = []
    this.frame = 0 // of the screen, in which all is computed anew
    /** @type {(event: unknown) => void} tells the server */
    this.ask = () => {}
    this.receive = latest(/** @param {TwoUnitsBoard} data */ data => this.draw(data))
    this.page = element("div", { class: "hand" })
    root.replaceChildren(this.trouble.node, this.notes, this.depths.node)
    this.arrange()
    this.resize = new ResizeObserver(() => this.diagram.fit())
    this.resize.observe(root)
  }

  // The picture with the sliders beside it; below it, folded, how to read it and all numbers.
  arrange() {
    const ribbons = element("div", { class: "hand-ribbons" }, ...this.ribbons.map(({ node }) => node))
    const picture = element(
      "div",
      { class: "hand-picture", "data-picture": "main" },
      this.score.node,
      ribbons,
      this.diagram.node,
    )
    const buttons = element(
      "p",
      { class: "hand-buttons" },
      this.reset,
      this.spreadsheet.button,
      " ",
      this.spreadsheet.status,
    )
    const side = element("div", { class: "hand-side" }, this.sliders.node, buttons, this.summary.node)
    this.page.append(picture, side, this.lines)
    offerPicture({ id: "hand", title: t("A recurrent network of two units"), node: picture })
    this.cursor.node.classList.add("stage-unseen") // the bar says it, and the ribbon shows it
    this.depths.place("see").append(this.page, this.cursor.node)
    const written = element("div", { class: "two-units-columns" }, ...this.phrases.map(({ node }) => node))
    this.depths.place("explain").append(...explanation(), written)
    this.depths.place("measure").append(this.judgements.node, ...this.phrases.map(({ steps }) => steps))
    this.depths.tidy()
  }

  close() {
    withdrawPicture("hand")
    this.resize.disconnect()
    this.cursor.close()
    this.summary.close()
    this.trouble.close()
    cancelAnimationFrame(this.frame)
  }

  /** @param {TwoUnitsBoard} data */
  async draw(data) {
    this.data = data
    this.theme = themeOf(this.root, data.palette)
    this.take(data)
    this.trouble.node.hidden = !data.trouble
    this.trouble.show(data.trouble ?? "")
    fill(
      this.notes,
      data.notes.map(note => element("li", {}, note)),
    )
    this.page.hidden = data.steps === 0
    this.seen = Math.min(this.seen, data.phrases.length - 1)
    this.ribbons.forEach((ribbon, i) => ribbon.draw(data.phrases[i]))
    this.phrases.forEach((phrase, i) => phrase.draw(data.phrases[i], data.columns))
    this.compute()
    this.cursor.reach(data.steps)
    this.spreadsheet.take(data.file)
    this.root.dataset.text = data.typed
    this.root.dataset.drawn = String(Number(this.root.dataset.drawn) + 1)
  }

  /**
   * Weights that were moved stay when other phrases come, and from one time that the page is open to the next; those
   * of another link take their place.
   * @param {TwoUnitsBoard} data
   */
  take({ weights, moved }) {
    const linked = JSON.stringify(moved)
    if (!this.weights) this.weights = withMoves(weights, left?.linked === linked ? left.moved : moved)
    else if (linked !== this.linked) this.weights = withMoves(weights, moved)
    this.linked = linked
    this.sliders.build(weights)
    if (this.picked >= 0) return
    this.pick(layerWeights(weights)[0].index)
    this.sliders.first(this.picked)
  }

  // However fast a slider moves, once for each picture that the screen shows.
  soon() {
    cancelAnimationFrame(this.frame)
    this.frame = requestAnimationFrame(() => {
      this.compute()
      this.moveTo(this.cursor.step)
    })
  }

  compute() {
    const { data, weights } = this
    if (!data || !weights) return
    const { phrases, words, pairs, lesson } = data
    this.computed = phrases.map(phrase => run(weights, rowsOf(words, phrase.tokens)))
    this.readings = phrases.map((phrase, i) => ({ ...phrase, belief: this.computed[i].map(({ belief }) => belief) }))
    this.readings.forEach(({ belief }, i) => {
      this.ribbons[i].compute(belief)
      if (this.depths.open("measure")) this.phrases[i].compute(weights, this.computed[i])
      else this.phrases[i].remember(weights, this.computed[i])
    })
    const judgements = judged(weights, words, pairs)
    this.score.draw(judgements)
    this.judgements.draw(judgements)
    const moved = moves(data.weights, weights)
    left = { linked: this.linked, moved }
    this.reset.disabled = moved.length === 0
    this.summary.show(summary(judgements, lesson, moved.length, flat(weights).length, words.length))
    const { query, before } = data.address
    const [now, earlier] = [query, before].map(text => withWeights(text, data.parameter, moved))
    offer({ ...data.address, query: now, before: earlier })
  }

  /** @param {number} step */
  moveTo(step) {
    if (!this.data?.steps) return
    this.ribbons.forEach((ribbon, i) => ribbon.moveTo(step, i === this.seen))
    this.phrases.slice(0, this.readings.length).forEach(phrase => phrase.moveTo(step))
    this.paint()
    this.cursor.tell(
      step,
      this.readings.map(phrase => readout(phrase, step)),
    )
  }

  // The diagram and its equations at the step of the phrase that is seen.
  paint() {
    const { data, weights, theme, computed } = this
    const steps = computed[this.seen]
    if (!data || !weights || !theme || !steps?.length) return
    const number = Math.max(1, Math.min(this.cursor.step, steps.length))
    const { tokens } = data.phrases[this.seen]
    const token = tokens[number - 1]
    const row = data.words.indexOf(token)
    this.sliders.read(weights, token, row)
    this.sliders.show(weights, data.weights)
    this.sliders.mark(this.picked)
    const step = steps[number - 1]
    this.diagram.draw({ weights, step, number, token, previous: tokens[number - 2], row, picked: this.picked }, theme)
    this.lines.replaceChildren(...brief(weights, step, number, this.picked))
  }

  /**
   * @param {number} phrase
   * @param {number} step
   */
  see(phrase, step) {
    this.seen = phrase
    this.cursor.set(step)
    this.moveTo(this.cursor.step)
  }

  /**
   * @param {number} index of a weight
   * @param {number} value
   */
  move(index, value) {
    if (!this.weights) return
    const numbers = flat(this.weights)
    numbers[index] = value
    this.weights = unflat(numbers, this.weights)
    this.soon()
  }

  /** @param {number} index of the weight that is chosen */
  pick(index) {
    if (index === this.picked) return
    this.picked = index
    this.paint()
  }

  /** @param {number} index of the line that was clicked */
  choose(index) {
    this.pick(index)
    this.sliders.choose(index)
  }

  restore() {
    if (!this.data) return
    this.weights = withMoves(this.data.weights, [])
    this.soon()
  }

  request() {
    if (!this.data || !this.weights) return
    this.requests += 1
    this.spreadsheet.wait(this.requests)
    /** @type {SpreadsheetRequest} */
    const event = {
      number: this.requests,
      weights: this.weights,
      phrases: this.data.phrases.map(({ tokens }) => tokens),
    }
    this.ask(event)
  }
}

function explanation() {
  const texts = [
    t(
      "A line is a weight: the thicker, the larger. A dashed line is a negative weight. Choose a line to move its slider.",
    ),
    t(
      "The network reads one word at a time. Each word is a vector of two numbers, x⟨t⟩. The two units mix it with the memory, a⟨t−1⟩, which is zero at first:",
    ),
    t("The belief that the text is positive, P(positive), comes from the two units:"),
    t(
      "tanh squeezes any sum into −1 to 1. σ squeezes any sum into 0 to 1: σ(z) = 1 / (1 + e⁻ᶻ). The sum inside σ is called the log-odds.",
    ),
    t("Below is every product of the step that you see."),
  ]
  const [picture, units, belief, squeezes, below] = texts.map(text => element("p", {}, text))
  const formula = (/** @type {string} */ text) => element("p", { class: "hand-formula" }, ...notation(text))
  return [
    picture,
    units,
    formula("a^<t> = tanh(W x^<t> + U a^<t-1> + b)"),
    belief,
    formula("ŷ^<t> = σ(w·a^<t> + c)"),
    squeezes,
    below,
  ]
}

export const { show, leave } = mounted(TwoUnits)
