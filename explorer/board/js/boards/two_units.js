// By hand: a recurrent network of a few units, every product and sum of every step, computed anew when a weight moves.
// Words are always text nodes, never markup.
/** @import { Figure, ReadPhrase, SpreadsheetRequest, TwoUnitsBoard, Weights } from "../payloads.js" */
/** @import { Theme } from "../theme.js" */
/** @import { ChartData } from "../panels/chart.js" */
import { offer } from "../address.js"
import { Announcer } from "../announcer.js"
import { latest, mounted } from "../component.js"
import { element, fill } from "../dom.js"
import { Chart } from "../panels/chart.js"
import { messageOf } from "../panels/still_plot.js"
import { readout } from "../phrase_strip.js"
import { pack } from "../figure.js"
import { themeOf, widthOf } from "../theme.js"
import { TimeCursor } from "../time_cursor.js"
import { Judgements, summary } from "../two_units/judgements.js"
import { flat, judged, rowsOf, run } from "../two_units/network.js"
import { Spreadsheet } from "../two_units/spreadsheet.js"
import { WeightSliders } from "../two_units/weight_sliders.js"
import { WrittenPhrase } from "../two_units/written_phrase.js"

class TwoUnits {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    this.requests = Date.now() // counts them; starts where no visit before this one has been
    this.summary = new Announcer("stage-summary")
    this.trouble = new Announcer("stage-notes")
    this.notes = element("ul", { class: "stage-notes" })
    this.cursor = new TimeCursor(step => this.moveTo(step))
    const letters = /** @type {const} */ (["A", "B"])
    this.phrases = letters.map(letter => new WrittenPhrase(letter, step => this.cursor.set(step)))
    this.sliders = new WeightSliders(() => this.soon())
    this.judgements = new Judgements()
    this.spreadsheet = new Spreadsheet(() => this.request())
    this.chart = new Chart("two_units", {
      onStep: step => this.cursor.set(step),
      onUnit: () => {},
      ask: event => this.ask(event),
      now: () => this.cursor.step,
      moved: {},
    })
    /** @type {TwoUnitsBoard | undefined} */
    this.data = undefined
    /** @type {Theme | undefined} */
    this.theme = undefined
    /** @type {Weights | undefined} as they are now */
    this.weights = undefined
    /** @type {ReadPhrase[]} the phrases with the beliefs that the weights give */
    this.readings = []
    this.frame = 0 // of the screen, in which all is computed anew
    /** @type {(event: unknown) => void} tells the server */
    this.ask = () => {}
    this.receive = latest(/** @param {TwoUnitsBoard} data */ data => this.draw(data))
    this.paint = latest(/** @param {Figure} figure */ figure => this.plot(figure))
    root.replaceChildren(
      this.summary.node,
      this.trouble.node,
      this.notes,
      this.spreadsheet.node,
      this.cursor.node,
      element("div", { class: "two-units-columns" }, ...this.phrases.map(({ node }) => node)),
      element("div", { class: "two-units-columns" }, this.sliders.node, this.judgements.node),
      this.chart.node,
    )
    this.resize = new ResizeObserver(() => this.chart.fit(widthOf(root)))
    this.resize.observe(root)
  }

  close() {
    this.resize.disconnect()
    this.cursor.close()
    this.summary.close()
    this.trouble.close()
    cancelAnimationFrame(this.frame)
    this.chart.close()
  }

  /** @param {TwoUnitsBoard} data */
  async draw(data) {
    this.data = data
    this.theme = themeOf(this.root, data.palette)
    this.weights ??= structuredClone(data.weights) // those that were moved stay when other phrases come
    this.trouble.node.hidden = !data.trouble
    this.trouble.show(data.trouble ?? "")
    fill(
      this.notes,
      data.notes.map(note => element("li", {}, note)),
    )
    for (const node of [this.cursor.node, this.chart.node]) node.hidden = data.steps === 0
    this.spreadsheet.button.disabled = data.steps === 0
    this.phrases.forEach((phrase, i) => phrase.draw(data.phrases[i], data.columns))
    this.sliders.draw(data, this.weights)
    this.compute(data, this.weights)
    this.cursor.reach(data.steps)
    this.spreadsheet.take(data.file)
    if (data.figure) await this.paint(data.figure)
    offer(data.address)
    this.root.dataset.text = data.typed
    this.root.dataset.drawn = String(Number(this.root.dataset.drawn) + 1)
  }

  // However fast a slider moves, once for each picture that the screen shows.
  soon() {
    cancelAnimationFrame(this.frame)
    this.frame = requestAnimationFrame(() => {
      if (!this.data || !this.weights) return
      this.compute(this.data, this.weights)
      this.moveTo(this.cursor.step)
      if (this.data.figure) this.paint(this.data.figure)
    })
  }

  /**
   * @param {TwoUnitsBoard} data
   * @param {Weights} weights
   */
  compute({ phrases, words, pairs, lesson }, weights) {
    this.readings = phrases.map((phrase, i) => {
      const steps = run(weights, rowsOf(words, phrase.tokens))
      this.phrases[i].compute(weights, steps)
      return { ...phrase, belief: steps.map(({ belief }) => belief) }
    })
    const judgements = judged(weights, words, pairs)
    this.judgements.draw(judgements)
    this.summary.show(summary(judgements, lesson, this.sliders.moved(), flat(weights).length))
  }

  /** @param {number} step */
  moveTo(step) {
    if (!this.data?.steps) return
    this.phrases.slice(0, this.readings.length).forEach(phrase => phrase.moveTo(step))
    this.chart.moveTo(step)
    this.cursor.tell(
      step,
      this.readings.map(phrase => readout(phrase, step)),
    )
  }

  /**
   * The server's figure with the beliefs that the weights give as they are now.
   * @param {Figure} figure
   */
  async plot(figure) {
    if (!this.theme) return
    try {
      await this.chart.draw(beliefChart(figure, this.readings), this.theme)
    } catch (error) {
      this.chart.sentence.textContent = `The chart could not be drawn (${messageOf(error)}). Reload the page.`
    }
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

/**
 * @param {Figure} figure
 * @param {ReadPhrase[]} phrases
 * @returns {ChartData}
 */
function beliefChart(figure, phrases) {
  const courses = phrases.map(({ phrase, tokens, belief }) => {
    const moves = tokens.map((token, t) => `“${token}” ${belief[t].toFixed(2)}`).join(", ")
    return `${phrase ? `${phrase}: ` : ""}${moves}.`
  })
  const ends = phrases.map(({ phrase, belief }) => {
    return `${phrase || "The belief"} ends at ${belief[belief.length - 1].toFixed(2)}`
  })
  return {
    title: "The belief, word by word",
    alt: `Line chart of P(positive) after each step. ${courses.join(" ")}`,
    sentence: `${ends.join(", ")}. Above the dashed line at one half the network says positive, below it negative.`,
    figure: { ...figure, data: figure.data.map((trace, i) => ({ ...trace, y: pack(phrases[i].belief) })) },
  }
}

export const { show, leave } = mounted(TwoUnits)
