// A board: one phrase, or two, under one time cursor, and panels of several kinds below, whose nodes stay as one types.
// Words are always text nodes, never markup.
import { element, fill, typeset } from "./dom.js"
import { lookOf, widthOf } from "./theme.js"
import { latest } from "./component.js"
import { Player } from "./time_cursor.js"
import { Share } from "./share_link.js"
import { readout, Words } from "./phrase_strip.js"

export class Board {
  // `what` the link brings back; `kinds` of panels by name; `between`: nodes above the notes.
  constructor(root, what, kinds, between = []) {
    this.root = root
    this.kinds = kinds
    this.panels = new Map()
    this.slid = {} // where the sliders of all panels stand
    this.summary = element("p", { class: "stage-summary", role: "status" })
    this.notes = element("ul", { class: "stage-notes" })
    this.player = new Player(step => this.moveTo(step))
    this.phrases = ["A", "B"].map(letter => new Words(letter, step => this.player.set(step)))
    this.body = element("div")
    this.share = new Share(what)
    this.receive = latest(data => this.draw(data))
    root.replaceChildren(
      this.summary,
      this.share.node,
      ...between,
      this.notes,
      this.player.node,
      ...this.phrases.map(words => words.node),
      this.body,
    )
    this.resize = new ResizeObserver(() => this.panels.forEach(panel => panel.fit(widthOf(root))))
    this.resize.observe(root)
  }

  close() {
    this.resize.disconnect()
    this.player.pause()
    clearTimeout(this.share.soon)
    this.panels.forEach(panel => panel.close())
  }

  async draw(data) {
    this.data = data
    const look = lookOf(this.root, data.palette)
    this.summary.textContent = typeset(data.summary)
    fill(
      this.notes,
      data.notes.map(note => element("li", {}, note)),
    )
    this.player.node.hidden = data.steps === 0
    this.phrases.forEach((words, i) => words.draw(data.phrases[i]))
    this.arrange(data.panels)
    try {
      for (const panel of data.panels) await this.panels.get(panel.id).draw(panel, look)
    } catch (error) {
      this.summary.textContent = `${data.summary} A part of the page could not be drawn (${error.message}). Reload the page.`
    }
    this.share.offer(data.link, data.shared)
    this.player.reach(data.steps)
    this.stamp(data)
    this.root.dataset.drawn = Number(this.root.dataset.drawn) + 1
  }

  // What was typed is drawn.
  stamp({ typed }) {
    this.root.dataset.text = typed
  }

  // The panels that are asked for, in their order; one that was there before, as the same kind, keeps its node.
  arrange(wanted) {
    const kinds = new Map(wanted.map(({ id, kind }) => [id, this.kinds[kind]]))
    for (const [id, panel] of this.panels) {
      if (kinds.get(id) === panel.constructor) continue
      panel.close()
      panel.node.remove()
      this.panels.delete(id)
    }
    const tools = {
      onStep: step => this.player.set(step),
      ask: value => this.ask(value),
      now: () => this.player.step,
      slid: this.slid,
    }
    wanted.forEach(({ id }, place) => {
      if (!this.panels.has(id)) this.panels.set(id, new (kinds.get(id))(id, tools))
      const node = this.panels.get(id).node
      if (this.body.children[place] !== node) this.body.insertBefore(node, this.body.children[place] ?? null)
    })
  }

  moveTo(step) {
    if (!this.data || this.data.steps === 0) return
    this.panels.forEach(panel => panel.moveTo(step))
    this.phrases.forEach(words => words.moveTo(step))
    this.player.say(
      step,
      this.data.phrases.map(phrase => readout(phrase, step)),
    )
  }
}
