// A board: one phrase, or two, under one time cursor, and panels below, whose nodes stay as one types. Words are always
// text nodes, never markup.
/** @import { Address, MovedSliders, ReadPhrase, Palettes } from "./payloads.js" */
/** @import { Panel, Tools } from "./panels/panel.js" */
import { Announcer } from "./announcer.js"
import { offer } from "./address.js"
import { latest } from "./component.js"
import { Depths } from "./depths.js"
import { element, fill } from "./dom.js"
import { follow } from "./links.js"
import { messageOf } from "./panels/still_plot.js"
import { PhraseStrip, readout } from "./phrase_strip.js"
import { offerPicture, withdrawPicture } from "./shell/pictures.js"
import { typeset } from "./text.js"
import { rem, themeOf, widthOf } from "./theme.js"
import { TimeCursor } from "./time_cursor.js"

/**
 * What every board gets.
 * @typedef {object} BoardData
 * @property {Palettes} palette
 * @property {string} summary
 * @property {string[]} notes
 * @property {ReadPhrase[]} phrases
 * @property {number} steps
 * @property {"above" | "below" | "hidden"} [reading]
 * @property {string | null} link
 * @property {Address} address
 * @property {boolean} [shared]
 * @property {boolean} [bare]
 */

/** @typedef {{ id: string, title: string, sentence?: string, depth?: "see" | "explain" | "measure" }} PanelData */

/**
 * Boards of a module say how their panels are made and what of the data they are.
 * @template {BoardData} Data
 * @template {PanelData} Part
 */
export class Board {
  /**
   * @param {HTMLElement} root
   * @param {HTMLElement[]} between nodes above the notes
   */
  constructor(root, between = []) {
    this.root = root
    this.summary = new Announcer("stage-summary")
    this.notes = element("ul", { class: "stage-notes" })
    this.cursor = new TimeCursor(step => this.moveTo(step))
    const strips = /** @type {const} */ (["A", "B"])
    this.strips = strips.map(letter => new PhraseStrip(letter, step => this.cursor.set(step)))
    this.depths = new Depths(() => this.data && this.receive(this.data))
    /** @type {Map<string, Panel<Part>>} by id, as they stand on the page */
    this.panels = new Map()
    /** @type {Map<string, string[]>} ids of the pictures of each panel */
    this.offered = new Map()
    /** @type {Data | undefined} */
    this.data = undefined
    /** @type {(event: unknown) => void} tells the server */
    this.ask = () => {}
    this.receive = latest(/** @param {Data} data */ data => this.draw(data))
    this.reading = element("div", {}, this.cursor.node, ...this.strips.map(({ node }) => node))
    root.replaceChildren(this.summary.node, ...between, this.notes, this.reading, this.depths.node)
    follow(root, event => this.ask(event))
    this.resize = new ResizeObserver(() => this.panels.forEach(panel => panel.fit(widthOf(root))))
    this.resize.observe(root)
    this.rem = rem()
    this.onType = () => this.retype()
    window.addEventListener("resize", this.onType)
    /** @type {MovedSliders} */
    const moved = {}
    /** @type {Tools} */
    this.tools = {
      onStep: step => this.cursor.set(step),
      onUnit: unit => this.pickUnit(unit),
      ask: event => this.ask(event),
      now: () => this.cursor.step,
      moved,
    }
  }

  /**
   * The panels that are to be shown, in their order.
   * @param {Data} _data
   * @returns {Part[]}
   */
  partsOf(_data) {
    return []
  }

  /**
   * What draws a panel.
   * @param {Part} part
   * @returns {new (id: string, tools: Tools) => Panel<Part>}
   */
  classOf(part) {
    throw new Error(`nothing draws ${part.id}`)
  }

  /**
   * What was typed is drawn.
   * @param {Data} _data
   */
  stamp(_data) {}

  /**
   * A row of a heatmap was clicked.
   * @param {number} _unit
   */
  pickUnit(_unit) {}

  close() {
    this.resize.disconnect()
    window.removeEventListener("resize", this.onType)
    this.panels.forEach((_, id) => this.offer(id))
    this.cursor.close()
    this.summary.close()
    this.panels.forEach(panel => panel.close())
  }

  /** The page's type has another size than before: what is drawn in it is drawn anew. */
  retype() {
    if (!this.data || rem() === this.rem) return
    this.receive(this.data)
  }

  /** @param {Data} data */
  async draw(data) {
    this.data = data
    this.rem = rem()
    // before all that takes time: of several boards the newest answer counts
    offer(data.address)
    const theme = themeOf(this.root, data.palette)
    const notes = data.notes.map(note => element("li", {}, note))
    fill(this.notes, notes)
    this.cursor.node.hidden = data.steps === 0
    this.root.classList.toggle("stage-bare", Boolean(data.bare))
    this.reading.hidden = data.reading === "hidden"
    if (data.reading === "below") this.depths.see.after(this.reading)
    else this.depths.node.before(this.reading)
    this.strips.forEach((strip, i) => strip.draw(data.bare ? undefined : data.phrases[i]))
    const parts = this.partsOf(data)
    this.arrange(parts)
    let summary = typeset(data.summary)
    this.summary.show(summary)
    try {
      for (const part of parts) {
        if (this.depths.open(part.depth ?? "see")) await this.panels.get(part.id)?.draw(part, theme)
      }
    } catch (error) {
      summary = `${summary} A part of the page could not be drawn (${messageOf(error)}). Reload the page.`
      this.summary.show(summary)
    }
    this.cursor.reach(data.steps)
    this.stamp(data)
    for (const { id, title } of parts) this.offer(id, title)
    this.root.dataset.drawn = String(Number(this.root.dataset.drawn) + 1)
  }

  /**
   * A panel's pictures can be presented, saved and embedded; those that it had before can not.
   * @param {string} id
   * @param {string} [title] none for a panel that goes
   */
  offer(id, title) {
    const pictures = title === undefined ? [] : (this.panels.get(id)?.pictures(typeset(title)) ?? [])
    const now = pictures.map(picture => picture.id)
    for (const gone of this.offered.get(id) ?? []) if (!now.includes(gone)) withdrawPicture(gone)
    this.offered.set(id, now)
    pictures.forEach(offerPicture)
  }

  /**
   * The panels that are asked for, in their order; one that was there before, as the same kind, keeps its node.
   * @param {Part[]} parts
   */
  arrange(parts) {
    const classes = new Map(parts.map(part => [part.id, this.classOf(part)]))
    for (const [id, panel] of this.panels) {
      if (classes.get(id) === panel.constructor) continue
      panel.close()
      this.offer(id)
      panel.node.remove()
      this.panels.delete(id)
    }
    /** @type {Record<string, number>} children of each depth so far; the first one of a fold is its summary */
    const places = { see: 0, explain: 1, measure: 1 }
    for (const { id, depth = "see" } of parts) {
      const panel =
        this.panels.get(id) ??
        new /** @type {NonNullable<ReturnType<typeof classes.get>>} */ (classes.get(id))(id, this.tools)
      this.panels.set(id, panel)
      const parent = this.depths.place(depth)
      const there = parent.children[places[depth]++] ?? null
      if (there !== panel.node) parent.insertBefore(panel.node, there)
    }
    if (this.data?.reading !== "hidden") this.markMain(parts) // else another board of the page has the main picture
    this.depths.tidy()
  }

  /**
   * The first picture is the page's main one.
   * @param {Part[]} parts
   */
  markMain(parts) {
    const main = parts.find(({ depth = "see" }) => depth === "see")
    for (const [id, panel] of this.panels) panel.mark(id === main?.id)
  }

  /** @param {number} step */
  moveTo(step) {
    const { data } = this
    if (!data || data.steps === 0) return
    this.panels.forEach(panel => panel.moveTo(step))
    this.strips.forEach(strip => strip.moveTo(step))
    this.cursor.tell(step, this.readouts(data, step))
  }

  /**
   * What is read out at a step: of the phrases, or else of what the panels show.
   * @param {Data} data
   * @param {number} step
   */
  readouts({ phrases }, step) {
    if (phrases.length) return phrases.map(phrase => readout(phrase, step))
    return [...this.panels.values()].map(panel => panel.readout(step)).filter(Boolean)
  }
}
