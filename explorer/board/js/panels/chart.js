// One figure with its cursor, its sentence, and the table behind it.
import { csv, element, save, table, typeset } from "../dom.js"

const ROWS = 200 // of a table in the page; the download has them all
const LETTER = 8,
  SLANTED = 26 // pixels that a letter of a word on the axis needs, and a slanted word or a number
const ROUND = [1, 2, 5, 10, 20, 50, 100, 200, 500]

let plotly = null
export function load() {
  plotly ??= new Promise((resolve, reject) => {
    const script = element("script", { src: new URL("../plotly.min.js", import.meta.url).href })
    script.onload = () => resolve(window.Plotly)
    script.onerror = () => {
      plotly = null // the next answer tries again
      script.remove()
      reject(new Error("Plotly could not be loaded"))
    }
    document.head.append(script)
  })
  return plotly
}
load().catch(() => {}) // at once, beside the first answer; a failure shows when something is to be drawn

export class Chart {
  // `onRow` gets the row of a heatmap that is clicked, by the name that it has in the figure.
  constructor(id, onStep, onRow = () => {}) {
    this.id = id
    this.onStep = onStep
    this.onRow = onRow
    this.title = element("h2", { id: `stage-title-${id}` })
    this.plot = element("div", { class: "stage-plot" })
    this.cursor = element("div", { class: "stage-cursor", hidden: true })
    this.frame = element("div", { class: "stage-frame", role: "img" }, this.plot)
    this.sentence = element("p", { class: "stage-sentence" })
    this.details = element("details", {}, element("summary", {}, "The numbers as a table"))
    this.zoom = element("button", { type: "button", class: "stage-button", "aria-pressed": "false" }, "Zoom")
    this.whole = element("button", { type: "button", class: "stage-button" }, "Whole")
    const buttons = element("p", { class: "stage-buttons" }, this.zoom, this.whole)
    const holder = element("div", { class: "stage-holder" }, this.frame, this.cursor)
    this.node = element(
      "section",
      { class: "stage-chart", "aria-labelledby": this.title.id, "data-testid": `chart-${id}` },
      this.title,
      buttons,
      holder,
      this.sentence,
      this.details,
    )
    this.details.ontoggle = () => this.tabulate()
    this.zoom.onclick = () => this.toggleZoom()
    this.whole.onclick = () => this.seeAll()
    this.cursor.onpointerdown = event => this.drag(event)
  }

  async draw(chart, look) {
    this.chart = chart
    this.title.textContent = chart.title
    this.sentence.textContent = typeset(chart.sentence ?? "")
    this.frame.setAttribute("aria-label", chart.alt)
    const Plotly = await load()
    this.look = look
    const figure = coloured(chart.figure, look.palette)
    this.figure = chart.figure
    this.full = fullTicks(figure.layout)
    const before = this.steps
    this.steps = Math.max(...Object.values(this.full).map(axis => axis.tickvals.length))
    this.kept = before === this.steps ? this.plot._fullLayout : null // as long as the axis is as long, a zoom is kept
    this.dress(figure.layout)
    await Plotly.react(this.plot, figure.data, figure.layout, CONFIG)
    if (!this.listening) {
      this.listening = true
      this.plot.on("plotly_click", event => this.clicked(event.points[0]))
      this.plot.on("plotly_relayout", () => this.retick())
    }
    this.place()
    if (this.details.open) this.tabulate()
  }

  clicked({ x, y, curveNumber }) {
    this.onStep(Math.round(x))
    const { type, customdata } = this.figure.data[curveNumber]
    if (type === "heatmap") this.onRow(customdata[y])
  }

  // What is the page's and not the figure's: width, fonts, colours of the theme. Margins are set by what the labels
  // need, since Plotly's own automargin draws each figure several times.
  dress(layout) {
    const { width, palette } = this.look
    const ticks = Object.fromEntries(
      Object.keys(this.full).map(name => [name, this.ticks(name, this.kept?.[name].range ?? layout[name].range)]),
    )
    const slanted = Object.values(ticks).some(one => one.tickangle)
    Object.assign(layout, base(this.look), {
      margin: {
        l: width < 520 ? 48 : 60,
        r: 12,
        t: layout.legend && width < 520 ? 34 + 10 * this.figure.data.length : 44,
        b: slanted ? 84 : 50,
      },
      dragmode: this.zooming ? "zoom" : false,
      hovermode: layout.coloraxis ? "closest" : "x",
      uirevision: this.steps,
    })
    for (const [name, axis] of Object.entries(layout)) {
      if (!/^[xy]axis\d*$/.test(name)) continue
      Object.assign(axis, { gridcolor: palette.grid, linecolor: palette.grid, tickcolor: palette.grid }, ticks[name])
    }
  }

  // As many words as there is room for; all are in the strip above, the hover and the table. Where two phrases share an
  // axis and their words would touch, the steps are numbered: two slanted words would not be read as one step.
  ticks(name, range) {
    const { tickvals, ticktext } = this.full[name]
    const [from, to] = range.map(Number)
    const seen = tickvals.map((_, i) => i).filter(i => tickvals[i] >= from && tickvals[i] <= to)
    const width = this.look.width - 72
    const lines = seen.flatMap(i => ticktext[i].split("<br>"))
    const fits = Math.max(...lines.map(line => plain(line).length)) * LETTER <= width / seen.length
    if (fits) return pick(seen, i => ticktext[i])
    const stride = Math.ceil((seen.length * SLANTED) / width)
    if (ticktext.some(text => text.includes("<br>"))) {
      const round = ROUND.find(one => one >= stride) ?? stride
      return pick(
        seen.filter(i => (i + 1) % round === 0),
        i => String(i + 1),
      )
    }
    return {
      ...pick(
        seen.filter((_, k) => k % stride === 0),
        i => ticktext[i],
      ),
      tickangle: -45,
    }
  }

  retick() {
    if (this.reticking) return
    const changes = {}
    for (const name of Object.keys(this.full)) {
      const { tickvals, ticktext, tickangle } = this.ticks(name, this.plot._fullLayout[name].range)
      Object.assign(changes, {
        [`${name}.tickvals`]: tickvals,
        [`${name}.ticktext`]: ticktext,
        [`${name}.tickangle`]: tickangle,
      })
    }
    this.reticking = true
    window.Plotly.relayout(this.plot, changes).then(() => {
      this.reticking = false
      this.place()
    })
  }

  // The page is wider or narrower than before.
  fit(width) {
    if (!this.listening || Math.abs(width - this.look.width) < 2) return
    this.draw(this.chart, { ...this.look, width })
  }

  toggleZoom() {
    this.zooming = !this.zooming
    this.zoom.setAttribute("aria-pressed", String(this.zooming))
    window.Plotly.relayout(this.plot, { dragmode: this.zooming ? "zoom" : false })
  }

  seeAll() {
    const changes = Object.fromEntries(Object.keys(this.full).map(name => [`${name}.range`, [0.5, this.steps + 0.5]]))
    window.Plotly.relayout(this.plot, changes)
  }

  moveTo(step) {
    this.step = step
    this.place()
  }

  place() {
    const layout = this.plot._fullLayout
    if (!layout || !this.step) return
    const axis = layout.xaxis
    const at = axis.l2p(this.step)
    const inside = this.step <= this.steps && at >= 0 && at <= axis._length
    this.cursor.hidden = !inside
    if (!inside) return
    this.cursor.style.transform = `translateX(${axis._offset + at}px)`
    this.cursor.style.top = `${layout._size.t}px`
    this.cursor.style.height = `${layout._size.h}px`
  }

  drag(event) {
    event.preventDefault()
    this.cursor.setPointerCapture(event.pointerId)
    const axis = this.plot._fullLayout.xaxis
    const left = this.plot.getBoundingClientRect().left + axis._offset
    this.cursor.onpointermove = move => {
      const step = Math.round(axis.p2l(move.clientX - left))
      this.onStep(Math.min(Math.max(step, 1), this.steps))
    }
    this.cursor.onpointerup = this.cursor.onpointercancel = () => (this.cursor.onpointermove = null)
  }

  tabulate() {
    if (!this.details.open) return
    const { columns, rows } = numbers(this.figure)
    const button = element("button", { type: "button", class: "stage-button" }, "Download as CSV")
    button.onclick = () => save(`${this.id}.csv`, csv([columns, ...rows]), "text/csv")
    const more = rows.length > ROWS ? ` (the first ${ROWS} of ${rows.length} rows)` : ""
    const shown = element(
      "div",
      {
        class: "stage-scroll stage-numbers",
        tabindex: "0",
        role: "region",
        "aria-label": `Table: ${this.title.textContent}`,
      },
      table(
        this.title.textContent + more,
        columns,
        rows.slice(0, ROWS).map(row => row.map(String)),
      ),
    )
    this.details.replaceChildren(this.details.firstElementChild, button, shown)
  }

  close() {
    if (this.listening) window.Plotly.purge(this.plot)
  }
}

export const CONFIG = {
  displayModeBar: false,
  showSendToCloud: false,
  responsive: false,
  doubleClick: false,
  scrollZoom: false,
}

// What every figure takes from the page.
export function base({ width, color, font }) {
  return {
    width,
    autosize: false,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: font, size: 13, color },
    hoverlabel: { font: { family: font } },
  }
}

// A figure with the palette's colours in the place of their names.
export function coloured(value, palette) {
  if (typeof value === "string") return value.startsWith("@") ? palette[value.slice(1)] : value
  if (Array.isArray(value)) {
    return value.length && typeof value[0] !== "object" && typeof value[0] !== "string"
      ? value
      : value.map(one => coloured(one, palette))
  }
  if (value === null || typeof value !== "object") return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, KEPT.has(key) ? one : coloured(one, palette)]),
  )
}
const KEPT = new Set(["text", "ticktext", "tickvals", "name", "bdata", "customdata", "hovertemplate"]) // words and numbers, no colours

function pick(steps, label) {
  return { tickvals: steps.map(i => i + 1), ticktext: steps.map(label), tickangle: 0 }
}

function fullTicks(layout) {
  return Object.fromEntries(
    Object.entries(layout)
      .filter(([name]) => /^xaxis\d*$/.test(name))
      .map(([name, axis]) => [name, { tickvals: axis.tickvals, ticktext: axis.ticktext }]),
  )
}

// The numbers of a figure: lines side by side by step, heatmaps a row a step.
function numbers(figure) {
  const heat = figure.data[0].type === "heatmap"
  return heat ? numbersOfHeatmaps(figure.data) : numbersOfLines(figure.data)
}

function numbersOfLines(traces) {
  const values = traces.map(trace => unpack(trace.y).flat)
  const steps = Math.max(...values.map(one => one.length))
  const words = [...new Map(traces.map(trace => [trace.text.join(" "), trace.text])).values()]
  const columns = [
    "step",
    ...words.map((_, i) => (words.length > 1 ? `word of ${"AB"[i]}` : "words")),
    ...traces.map(trace => trace.meta ?? trace.name),
  ]
  const rows = Array.from({ length: steps }, (_, t) => [
    t + 1,
    ...words.map(one => plain(one[t] ?? "")),
    ...values.map(one => (t < one.length && !Number.isNaN(one[t]) ? one[t].toFixed(4) : "")),
  ])
  return { columns, rows }
}

function numbersOfHeatmaps(traces) {
  const named = traces.length > 1
  const columns = [...(named ? ["phrase"] : []), "step", "word", ...traces[0].customdata.map(unit => `unit ${unit}`)]
  const rows = traces.flatMap((trace, i) => {
    const {
      flat,
      shape: [height, width],
    } = unpack(trace.z)
    return Array.from({ length: width }, (_, t) => [
      ...(named ? ["AB"[i]] : []),
      t + 1,
      plain(trace.text[t]),
      ...Array.from({ length: height }, (_, row) => flat[row * width + t].toFixed(4)),
    ])
  })
  return { columns, rows }
}

export function unpack({ bdata, shape }) {
  const bytes = Uint8Array.from(atob(bdata), character => character.charCodeAt(0))
  return { flat: new Float32Array(bytes.buffer), shape: String(shape).split(",").map(Number) }
}

// Labels are escaped for Plotly; a table takes them as they were.
export function plain(label) {
  return label.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&")
}
