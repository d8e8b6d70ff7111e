// The memory: the network unrolled, a block of all units for each word, the one box of weights below them.
/** @import { Moves, View } from "./level.js" */
import { button, element, fill, table } from "../dom.js"
import { t } from "../messages.js"
import { decimals, shortened } from "../text.js"
import { rem } from "../theme.js"
import { touchAlone } from "../touch.js"
import { Block } from "./block.js"
import { coloured, Level } from "./level.js"
import { briefly } from "./sentences.js"
import { drawing, squares, words } from "./svg_file.js"

const WIDTH = 9.25 // rem of a step at least
const HIDDEN = { name: "hidden", gate: false }

export class MemoryLevel extends Level {
  /** @param {Moves} moves */
  constructor(moves) {
    super("memory", moves)
    this.mode = new Mode(moves)
    this.legend = new Legend()
    this.earlier = button("←", { class: "zoom-button zoom-turn" }, () => this.turn(-1))
    this.later = button("→", { class: "zoom-button zoom-turn" }, () => this.turn(1))
    this.track = element("ol", { class: "zoom-track" })
    this.shared = element("p", { class: "zoom-shared" })
    this.readout = element("p", { class: "zoom-readout" }) // what the unit under the pointer does
    this.gates = button("", { class: "zoom-button zoom-open" }, () => moves.open("gates", {}, this.gates))
    const unrolled = element("div", { class: "zoom-unrolled" }, this.earlier, this.track, this.later)
    this.picture = element("div", { class: "zoom-picture" }, unrolled, this.shared)
    const key = element("div", { class: "zoom-key" }, this.mode.node, this.legend.node)
    this.node.append(this.picture, this.gates, this.readout, key, this.numbers.node)
    /** @type {Column[]} */
    this.columns = []
    this.start = 1 // the first step that is drawn
    this.room = 0 // pixels that the steps have
    this.resize = new ResizeObserver(() => {
      this.room = 0
      if (this.view && !this.node.hidden) this.draw(this.view)
    })
    this.resize.observe(this.node)
  }

  /** @override */
  get blocks() {
    return this.columns.map(({ block }) => block)
  }

  /** @param {number} way */
  turn(way) {
    if (this.view) this.moves.toStep(this.view.step + way)
  }

  /**
   * @override
   * @param {View} view
   */
  draw(view) {
    super.draw(view)
    const { run, step, pushes } = view
    this.title.textContent = t("What does the {model} remember after each word?", { model: run.label })
    const { units } = run
    this.lead.textContent = touchAlone()
      ? t("Each square is one of {units} units, always in the same place. Tap one for its equation.", { units })
      : t("Each square is one of {units} units, always in the same place. Click one for its equation.", { units })
    fill(this.shared, [
      element("span", {}, t("Every step uses the same weights")),
      element("span", { class: "zoom-weights" }, run.weights),
    ])
    this.arrange(view)
    this.columns.forEach((column, place) => column.draw(view, this.start + place))
    this.earlier.disabled = step <= 1
    this.later.disabled = step >= run.steps
    this.earlier.setAttribute("aria-label", t("One word back"))
    this.later.setAttribute("aria-label", t("One word on"))
    const word = shortened(run.tokens[step - 1], 24)
    this.gates.textContent = run.quantities.some(({ gate }) => gate)
      ? t("What did the gates do at “{word}”?", { word })
      : t("What happened inside at “{word}”?", { word })
    this.mode.draw(pushes)
    this.legend.draw(pushes)
    this.numbers.show(() => this.tabulated(view))
  }

  /**
   * As many steps as fit, the one that is shown among them.
   * @param {View} view
   */
  arrange({ run, step, unit, pointed }) {
    this.room ||= this.picture.clientWidth
    const room = this.room / rem()
    const fits = Math.max(1, Math.min(run.steps, Math.floor((room - 2) / WIDTH)))
    if (step < this.start) this.start = fits > 2 ? step - 1 : step
    if (step >= this.start + fits) this.start = fits > 2 ? step - 1 : step - fits + 1
    this.start = Math.max(1, Math.min(this.start, run.steps - fits + 1))
    while (this.columns.length > fits) this.columns.pop()?.node.remove()
    while (this.columns.length < fits) {
      const column = new Column(this.moves)
      column.block.point(unit, pointed)
      this.columns.push(column)
      this.track.append(column.node)
    }
    this.track.classList.toggle("zoom-before", this.start > 1)
    this.track.classList.toggle("zoom-after", this.start + fits - 1 < run.steps)
    this.earlier.hidden = this.later.hidden = fits === run.steps
  }

  /** @param {View} view */
  tabulated({ run, pushes }) {
    const steps = this.columns.map((_, place) => this.start + place).filter(step => run.has(step))
    const columns = [t("Unit"), ...steps.map(step => `${step} ${shortened(run.tokens[step - 1], 16)}`)]
    const values = steps.map(step => run.values("hidden", step)).map(found => (pushes ? run.pushes(found) : found))
    const rows = Array.from({ length: run.units }, (_, unit) => [
      String(unit),
      ...values.map(found => decimals(found[unit], pushes ? 4 : 3)),
    ])
    const caption = pushes
      ? t("Push of each unit on the verdict, in log-odds")
      : t("Activation of each unit, from −1 to 1")
    return table(caption, columns, rows)
  }

  /** @override */
  svg() {
    const { view } = this
    if (!view) return ""
    const { run } = view
    const steps = this.columns.map((_, place) => this.start + place).filter(step => run.has(step))
    const wide = 200
    const parts = steps.flatMap((step, place) => {
      const x = 40 + place * wide
      const { values, scale, reach } = coloured(view, HIDDEN, step)
      return [
        words(x + 50, 40, briefly(run.belief(step)), { size: 24, weight: 700 }),
        words(x + 50, 64, `ŷ⟨${step}⟩`),
        ...squares(x, 80, values, scale, reach, 12.5),
        words(x + 50, 310, shortened(run.tokens[step - 1], 14), { size: 20 }),
        words(x + 50, 334, `x⟨${step}⟩`),
        ...(place ? [words(x - 50, 170, `a⟨${step - 1}⟩`), words(x - 50, 196, "⟶", { size: 34 })] : []),
      ]
    })
    const width = steps.length * wide
    return drawing(width, 390, this.title.textContent ?? "", [
      ...parts,
      words(width / 2, 372, this.shared.textContent ?? ""),
    ])
  }
}

// One word: what is believed after it, all units, the word, what goes on to the next step.
class Column {
  /** @param {Moves} moves */
  constructor(moves) {
    this.step = 1
    this.belief = element("span", { class: "zoom-belief" })
    this.output = element("span", { class: "zoom-mark" })
    this.block = new Block({
      onPoint: moves.pointing.onPoint,
      onPick: (unit, from) => moves.open("unit", { step: this.step, unit }, from),
    })
    this.frame = element("div", { class: "zoom-frame" }, this.block.node)
    this.word = button("", { class: "zoom-word" }, () => moves.toStep(this.step))
    this.input = element("span", { class: "zoom-mark" })
    this.memory = element("span", { class: "zoom-mark" })
    this.arrow = element("div", { class: "zoom-arrow" }, this.memory)
    const column = [this.belief, this.output, this.frame, this.word, this.input]
    this.node = element("li", { class: "zoom-step" }, this.arrow, element("div", { class: "zoom-column" }, ...column))
  }

  /**
   * @param {View} view
   * @param {number} step
   */
  draw(view, step) {
    const { run } = view
    this.step = step
    const word = shortened(run.tokens[step - 1], 18)
    const now = step === view.step
    const belief = run.belief(step)
    this.belief.textContent = briefly(belief)
    this.belief.dataset.leaning = belief > 0.6 ? "positive" : belief < 0.4 ? "negative" : "unsure"
    this.output.textContent = `ŷ⟨${step}⟩`
    this.word.textContent = word
    this.word.setAttribute("aria-pressed", String(now))
    this.input.textContent = `x⟨${step}⟩`
    this.memory.textContent = `a⟨${step - 1}⟩`
    this.node.classList.toggle("zoom-now", now)
    this.node.classList.toggle("zoom-start", step === 1)
    if (!run.has(step)) return
    const { values, scale, reach } = coloured(view, HIDDEN, step)
    const label = view.pushes
      ? t("Push of each unit after “{word}”, arrow keys move, Enter opens a unit", { word })
      : t("Activation of each unit after “{word}”, arrow keys move, Enter opens a unit", { word })
    this.block.draw(label, values, scale, reach)
  }
}

// What the colours show.
class Mode {
  /** @param {Moves} moves */
  constructor(moves) {
    this.push = button(t("Push on the verdict"), { class: "zoom-button" }, () => moves.colour(true))
    this.plain = button(t("Plain activation"), { class: "zoom-button" }, () => moves.colour(false))
    const attributes = { class: "zoom-mode", role: "group", "aria-label": t("The colours show") }
    this.node = element("div", attributes, this.push, this.plain)
  }

  /** @param {boolean} pushes */
  draw(pushes) {
    this.push.setAttribute("aria-pressed", String(pushes))
    this.plain.setAttribute("aria-pressed", String(!pushes))
  }
}

// The scale with its ends.
class Legend {
  constructor() {
    this.low = element("span")
    this.bar = element("span", { class: "zoom-ramp", "aria-hidden": "true" })
    this.high = element("span")
    this.node = element("p", { class: "zoom-legend" }, this.low, this.bar, this.high)
  }

  /** @param {boolean} pushes */
  draw(pushes) {
    this.bar.dataset.scale = pushes ? "diverging" : "signed"
    this.low.textContent = pushes ? t("pushes towards negative (with a stroke)") : t("−1 (with a stroke)")
    this.high.textContent = pushes ? t("pushes towards positive") : t("+1")
  }
}
