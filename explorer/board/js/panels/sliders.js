// A still chart with sliders above it and a line at the value of the first one. Some sliders ask the server for other numbers
// while they are moved, some only show what is here already, and tell the server when they are let go, for the link.
import { element } from "../dom.js"
import { Panel } from "./panel.js"
import { Plot } from "./plot.js"
import { folded, tabulated } from "../data_table.js"

const PATIENCE = 60 // milliseconds between two questions while a slider is moved

export class Slid extends Panel {
  async fill(panel, look) {
    if (!this.plot) this.lay(panel)
    this.plot.figure = panel.figure
    this.plot.node.setAttribute("aria-label", panel.alt)
    const open = this.numbers.querySelector("details")?.open
    this.numbers.replaceChildren(folded([tabulated(panel)]))
    this.numbers.querySelector("details").open = Boolean(open)
    await this.plot.draw(look)
    this.show()
  }

  // The sliders stay, and where they are, while answers come and go: a hand may be on them.
  lay(panel) {
    this.plot = new Plot(panel)
    this.line = element("div", { class: "slid-line", hidden: true })
    this.said = element("p", { class: "stage-sentence slid-said" })
    this.numbers = element("div")
    this.sliders = panel.sliders.map(one => this.slider(one))
    const holder = element("div", { class: "stage-holder" }, this.plot.node, this.line)
    const sliders = element("div", { class: "slid-sliders" }, ...this.sliders.map(({ node }) => node))
    this.body.replaceChildren(sliders, this.said, holder, this.numbers)
  }

  slider({ name, label, min, max, value }) {
    const input = element("input", { type: "range", min, max, step: 1, value })
    const output = element("output", { class: "slid-value" })
    const node = element("label", { class: "slid-slider" }, element("span", {}, label), input, output)
    input.oninput = () => {
      this.show()
      if (!this.panel.said) this.soon()
    }
    input.onchange = () => this.tell()
    return { name, input, output, node }
  }

  show() {
    for (const { input, output } of this.sliders) output.textContent = input.value
    const at = Number(this.sliders[0].input.value)
    this.said.textContent = this.panel.said?.[at] ?? ""
    this.said.hidden = !this.panel.said
    const layout = this.plot.plot._fullLayout
    if (!layout) return
    const { xaxis, _size: size } = layout
    Object.assign(this.line.style, {
      left: `${xaxis._offset + xaxis.l2p(at) - 1}px`,
      top: `${size.t}px`,
      height: `${size.h}px`,
    })
    this.line.hidden = false
  }

  soon() {
    this.waiting ??= setTimeout(() => this.tell(), PATIENCE)
  }

  // Of two questions before an answer the server sees the later one: so each tells of the sliders of all panels.
  tell() {
    clearTimeout(this.waiting)
    this.waiting = null
    for (const { name, input } of this.sliders) this.tools.slid[name] = Number(input.value)
    this.tools.ask({ ...this.tools.slid })
  }

  async fit(width) {
    if (!this.plot?.drawn || Math.abs(width - this.plot.look.width) < 2) return
    await this.plot.draw({ ...this.plot.look, width })
    this.show()
  }

  close() {
    clearTimeout(this.waiting)
    this.plot?.close()
  }
}
