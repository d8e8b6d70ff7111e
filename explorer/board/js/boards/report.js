// A report: an answer, a picture, and sections of sentences, tables and charts, folded by their depth. Each table has
// its download. Words are always text nodes.
/** @import { ReportBoard, Section } from "../payloads.js" */
/** @import { Theme } from "../theme.js" */
import { offer } from "../address.js"
import { Announcer } from "../announcer.js"
import { mounted } from "../component.js"
import { dataTable, folded } from "../data_table.js"
import { Depths } from "../depths.js"
import { element } from "../dom.js"
import { Dots } from "../dots.js"
import { follow } from "../links.js"
import { StillPlot } from "../panels/still_plot.js"
import { themeOf, widthOf } from "../theme.js"

class Report {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    this.summary = new Announcer("report-answer")
    this.depths = new Depths(() => this.drawPlots())
    /** @type {Map<StillPlot, HTMLElement>} charts and the sections that they stand in */
    this.plots = new Map()
    /** @type {Set<StillPlot>} charts that are drawn */
    this.ready = new Set()
    /** @type {Dots | undefined} */
    this.dots = undefined
    /** @type {Theme | undefined} */
    this.theme = undefined
    /** @type {string | undefined} what is drawn */
    this.drawn = undefined
    /** @type {(event: unknown) => void} tells the server */
    this.ask = () => {}
    root.replaceChildren(this.summary.node, this.depths.node)
    follow(root, event => this.ask(event))
    this.resize = new ResizeObserver(() => this.fit())
    this.resize.observe(root)
  }

  close() {
    this.resize.disconnect()
    this.summary.close()
    this.dots?.close()
    this.plots.forEach((_, plot) => plot.close())
  }

  /** @param {ReportBoard} data */
  async receive(data) {
    const whole = JSON.stringify(data)
    if (whole === this.drawn) return
    this.drawn = whole
    this.plots.forEach((_, plot) => plot.close())
    this.plots.clear()
    this.ready.clear()
    this.theme = themeOf(this.root, data.palette)
    this.summary.node.hidden = !data.summary
    this.summary.show(data.summary)
    this.arrange(data)
    if (data.address) offer(data.address)
    this.dots?.draw()
    await this.drawPlots()
    this.root.dataset.drawn = String(Number(this.root.dataset.drawn) + 1)
  }

  /** @param {ReportBoard} data */
  arrange({ picture, sections }) {
    this.dots?.close()
    this.dots = picture ? new Dots(picture) : undefined
    const see = this.dots ? [this.dots.node] : []
    for (const depth of /** @type {const} */ (["see", "explain", "measure"])) {
      const shown = sections.filter(section => (section.depth ?? "see") === depth).map(section => this.section(section))
      const place = this.depths.place(depth)
      if (depth === "see") place.replaceChildren(...see, ...shown)
      else place.replaceChildren(...[place.firstElementChild].flatMap(summary => summary ?? []), ...shown)
    }
    this.depths.tidy()
  }

  /** @param {Section} section */
  section(section) {
    const heading = element("h2", { id: `report-${section.id}` }, section.title)
    const sentences = section.sentences.map(text => element("p", {}, text))
    const attributes = { class: "stage-chart stage-report", "aria-labelledby": heading.id }
    const named = { ...attributes, "data-testid": `section-${section.id}` }
    const node = element("section", named, heading, ...sentences)
    node.append(...this.parts(section, node))
    return node
  }

  /**
   * @param {Section} section
   * @param {HTMLElement} node
   */
  parts(section, node) {
    const { figure, alt = "", table } = section
    const numbers = table ? [dataTable(section, table)] : []
    if (!figure) return numbers
    const plot = new StillPlot({ figure, alt })
    this.plots.set(plot, node)
    return [plot.node, folded(...numbers)]
  }

  // A chart is drawn once it can be seen, so that it has a width, and nobody fetches what draws it for nothing.
  async drawPlots() {
    if (!this.theme) return
    const theme = { ...this.theme, width: widthOf(this.root) }
    for (const [plot, section] of this.plots) {
      if (this.ready.has(plot) || !section.getClientRects().length) continue
      this.ready.add(plot)
      await plot.draw(theme)
    }
  }

  fit() {
    this.dots?.fit()
    this.ready.forEach(plot => plot.fit(widthOf(this.root)))
    this.drawPlots()
  }
}

export const { show, leave } = mounted(Report)
