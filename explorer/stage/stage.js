// The stage: puts what the server sent onto the page and keeps one time cursor over all of it.
// Words are always text nodes, never markup.
import { Player } from "./player.js"
import { Chart } from "./chart.js"
import { element, fill } from "./dom.js"
import { addressWith, follow } from "./links.js"
import { lookOf, widthOf } from "./look.js"
import { verdicts } from "./verdicts.js"
import { Words } from "./words.js"

const stages = new WeakMap()

export function show(component) {
  const root = component.parentElement.querySelector(".stage")
  if (!root) return
  if (!stages.has(root)) stages.set(root, new Stage(root))
  const stage = stages.get(root)
  stage.ask = value => component.setTriggerValue("asked", value)
  stage.receive(component.data)
}

export function leave(component) {
  const root = component.parentElement.querySelector(".stage")
  stages.get(root)?.close()
  stages.delete(root)
}

class Stage {
  constructor(root) {
    this.root = root
    this.charts = new Map()
    this.summary = element("p", { class: "stage-summary", role: "status" })
    this.verdicts = element("div")
    this.notes = element("ul", { class: "stage-notes" })
    this.player = new Player(step => this.moveTo(step))
    this.phrases = [0, 1].map(i => new Words("AB"[i], step => this.player.set(step)))
    this.pictures = element("div")
    this.share = new Share()
    root.replaceChildren(
      this.summary, this.share.node, this.verdicts, this.notes, this.player.node,
      ...this.phrases.map(words => words.node), this.pictures,
    )
    follow(root, value => {
      this.share.write() // the way back leads to this very comparison
      this.ask(value)
    })
    this.resize = new ResizeObserver(() => this.charts.forEach(chart => chart.fit(widthOf(root))))
    this.resize.observe(root)
  }

  close() {
    this.resize.disconnect()
    this.player.pause()
    clearTimeout(this.share.soon)
    this.charts.forEach(chart => chart.close())
  }

  // Answers can come faster than they are drawn: one is drawn at a time, and of those that wait only the newest.
  async receive(data) {
    this.waiting = data
    if (this.drawing) return
    this.drawing = true
    try {
      while (this.waiting) {
        const next = this.waiting
        this.waiting = null
        await this.draw(next)
      }
    } finally {
      this.drawing = false
    }
  }

  async draw(data) {
    this.data = data
    const look = lookOf(this.root, data.palette)
    this.summary.textContent = data.summary
    fill(this.notes, data.notes.map(note => element("li", {}, note)))
    this.verdicts.replaceChildren(verdicts(data.verdicts))
    this.player.node.hidden = data.steps === 0
    this.phrases.forEach((words, i) => words.draw(data.phrases[i]))
    this.prune(data.charts)
    try {
      for (const chart of data.charts) await this.chart(chart.id).draw(chart, look)
    } catch (error) {
      this.summary.textContent = `${data.summary} The charts could not be drawn (${error.message}). Reload the page.`
    }
    this.share.offer(data.link)
    this.player.reach(data.steps)
    this.root.dataset.textA = data.typed[0]
    this.root.dataset.textB = data.typed[1]
    this.root.dataset.drawn = Number(this.root.dataset.drawn) + 1
  }

  chart(id) {
    if (!this.charts.has(id)) {
      const chart = new Chart(id, step => this.player.set(step))
      this.charts.set(id, chart)
      this.pictures.append(chart.node)
    }
    return this.charts.get(id)
  }

  prune(charts) {
    const wanted = new Set(charts.map(chart => chart.id))
    for (const [id, chart] of this.charts) {
      if (wanted.has(id)) continue
      chart.close()
      chart.node.remove()
      this.charts.delete(id)
    }
  }

  moveTo(step) {
    if (!this.data || this.data.steps === 0) return
    this.charts.forEach(chart => chart.moveTo(step))
    this.phrases.forEach(words => words.moveTo(step))
    this.player.say(step, this.data.phrases.map(phrase => readout(phrase, step)))
  }
}

function readout({ phrase, tokens, read, belief }, step) {
  if (step > tokens.length) return `${phrase} has ended at ${belief.at(-1).toFixed(2)}`
  const corrected = read[step - 1] ? ` (read as “${read[step - 1]}”)` : ""
  return `${phrase} “${tokens[step - 1]}”${corrected} ${belief[step - 1].toFixed(2)}`
}

// The address in the bar brings this very comparison back, soon after the last key (browsers limit how often it may
// change); the button copies it.
class Share {
  constructor() {
    this.button = element("button", { type: "button", class: "stage-button" }, "Copy link to this comparison")
    this.said = element("span", { role: "status", class: "stage-small" })
    this.node = element("p", { class: "stage-share" }, this.button, " ", this.said)
    this.button.onclick = () => this.copy()
  }

  offer(query) {
    this.button.disabled = query === null
    this.said.textContent = query === null ? "These texts are too long for a link." : ""
    this.address = addressWith(new URLSearchParams(query ?? ""))
    clearTimeout(this.soon)
    this.soon = setTimeout(() => this.write(), PAUSE)
  }

  write() {
    clearTimeout(this.soon)
    if (this.address === location.pathname + location.search) return
    try {
      history.replaceState(history.state, "", this.address)
    } catch {
      this.soon = setTimeout(() => this.write(), 10 * PAUSE)
    }
  }

  async copy() {
    this.write()
    try {
      await navigator.clipboard.writeText(new URL(this.address, location.href).href)
      this.said.textContent = "Copied."
    } catch {
      this.said.textContent = "The browser did not allow it: copy the address from its bar."
    }
  }
}

const PAUSE = 300 // milliseconds
