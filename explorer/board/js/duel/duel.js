// The duel: two sentences side by side, what a model believes after each word, and where every model ends.
import { Announcer } from "../announcer.js"
import { button, element } from "../dom.js"
import { t } from "../messages.js"
import { parametersOf, placeOf } from "./address.js"
import { Answers, fromBase64 } from "./answers.js"
import { Field } from "./field.js"
import { Guess, difference } from "./guess.js"
import { Lines, called } from "./lines.js"
import { Menu } from "./menu.js"
import { NumbersTable } from "./numbers_table.js"
import { duelPicture } from "./picture.js"
import { Questions } from "./questions.js"
import { Ribbon } from "./ribbon.js"
import { shuffled, wordsOf } from "./shuffle.js"
import { Speaker, soFar, stepText } from "./speaker.js"
import { unchanged } from "./steps.js"

/** @import { Player } from "../player.js" */
/** @import { Pair } from "./address.js" */
/** @import { Model } from "./lines.js" */

/**
 * @typedef {object} Route the address
 * @property {() => URLSearchParams} read
 * @property {(changes: Record<string, string | null>) => void} replace
 * @property {(changes: Record<string, string | null>) => void} push
 * @property {(run: () => void) => () => void} onChange gives what stops it
 */
/** @typedef {{ models: (Model & { recurrent: boolean })[], pairs: Pair[], first: Record<string, string> }} Start */
/** @typedef {{ tell: (shown: Record<string, string>) => void }} Bridge */
/** @typedef {import("../zoom/zoom.js").Zoom} ZoomView */
/** @typedef {{ id: string, title: string, node: HTMLElement, svg: () => string }} Picture */
/** @typedef {{ offer: (picture: Picture) => void, withdraw: (id: string) => void }} Pictures where they can be taken */
/** @typedef {{ route: Route, start: Start, player: Player, pictures?: Pictures }} ZoomParts */
/** @typedef {new (node: HTMLElement, parts: ZoomParts) => ZoomView} ZoomClass */
/**
 * @typedef {object} Parts
 * @property {Start} start
 * @property {Route} route
 * @property {Bridge} bridge
 * @property {Player} player
 * @property {ZoomClass} [Zoom] what opens below the picture
 * @property {Pictures} [pictures]
 */

const REST = 300 // milliseconds after the last key before the rest of the page follows
const LONG = 400 // letters, from which on a pair is not offered by the way

export class Duel {
  /**
   * @param {HTMLElement} root
   * @param {Parts} parts
   */
  constructor(root, { start, route, bridge, player, Zoom, pictures }) {
    this.root = root
    this.start = start
    this.route = route
    this.bridge = bridge
    this.player = player
    this.names = start.models.map(({ name }) => name)
    this.model = "gru"
    /** @type {[string, string]} */
    this.texts = ["", ""]
    /** @type {Answers | null} */
    this.answers = null
    /** @type {Guess | null} */
    this.guessing = null
    /** @type {[number | null, number | null] | null} */
    this.guesses = null
    this.drawn = 0
    this.quiet = false // while the player is moved by what is drawn next anyway
    /** @type {string[] | null} */
    this.notesOf = null
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.telling = undefined
    this.fields = [new Field("A", () => this.typed(0)), new Field("B", () => this.typed(1))]
    this.ribbons = [new Ribbon("A", step => this.player.set(step)), new Ribbon("B", step => this.player.set(step))]
    this.lines = new Lines(this.start.models, name => this.choose(name))
    this.announcer = new Announcer("duel-sentence")
    this.speaker = new Speaker()
    this.notes = element("ul", { class: "duel-notes", hidden: true })
    this.numbers = new NumbersTable()
    this.zoomNode = element("div", { class: "duel-zoom" })
    this.lead = element("p", { class: "duel-lead" })
    const plain = { class: "duel-button" }
    this.playButton = button(t("Play"), { class: "duel-button duel-main", "data-do": "play" }, () => this.play())
    this.guessButton = button(t("Guess first"), plain, () => (this.guessing ? this.reveal() : this.guess()))
    this.anotherButton = button(t("Another pair"), plain, () => this.another())
    this.shuffleButton = button(t("Shuffle B"), plain, () => this.shuffle())
    this.more = new Menu(t("More"), () => this.choices())
    this.stage = element("div", { class: "duel-stage", "data-picture": "main" })
    this.board = element("div", { class: "duel-board" }) // the picture with its sentence, as it is presented
    this.build()
    this.questions = new Questions({
      answered: answers => this.answered(answers),
      late: () => this.late(),
      refused: reason => this.say(reason),
    })
    this.zoom = Zoom ? new Zoom(this.zoomNode, { route, start, player, pictures }) : null
    if (this.zoom) {
      this.zoom.onChange = () => this.later()
      this.zoom.door.classList.add("duel-button")
      this.more.node.after(this.zoom.door)
    }
    this.unfollow = player.follow(() => this.quiet || this.draw())
    this.unlisten = route.onChange(() => this.arrive())
    this.resizes = new ResizeObserver(() => this.resize())
    this.resizes.observe(this.stage)
    document.fonts?.ready.then(() => this.resize())
    this.pictures = pictures
    pictures?.offer({ id: "duel", title: t("Does word order matter?"), node: this.board, svg: () => this.picture() })
    this.arrive()
  }

  build() {
    const phrases = [0, 1].map(k => this.phrase(k))
    this.stage.append(element("div", { class: "duel-phrases" }, ...phrases), this.lines.node)
    this.board.append(this.stage, this.announcer.node)
    this.root.classList.add("duel")
    this.root.replaceChildren(
      element("header", { class: "duel-head" }, element("h1", {}, t("Does word order matter?")), this.lead),
      this.board,
      this.controls(),
      this.notes,
      this.zoomNode,
      this.numbers.node,
      this.speaker.node,
    )
  }

  /** @param {number} k */
  phrase(k) {
    const letter = element("span", { class: `duel-letter duel-letter-${"ab"[k]}`, "aria-hidden": "true" }, "AB"[k])
    return element(
      "div",
      { class: "duel-phrase" },
      letter,
      this.fields[k].node,
      this.ribbons[k].half,
      this.ribbons[k].node,
    )
  }

  controls() {
    const all = [this.playButton, this.guessButton, this.anotherButton, this.shuffleButton, this.more.node]
    return element("div", { class: "duel-controls", "data-controls": true }, ...all)
  }

  choices() {
    const [a, b] = this.texts
    return [
      [
        { text: t("Swap A and B"), run: () => this.put([b, a]) },
        { text: t("Clear both"), run: () => this.put(["", ""]) },
      ],
      this.start.pairs.map(pair => ({
        text: pair.name,
        run: () => this.put([pair.a, pair.b]),
        current: pair.a === a && pair.b === b,
      })),
    ]
  }

  // ------------------------------------------------------------------------------------------- what is shown

  /** The address says what is shown: at first, and as one goes back and forth. */
  arrive() {
    const { texts, model, guessing, lost } = placeOf(this.route.read(), this.start.pairs[0], this.names)
    const same = texts[0] === this.texts[0] && texts[1] === this.texts[1] && model === this.model
    this.texts = texts
    this.model = model
    this.fields.forEach((field, k) => field.put(texts[k]))
    if (guessing !== Boolean(this.guessing)) this.setGuessing(guessing)
    if (same && this.answers) return this.draw()
    this.changed(true)
    if (lost) this.say(t("The sentences of this link were too long for an address. Here is the first pair."))
  }

  /** @param {number} k whose text the visitor changed */
  typed(k) {
    this.texts = k === 0 ? [this.fields[0].text, this.texts[1]] : [this.texts[0], this.fields[1].text]
    this.guesses = null
    this.route.replace(parametersOf(this.texts, this.start.pairs[0]))
    this.changed(false)
  }

  /**
   * Buttons bring texts: Back brings the old ones.
   * @param {[string, string]} texts
   */
  put(texts) {
    this.texts = texts
    this.guesses = null
    this.fields.forEach((field, k) => field.put(texts[k]))
    this.route.push(parametersOf(texts, this.start.pairs[0]))
    this.changed(true)
  }

  /** @param {string} name of the model that is chosen */
  choose(name) {
    if (name === this.model) return
    this.model = name
    this.guesses = null
    this.route.push({ model: name === "gru" ? null : name })
    if (this.guessing) this.setGuessing(true)
    this.changed(false)
  }

  /**
   * Other texts or another model: what is still true of the old answer stays until the new one is there.
   * @param {boolean} whole whether the texts are others altogether
   */
  changed(whole) {
    this.questions.ask(this.texts, this.model) // the server answers while this draws
    this.fields.forEach(field => field.fit())
    const stored = this.stored()
    if (stored) {
      this.answers = stored
      this.reach(whole)
    }
    this.lead.textContent = this.invitation()
    this.draw()
    this.zoom?.show({ texts: this.texts, model: this.model })
    this.later()
  }

  invitation() {
    const model = this.modelName()
    return this.start.models.find(({ name }) => name === this.model)?.recurrent
      ? t(
          "Type two sentences, or press Play and watch the {model}, a network that reads one word at a time, make up its mind.",
          { model },
        )
      : t("Type two sentences, or press Play and watch the {model} make up its mind.", { model })
  }

  /** The rest of the page hears at rest of what is shown. */
  later() {
    clearTimeout(this.telling)
    this.telling = setTimeout(() => this.tell(), REST)
  }

  tell() {
    clearTimeout(this.telling)
    const query = this.route.read()
    const [a, b] = this.texts
    const where = ["zoom", "of", "step", "unit"].flatMap(name =>
      query.has(name) ? [[name, query.get(name) ?? ""]] : [],
    )
    this.bridge.tell({ a, b, model: this.model, ...Object.fromEntries(where) })
  }

  /** What came with the page: the answers to the pairs. */
  stored() {
    const pair = this.start.pairs.find(({ a, b }) => a === this.texts[0] && b === this.texts[1])
    const packet = pair && this.start.first[pair.name]
    return packet ? new Answers([...this.texts], fromBase64(packet)) : null
  }

  /** @param {Answers} answers */
  answered(answers) {
    this.root.removeAttribute("data-late")
    const fresh = this.answers?.texts[0] !== answers.texts[0] || this.answers?.texts[1] !== answers.texts[1]
    this.answers = answers
    this.reach(fresh && !this.current)
    this.draw()
    this.drawn += 1
    Object.assign(this.root.dataset, { drawn: String(this.drawn), textA: answers.texts[0], textB: answers.texts[1] })
  }

  /** @param {boolean} toEnd */
  reach(toEnd) {
    const steps = this.answers?.steps ?? 0
    this.quietly(() => {
      if (toEnd && this.player.step !== this.player.steps) this.player.set(this.player.steps)
      this.player.reach(steps)
    })
  }

  /**
   * The player tells all who follow it, but this is drawn once.
   * @param {() => void} change
   */
  quietly(change) {
    const before = this.quiet
    this.quiet = true
    try {
      change()
    } finally {
      this.quiet = before
    }
  }

  late() {
    if (this.current) return // what is drawn is what was typed
    this.root.setAttribute("data-late", "")
    this.say(t("Waiting for the explorer… Your text is kept."))
  }

  /** Whether the answers that are drawn are those to the texts of now. */
  get current() {
    return this.answers?.texts[0] === this.texts[0] && this.answers?.texts[1] === this.texts[1]
  }

  // ------------------------------------------------------------------------------------------- the picture

  resize() {
    this.fields.forEach(field => field.fit())
    this.draw()
  }

  draw() {
    const { answers, player } = this
    const moving = player.playing || player.step < player.steps
    this.playButton.textContent = player.playing ? t("Pause") : t("Play")
    this.playButton.disabled = Boolean(this.guessing) || player.steps === 0
    this.shuffleButton.disabled = new Set(wordsOf(this.texts[1])).size < 2
    for (const k of [0, 1]) this.drawRibbon(k, moving)
    if (answers) this.lines.tell(answers.models)
    const there = (/** @type {number} */ k) => this.texts[k].trim() !== ""
    const after = (/** @type {number} */ k, /** @type {string} */ name) =>
      there(k) ? (answers?.after(k, name, moving ? player.step : Infinity) ?? null) : null
    const ends = (/** @type {string} */ name) => ({ a: after(0, name), b: after(1, name) })
    const track = this.lines.track(this.model)
    if (this.guessing && track) this.guessing.over(this.lines.node, track, [there(0), there(1)])
    this.lines.draw(this.model, ends, Boolean(this.guessing), moving ? null : this.guesses)
    this.root.classList.toggle("duel-moving", moving)
    this.tellWords(moving)
  }

  /**
   * @param {number} k
   * @param {boolean} moving
   */
  drawRibbon(k, moving) {
    const { answers, player } = this
    const read = answers?.read(k)
    if (!answers || !read || this.guessing || !this.texts[k].trim()) return this.ribbons[k].clear()
    const still = unchanged(read.spans, answers.texts[k], this.texts[k])
    const kept = answers.texts[k] === this.texts[k] ? read.tokens.length : still
    const places = this.fields[k].places(kept === read.tokens.length ? read.spans : read.spans.slice(0, 2 * kept))
    const shown = kept === read.tokens.length ? read : { ...read, tokens: read.tokens.slice(0, kept) }
    const count = moving ? Math.min(player.step, kept) : kept
    const belief = answers.belief(k, this.model)
    this.ribbons[k].draw({ read: shown, belief, places, count, step: player.step, moving, model: this.modelName() })
  }

  /**
   * The sentence, the notes, the table, and what is read out.
   * @param {boolean} moving
   */
  tellWords(moving) {
    const { answers, player } = this
    if (this.guessing) {
      const model = this.modelName()
      this.say(t("Drag A and B to where you think the {model} will end. Then press Reveal.", { model }))
      this.notes.hidden = true
      return this.numbers.hide()
    }
    if (!answers || !this.current) return
    const { notes } = answers.header
    const conclusion = this.conclusion()
    if (player.step < player.steps) this.announcer.pass(soFar(answers, this.model, player.step))
    else if (conclusion !== null) this.say(conclusion)
    if (this.notesOf !== notes) {
      this.notesOf = notes
      this.notes.replaceChildren(...notes.map(note => element("li", {}, note)))
    }
    this.notes.hidden = notes.length === 0
    this.numbers.show(answers, this.start.models, this.model)
    const text = stepText(answers, this.model, Math.min(player.step, player.steps))
    this.quietly(() => player.say(text))
    if (moving) this.speaker.say(text)
  }

  /** What there is to notice once all is read; null where only another model's is known yet. */
  conclusion() {
    if (this.guesses) return difference(this.modelName(), this.guesses, this.endsOf(this.model))
    const header = this.current ? this.answers?.header : undefined
    return header?.model === this.model ? header.sentence : null
  }

  /** @param {string} name */
  endsOf(name) {
    return { a: this.answers?.after(0, name) ?? null, b: this.answers?.after(1, name) ?? null }
  }

  /** @param {string} text */
  say(text) {
    this.announcer.show(text)
  }

  /** The chosen model as a sentence calls it. */
  modelName() {
    const model = this.start.models.find(({ name }) => name === this.model)
    return model ? called(model) : this.model
  }

  /** The picture as SVG, to take away; without any answer while the visitor guesses. */
  picture() {
    const answers = this.guessing ? null : this.answers
    return duelPicture({
      title: t("Does word order matter?"),
      texts: this.texts.map((text, k) => ({
        text,
        read: answers?.read(k) ?? null,
        belief: [...(answers?.belief(k, this.model) ?? [])],
      })),
      chosen: this.model,
      models: this.start.models,
      ends: this.start.models.map(({ name }) => (answers ? this.endsOf(name) : { a: null, b: null })),
      sentence: (answers && this.conclusion()) ?? this.announcer.text.textContent ?? "",
      address: location.href,
      style: getComputedStyle(document.documentElement),
    })
  }

  // ------------------------------------------------------------------------------------------- what one does

  play() {
    if (this.player.playing) this.player.pause()
    else this.player.play()
  }

  /** Hides every answer and asks for a guess. */
  guess() {
    if (this.guessing) return
    this.route.push({ guess: "1" })
    this.setGuessing(true)
    this.draw()
    this.focusGuess()
  }

  focusGuess() {
    this.guessing?.handles.find(handle => !handle.hidden)?.focus()
  }

  /** Shows every answer, with the guesses beside the chosen model's. */
  reveal() {
    if (!this.guessing) return
    const [a, b] = this.guessing.values.map((value, k) => (this.texts[k].trim() ? value / 100 : null))
    this.setGuessing(false)
    this.guesses = [a, b]
    this.route.push({ guess: null })
    this.draw()
  }

  /** @param {boolean} on */
  setGuessing(on) {
    this.guessing?.close()
    const values = this.guessing?.values
    this.guessing = on ? new Guess(this.modelName()) : null
    values?.forEach((value, k) => this.guessing?.move(k, value))
    this.guesses = null
    if (on) {
      this.announcer.live.textContent = "" // what was read out before tells the answer too
      this.speaker.hush()
      this.ribbons.forEach(ribbon => ribbon.clear())
      if (this.player.playing) this.player.pause()
      this.player.set(this.player.steps)
    }
    this.guessButton.textContent = on ? t("Reveal") : t("Guess first")
    this.guessButton.classList.toggle("duel-main", on)
    this.root.classList.toggle("duel-guessing", on)
  }

  another() {
    const short = this.start.pairs.filter(({ a, b }) => a.length + b.length < LONG)
    const place = short.findIndex(({ a, b }) => a === this.texts[0] && b === this.texts[1])
    const { a, b } = short[(place + 1) % short.length]
    this.put([a, b])
  }

  shuffle() {
    const order = shuffled(this.texts[1])
    if (order !== null) this.put([this.texts[0], order])
  }

  close() {
    this.questions.close()
    this.announcer.close()
    this.unfollow()
    this.unlisten()
    this.resizes.disconnect()
    clearTimeout(this.telling)
    this.zoom?.close()
    this.pictures?.withdraw("duel")
    this.player.stop()
  }
}
