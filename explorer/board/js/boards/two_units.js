// By hand: a recurrent network of a few units, every product and sum of every step, computed anew when a weight moves.
// Words are always text nodes, never markup.
import { Chart } from "../panels/chart.js"
import { csv, element, fill, save, table } from "../dom.js"
import { lookOf, widthOf } from "../theme.js"
import { latest, mounted } from "../component.js"
import { Player } from "../time_cursor.js"
import { readout, Words } from "../phrase_strip.js"

const WIDE = 4 // a slider reaches from −4 to 4, further where the trained weight is
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

class Twin {
  constructor(root) {
    this.root = root
    this.asking = Date.now() // counts requests; starts where no visit before this one has been
    this.summary = element("p", { class: "stage-summary", role: "status" })
    this.trouble = element("p", { class: "stage-notes", role: "status" })
    this.notes = element("ul", { class: "stage-notes" })
    this.player = new Player(step => this.moveTo(step))
    this.phrases = ["A", "B"].map(letter => new Phrase(letter, step => this.player.set(step)))
    this.sliders = new Sliders(() => this.soon())
    this.texts = new Texts()
    this.book = new Book(() => this.request())
    this.chart = new Chart("twin", step => this.player.set(step))
    this.receive = latest(data => this.draw(data))
    this.paint = latest(chart => this.plot(chart))
    root.replaceChildren(
      this.summary,
      this.trouble,
      this.notes,
      this.book.node,
      this.player.node,
      element("div", { class: "twin-columns" }, ...this.phrases.map(phrase => phrase.node)),
      element("div", { class: "twin-columns" }, this.sliders.node, this.texts.node),
      this.chart.node,
    )
    this.resize = new ResizeObserver(() => this.chart.fit(widthOf(root)))
    this.resize.observe(root)
  }

  close() {
    this.resize.disconnect()
    this.player.pause()
    cancelAnimationFrame(this.frame)
    this.chart.close()
  }

  async draw(data) {
    this.data = data
    this.look = lookOf(this.root, data.palette)
    this.weights ??= structuredClone(data.weights) // those that were moved stay when other phrases come
    this.trouble.textContent = data.trouble ?? ""
    this.trouble.hidden = !data.trouble
    fill(
      this.notes,
      data.notes.map(note => element("li", {}, note)),
    )
    for (const node of [this.player.node, this.chart.node]) node.hidden = data.steps === 0
    this.book.button.disabled = data.steps === 0
    this.phrases.forEach((phrase, i) => phrase.draw(data.phrases[i], data.columns))
    this.sliders.draw(data, this.weights)
    this.compute()
    this.player.reach(data.steps)
    this.book.take(data.file)
    if (data.figure) await this.paint(this.belief())
    this.root.dataset.text = data.typed
    this.root.dataset.drawn = Number(this.root.dataset.drawn) + 1
  }

  // However fast a slider moves, once for each picture that the screen shows.
  soon() {
    cancelAnimationFrame(this.frame)
    this.frame = requestAnimationFrame(() => {
      this.compute()
      this.moveTo(this.player.step)
      if (this.data.figure) this.paint(this.belief())
    })
  }

  compute() {
    const { phrases, words, pairs, lesson } = this.data
    phrases.forEach((phrase, i) => {
      const steps = run(
        this.weights,
        phrase.tokens.map(token => words.indexOf(token)),
      )
      phrase.belief = steps.map(step => step.belief)
      this.phrases[i].compute(this.weights, steps)
    })
    const found = judged(this.weights, words, pairs)
    this.texts.draw(found)
    const said = summary(found, lesson, this.sliders.moved(), flat(this.weights).length)
    if (said !== this.summary.textContent) this.summary.textContent = said // read out only where it is another
  }

  moveTo(step) {
    if (!this.data?.steps) return
    this.phrases.slice(0, this.data.phrases.length).forEach(phrase => phrase.moveTo(step))
    this.chart.moveTo(step)
    this.player.say(
      step,
      this.data.phrases.map(phrase => readout(phrase, step)),
    )
  }

  // The figure of the server with the beliefs that the weights give as they are now.
  belief() {
    const { figure, phrases } = this.data
    const courses = phrases.map(({ phrase, tokens, belief }) => {
      const moves = tokens.map((token, t) => `“${token}” ${belief[t].toFixed(2)}`).join(", ")
      return `${phrase ? `${phrase}: ` : ""}${moves}.`
    })
    const ends = phrases
      .map(({ phrase, belief }) => `${phrase || "The belief"} ends at ${belief.at(-1).toFixed(2)}`)
      .join(", ")
    return {
      title: "The belief, word by word",
      alt: `Line chart of P(positive) after each step. ${courses.join(" ")}`,
      sentence: `${ends}. Above the dashed line at one half the network says positive, below it negative.`,
      figure: { ...figure, data: figure.data.map((trace, i) => ({ ...trace, y: packed(phrases[i].belief) })) },
    }
  }

  async plot(chart) {
    try {
      await this.chart.draw(chart, this.look)
    } catch (error) {
      this.chart.sentence.textContent = `The chart could not be drawn (${error.message}). Reload the page.`
    }
  }

  request() {
    this.asking += 1
    this.book.wait(this.asking)
    this.ask({ number: this.asking, weights: this.weights, phrases: this.data.phrases.map(phrase => phrase.tokens) })
  }
}

// ------------------------------------------------------------------------------------------------------- the computation

// Every product and every sum, as explorer/twin.py has them: a step for each row of the embedding.
function run({ embedding, W, U, b, w, c }, rows) {
  let before = b.map(() => 0)
  return rows.map(row => {
    const x = embedding[row],
      old = before
    const fromWord = W.map(line => line.map((weight, e) => weight * x[e]))
    const fromState = U.map(line => line.map((weight, k) => weight * old[k]))
    const total = b.map((bias, h) => sum(fromWord[h]) + sum(fromState[h]) + bias)
    const hidden = total.map(Math.tanh)
    const toLogit = w.map((weight, h) => weight * hidden[h])
    const logit = sum(toLogit) + c
    before = hidden
    return { x, before: old, fromWord, fromState, total, hidden, toLogit, logit, belief: 1 / (1 + Math.exp(-logit)) }
  })
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0)
}

// Each text of the pairs, positive ones first in theirs: its P(positive), and whether that is on the right side of one half.
function judged(weights, words, pairs) {
  return pairs.flatMap(pair =>
    pair.map((text, i) => {
      const { logit, belief } = run(
        weights,
        text.split(" ").map(token => words.indexOf(token)),
      ).at(-1)
      return { text, expected: ["positive", "negative"][i], belief, right: i ? logit < 0 : logit > 0 }
    }),
  )
}

function summary(found, lesson, moved, all) {
  const [good, bad] = lesson.map(text => found.find(one => one.text === text))
  const right = moved ? "still right" : "right"
  const is = one => `“${written(one.text)}” is ${one.right ? right : "wrong"}`
  const start = moved ? `With ${moved} of ${all} weights moved,` : `With the ${all} trained weights,`
  return `${start} ${is(good)} and ${is(bad)}; ${found.filter(one => one.right).length} of ${found.length} texts are right.`
}

function flat(weights) {
  return Object.values(weights).flat(2)
}

function packed(values) {
  const bytes = new Uint8Array(new Float32Array(values).buffer)
  return { dtype: "f4", bdata: btoa(String.fromCharCode(...bytes)), shape: String(values.length) }
}

// ------------------------------------------------------------------------------------------------ a phrase, written out

class Phrase {
  constructor(letter, onStep) {
    this.title = element("h2", { id: `twin-title-${letter}` })
    this.words = new Words(letter, onStep)
    this.lines = element("div", { class: "twin-lines" })
    this.scroll = element("div", { class: "stage-scroll stage-numbers", tabindex: "0", role: "region" })
    this.button = element("button", { type: "button", class: "stage-button" }, "Download as CSV")
    this.button.onclick = () =>
      save(`by-hand-${letter.toLowerCase()}.csv`, csv([this.columns, ...this.rows]), "text/csv")
    this.node = element(
      "section",
      { class: "stage-chart", "aria-labelledby": this.title.id, "data-testid": `twin-${letter}` },
      this.title,
      this.words.node,
      this.lines,
      this.scroll,
      element("p", {}, this.button),
    )
  }

  draw(phrase, columns) {
    this.node.hidden = !phrase
    this.words.draw(phrase)
    if (!phrase) return
    const text = written(phrase.tokens.join(" "))
    this.tokens = phrase.tokens
    this.columns = columns
    this.title.textContent = `${phrase.phrase ? `${phrase.phrase}: ` : ""}${text}`
    this.caption = `Every step of “${text}”`
    this.scroll.setAttribute("aria-label", `Table: ${this.caption}`)
    this.button.setAttribute("aria-label", `Download as CSV: every step of “${text}”`)
  }

  compute(weights, steps) {
    this.weights = weights
    this.steps = steps
    this.rows = steps.map((step, t) => [t + 1, this.tokens[t], ...numbers(weights, step)])
    const cells = this.rows.map(([t, token, ...values]) => [String(t), token, ...values.map(value => shown(value, 4))])
    this.scroll.replaceChildren(table(this.caption, this.columns, cells))
  }

  moveTo(step) {
    this.words.moveTo(step)
    this.scroll.querySelectorAll("tbody tr").forEach((row, t) => {
      row.classList.toggle("twin-now", t === step - 1)
      if (t === step - 1) row.setAttribute("aria-current", "step")
      else row.removeAttribute("aria-current")
    })
    this.lines.replaceChildren(...lines(this.weights, this.steps[step - 1], step, this.tokens[step - 1]))
  }
}

// The numbers of a step in the order of the table's columns.
function numbers({ b, c }, step) {
  const sums = b.flatMap((bias, h) => [...step.fromWord[h], ...step.fromState[h], bias, step.total[h], step.hidden[h]])
  return [...step.x, ...step.before, ...sums, ...step.toLogit, c, step.logit, step.belief]
}

// A step as equations: names, then their values, then the products, then the sum.
function lines(weights, step, t, token) {
  const remembered = t === 1 ? "zeros, since there is no step before" : `what step ${t - 1} left`
  const terms = weights.w.map((weight, h) =>
    term(`w_${h + 1}·a_${h + 1}^<${t}>`, weight, step.hidden[h], step.toLogit[h], 4),
  )
  return [
    equation(`x^<${t}>`, `the vector of “${token}”`, vector(step.x, 2)),
    equation(`a^<${t - 1}>`, remembered, vector(step.before, 4)),
    ...weights.b.flatMap((_, h) => unit(weights, step, t, h)),
    equation("log-odds", ...added(terms, "c", weights.c), shown(step.logit, 4)),
    equation(`ŷ^<${t}>`, "σ(log-odds)", `1 / (1 + e^(−${shown(step.logit, 4, true)}))`, shown(step.belief, 4)),
  ]
}

function unit({ W, U, b }, step, t, h) {
  const j = h + 1,
    total = shown(step.total[h], 4)
  const terms = [
    ...step.x.map((x, e) => term(`W_${j}${e + 1}·x_${e + 1}^<${t}>`, W[h][e], x, step.fromWord[h][e], 2)),
    ...step.before.map((a, k) => term(`U_${j}${k + 1}·a_${k + 1}^<${t - 1}>`, U[h][k], a, step.fromState[h][k], 4)),
  ]
  return [
    equation(`sum_${j}`, ...added(terms, `b_${j}`, b[h]), total),
    equation(`a_${j}^<${t}>`, `tanh(sum_${j})`, `tanh(${total})`, shown(step.hidden[h], 4)),
  ]
}

function term(name, weight, value, product, digits) {
  return { name, factors: `${shown(weight, 2, true)}·${shown(value, digits, true)}`, product: shown(product, 4, true) }
}

// Terms and a bias, three times: by name, as factors, as products.
function added(terms, name, bias) {
  const number = shown(bias, 2, true)
  const sides = [
    ["name", name],
    ["factors", number],
    ["product", number],
  ]
  return sides.map(([part, last]) => [...terms.map(one => one[part]), last].join(" + "))
}

// Each right side on a line of its own.
function equation(left, ...sides) {
  return element("p", {}, ...notation(left), ...sides.map(side => element("span", {}, "= ", ...notation(side))))
}

function vector(values, digits) {
  return `(${values.map(value => shown(value, digits)).join(", ")})`
}

// A number; with `braces` a negative one stands in them, as behind a plus or a point.
function shown(value, digits, braces = false) {
  const text = value
    .toFixed(digits)
    .replace(/^-(?=[0.]+$)/, "")
    .replace("-", "−")
  return braces && text.startsWith("−") ? `(${text})` : text
}

// "a_1^<2>" as a with 1 lowered and ⟨2⟩ raised.
function notation(formula) {
  return formula.split(/(\^<\d+>|_\d+)/).map(piece => {
    if (piece.startsWith("^<")) return element("sup", {}, `⟨${piece.slice(2, -1)}⟩`)
    return piece.startsWith("_") ? element("sub", {}, piece.slice(1)) : piece
  })
}

// Tokens joined as people write them.
function written(text) {
  return text.replaceAll(" ,", ",")
}

// ------------------------------------------------------------------------------------------------------------ the weights

class Sliders {
  constructor(onMove) {
    this.onMove = onMove
    this.title = element("h2", { id: "twin-title-weights" }, "The weights")
    this.again = element("button", { type: "button", class: "stage-button" }, "Trained weights again")
    this.groups = element("div")
    this.node = element(
      "section",
      { class: "stage-chart", "aria-labelledby": this.title.id, "data-testid": "twin-weights" },
      this.title,
      element("p", {}, this.again),
      this.groups,
    )
    this.again.onclick = () => this.reset()
  }

  // Built anew only for other words, so that who moves one by the keyboard stays on it.
  draw({ weights: trained, phrases, words }, weights) {
    const read = [...new Set(phrases.flatMap(phrase => phrase.tokens))].sort()
    this.trained = trained
    this.weights = weights
    if (this.read === read.join(" ")) return
    this.read = read.join(" ")
    this.groups.replaceChildren(...read.map(word => this.vector(word, words.indexOf(word))), ...this.layers())
  }

  vector(word, row) {
    return this.group(
      `The vector of “${word}”`,
      this.row(e => `x${e} of “${word}”`, "embedding", row),
    )
  }

  layers() {
    const { W, U } = this.trained
    return [
      this.group(
        "W, from the word to the sums",
        W.flatMap((_, h) => this.row(e => `W${h + 1}${e}`, "W", h)),
      ),
      this.group(
        "U, from the state before to the sums",
        U.flatMap((_, h) => this.row(k => `U${h + 1}${k}`, "U", h)),
      ),
      this.group(
        "b, added to the sums",
        this.row(h => `b${h}`, "b"),
      ),
      this.group(
        "w, from the state to the log-odds",
        this.row(h => `w${h}`, "w"),
      ),
      this.group("c, added to the log-odds", [this.slider("c", this.trained, this.weights, "c")]),
    ]
  }

  group(legend, sliders) {
    return element("fieldset", { class: "twin-group" }, element("legend", {}, legend), ...sliders)
  }

  // The sliders of a vector, or of one row of a matrix; `label` gives their names by their numbers from 1.
  row(label, name, row = null) {
    const [trained, weights] = [this.trained, this.weights].map(all => (row === null ? all[name] : all[name][row]))
    return trained.map((_, i) => this.slider(label(i + 1), trained, weights, i))
  }

  slider(label, trained, weights, at) {
    const reach = Math.max(WIDE, Math.ceil(Math.abs(trained[at])))
    const value = element("span", { class: "twin-value", "aria-hidden": "true" }, shown(weights[at], 2)) // the slider says it
    const input = element("input", { type: "range", min: -reach, max: reach, step: 0.01, value: weights[at] })
    input.oninput = () => {
      weights[at] = Number(input.value)
      value.textContent = shown(weights[at], 2)
      this.onMove()
    }
    input.back = () => {
      input.value = trained[at]
      value.textContent = shown(trained[at], 2)
    }
    return element("label", { class: "twin-weight" }, element("span", {}, label), input, value)
  }

  // Of all words, also of those that are not in view.
  reset() {
    restore(this.weights, this.trained)
    this.groups.querySelectorAll("input").forEach(input => input.back())
    this.onMove()
  }

  moved() {
    const before = flat(this.trained)
    return flat(this.weights).filter((weight, i) => weight !== before[i]).length
  }
}

function restore(to, from) {
  for (const [name, value] of Object.entries(from)) {
    if (Array.isArray(value)) restore(to[name], value)
    else to[name] = value
  }
}

// --------------------------------------------------------------------------------------------- the texts to be right about

class Texts {
  constructor() {
    const name = "Table: the texts and whether they are right"
    this.title = element("h2", { id: "twin-title-texts" }, "Is it still right?")
    this.scroll = element("div", { class: "stage-scroll", tabindex: "0", role: "region", "aria-label": name })
    this.node = element(
      "section",
      { class: "stage-chart", "aria-labelledby": this.title.id, "data-testid": "twin-texts" },
      this.title,
      this.scroll,
    )
  }

  draw(found) {
    const columns = ["Text", "A reader says", "P(positive)", "The network is"]
    const rows = found.map(({ text, expected, belief, right }) => [
      element("span", { class: "stage-long" }, written(text)),
      expected,
      belief.toFixed(3),
      right ? "right" : element("span", { class: "stage-wrong" }, "wrong"),
    ])
    this.scroll.replaceChildren(table("Pairs of texts, the positive one first", columns, rows))
  }
}

// --------------------------------------------------------------------------------------------------------- the spreadsheet

class Book {
  constructor(onAsk) {
    const name = "Download as a spreadsheet with working formulas"
    this.button = element("button", { type: "button", class: "stage-button" }, name)
    this.said = element("span", { role: "status", class: "stage-small" })
    this.node = element("p", {}, this.button, " ", this.said)
    this.button.onclick = onAsk
  }

  wait(number) {
    this.number = number
    this.said.textContent = "The spreadsheet is being made."
  }

  // Each request is answered once; what another one got is left alone.
  take(file) {
    if (!file || file.number !== this.number) return
    this.number = null
    this.said.textContent = file.trouble ?? "Saved, with the weights as they were when you asked."
    if (file.data) {
      save(
        "by-hand.xlsx",
        Uint8Array.from(atob(file.data), character => character.charCodeAt(0)),
        XLSX,
      )
    }
  }
}

export const { show, leave } = mounted(Twin)
