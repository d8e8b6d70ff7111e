// A report: sections of sentences, tables and charts, each table with its download. Words are always text nodes.
import { element } from "../dom.js"
import { addressWith, follow } from "../links.js"
import { lookOf, widthOf } from "../theme.js"
import { mounted } from "../component.js"
import { Plot } from "../panels/plot.js"
import { folded, tabulated } from "../data_table.js"

class Report {
  constructor(root) {
    this.root = root
    this.plots = []
    follow(root, value => this.ask(value))
    this.resize = new ResizeObserver(() => this.fit())
    this.resize.observe(root)
  }

  close() {
    this.resize.disconnect()
    this.plots.forEach(plot => plot.close())
  }

  async receive(data) {
    const said = JSON.stringify(data)
    if (said === this.said) return
    this.said = said
    this.plots.forEach(plot => plot.close())
    this.plots = []
    const look = lookOf(this.root, data.palette)
    this.root.replaceChildren(
      ...(data.summary ? [element("p", { class: "stage-summary", role: "status" }, data.summary)] : []),
      ...data.sections.map(section => this.section(section)),
    )
    if (data.lane) this.locate(data.lane)
    for (const plot of this.plots) await plot.draw(look)
    this.root.dataset.drawn = Number(this.root.dataset.drawn) + 1
  }

  // The address in the bar brings this very card back; what others put there (embed) stays.
  locate(lane) {
    const address = addressWith({ lane })
    if (address !== location.pathname + location.search) history.replaceState(history.state, "", address)
  }

  section(section) {
    const heading = element("h2", { id: `report-${section.id}` }, section.title)
    const sentences = section.sentences.map(text => element("p", {}, text))
    const numbers = section.table ? [tabulated(section)] : []
    const parts = section.figure ? [this.plot(section), folded(numbers)] : numbers
    return element(
      "section",
      { class: "stage-chart stage-report", "aria-labelledby": heading.id, "data-testid": `section-${section.id}` },
      heading,
      ...sentences,
      ...parts,
    )
  }

  plot(section) {
    const plot = new Plot(section)
    this.plots.push(plot)
    return plot.node
  }

  fit() {
    this.plots.forEach(plot => plot.fit(widthOf(this.root)))
  }
}

export const { show, leave } = mounted(Report)
