// A report: sections of sentences, tables and charts, each table with its download. Words are always text nodes.
/** @import { ReportBoard, Section } from "../payloads.js" */
import { offer } from "../address.js"
import { Announcer } from "../announcer.js"
import { mounted } from "../component.js"
import { dataTable, folded } from "../data_table.js"
import { element } from "../dom.js"
import { follow } from "../links.js"
import { StillPlot } from "../panels/still_plot.js"
import { themeOf, widthOf } from "../theme.js"

class Report {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    this.summary = new Announcer("stage-summary")
    this.sections = element("div")
    /** @type {StillPlot[]} */
    this.plots = []
    /** @type {string | undefined} what is drawn */
    this.drawn = undefined
    /** @type {(event: unknown) => void} tells the server */
    this.ask = () => {}
    root.replaceChildren(this.summary.node, this.sections)
    follow(root, event => this.ask(event))
    this.resize = new ResizeObserver(() => this.fit())
    this.resize.observe(root)
  }

  close() {
    this.resize.disconnect()
    this.summary.close()
    this.plots.forEach(plot => plot.close())
  }

  /** @param {ReportBoard} data */
  async receive(data) {
    const whole = JSON.stringify(data)
    if (whole === this.drawn) return
    this.drawn = whole
    this.plots.forEach(plot => plot.close())
    this.plots = []
    const theme = themeOf(this.root, data.palette)
    this.summary.node.hidden = !data.summary
    this.summary.show(data.summary)
    this.sections.replaceChildren(...data.sections.map(section => this.section(section)))
    if (data.address) offer(data.address)
    for (const plot of this.plots) await plot.draw(theme)
    this.root.dataset.drawn = String(Number(this.root.dataset.drawn) + 1)
  }

  /** @param {Section} section */
  section(section) {
    const heading = element("h2", { id: `report-${section.id}` }, section.title)
    const sentences = section.sentences.map(text => element("p", {}, text))
    const attributes = { class: "stage-chart stage-report", "aria-labelledby": heading.id }
    const named = { ...attributes, "data-testid": `section-${section.id}` }
    return element("section", named, heading, ...sentences, ...this.parts(section))
  }

  /** @param {Section} section */
  parts(section) {
    const { figure, alt = "", table } = section
    const numbers = table ? [dataTable(section, table)] : []
    if (!figure) return numbers
    const plot = new StillPlot({ figure, alt })
    this.plots.push(plot)
    return [plot.node, folded(...numbers)]
  }

  fit() {
    this.plots.forEach(plot => plot.fit(widthOf(this.root)))
  }
}

export const { show, leave } = mounted(Report)
