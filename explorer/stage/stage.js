// The stage: puts what the server sent onto the page and keeps one time cursor over all of it.
// Words are always text nodes, never markup.
import { Player } from "./player.js"
import { Chart } from "./chart.js"
import { element, fill } from "./dom.js"
import { follow } from "./links.js"
import { lookOf, widthOf } from "./look.js"
import { latest, mounted } from "./mounted.js"
import { Share } from "./share.js"
import { verdicts } from "./verdicts.js"
import { readout, Words } from "./words.js"

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
    this.share = new Share("this comparison")
    this.receive = latest(data => this.draw(data))
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

export const { show, leave } = mounted(Stage)
