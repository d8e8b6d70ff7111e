// A report: sections of sentences, tables and charts, each table with its download. Words are always text nodes.
import { base, coloured, CONFIG, load } from "./chart.js"
import { csv, element, save, table } from "./dom.js"
import { addressWith, follow, link } from "./links.js"
import { lookOf, widthOf } from "./look.js"

const reports = new WeakMap()

export function show(component) {
  const root = component.parentElement.querySelector(".stage")
  if (!root) return
  if (!reports.has(root)) reports.set(root, new Report(root))
  const report = reports.get(root)
  report.ask = value => component.setTriggerValue("asked", value)
  return report.draw(component.data)
}

export function leave(component) {
  const root = component.parentElement.querySelector(".stage")
  reports.get(root)?.close()
  reports.delete(root)
}

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

  async draw(data) {
    const said = JSON.stringify(data)
    if (said === this.said) return
    this.said = said
    this.plots.forEach(plot => plot.close())
    this.plots = []
    const look = lookOf(this.root, data.palette)
    this.root.replaceChildren(
      element("p", { class: "stage-summary", role: "status" }, data.summary),
      ...data.sections.map(section => this.section(section)),
    )
    this.locate(data.lane)
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
    return element("section", { class: "stage-chart stage-report", "aria-labelledby": heading.id, "data-testid": `section-${section.id}` },
      heading, ...sentences, ...parts)
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

class Plot {
  constructor({ figure, alt }) {
    this.figure = figure
    this.plot = element("div", { class: "stage-plot" })
    this.node = element("div", { class: "stage-frame", role: "img", "aria-label": alt }, this.plot)
  }

  async draw(look) {
    this.look = look
    const { data, layout } = coloured(this.figure, look.palette)
    const narrow = look.width < 520
    Object.assign(layout, base({ ...look, width: Math.min(look.width, WIDEST) }))
    Object.assign(layout, { margin: { l: narrow ? 52 : 64, r: 12, t: narrow ? 64 : 44, b: 50 }, dragmode: false, hovermode: "closest" })
    for (const [name, axis] of Object.entries(layout)) {
      if (!/^[xy]axis\d*$/.test(name)) continue
      Object.assign(axis, { gridcolor: look.palette.grid, linecolor: look.palette.grid, fixedrange: true })
    }
    try {
      const Plotly = await load()
      await Plotly.react(this.plot, data, layout, CONFIG)
      this.drawn = true
    } catch (error) {
      this.plot.textContent = `The chart could not be drawn (${error.message}). Reload the page.`
    }
  }

  fit(width) {
    if (this.drawn && Math.abs(width - this.look.width) >= 2) this.draw({ ...this.look, width })
  }

  close() {
    if (this.drawn) window.Plotly.purge(this.plot)
  }
}

const WIDEST = 760 // pixels: a calibration curve is near a square

function folded(numbers) {
  return element("details", {}, element("summary", {}, "The numbers as a table"), ...numbers)
}

function tabulated({ id, title, table: { columns, rows } }) {
  const button = element("button", { type: "button", class: "stage-button" }, "Download as CSV")
  button.setAttribute("aria-label", `Download as CSV: ${title}`)
  button.onclick = () => save(`${id}.csv`, csv([columns, ...rows.map(row => row.map(textOf))]), "text/csv")
  const holder = element(
    "div", { class: "stage-scroll stage-rows", tabindex: "0", role: "region", "aria-label": `Table: ${title}` },
    table(title, columns, rows.map(row => row.map(drawn))),
  )
  return element("div", {}, holder, element("p", {}, button))
}

function textOf(cell) {
  return typeof cell === "string" ? cell : cell.text
}

function drawn(cell) {
  if (typeof cell === "string") return element("span", { class: cell.length > LONG ? "stage-long" : "" }, cell)
  return link(cell.text, cell.href, cell.asked, { title: "Open in Compare", class: "stage-link stage-long" })
}

const LONG = 24 // letters; longer cells may break
