// Matrices of the same words by the same steps, one a model, on one scale of colours: row = belief after step t, column
// = word s. Below them the row at the time cursor, for all models.
/** @import { MatrixPanel, ModelMatrix } from "../payloads.js" */
/** @import { Axis, Layout, PlotlyLibrary, PlotNode, Trace } from "../plotly_types.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Tools } from "./panel.js" */
import { DataTable, folded } from "../data_table.js"
import { element } from "../dom.js"
import { coloured, CONFIG, escaped, grown, load, pageLayout, plotNode, unescaped, unpack } from "../figure.js"
import { t } from "../messages.js"
import { shortened } from "../text.js"
import { rem } from "../theme.js"
import { Panel } from "./panel.js"
import { spread } from "./places.js"

const NARROW = 700 // pixels
const GAP = 12 // pixels
const APART = 0.1 // of the height, from a name at the end of a line to the next one
const ENDS = 66 // pixels of 16 px type, for the names at the ends of lines
const LONGEST = 11 // letters of a label on an axis; the hover and the table have it whole
const LETTER = 9 // pixels that a letter of such a label needs, of 16 px type
const SLANTED = 22 // pixels that a slanted word needs, of 16 px type
const LEAST = 1e-30 // zero has no logarithm

/**
 * Where a model's matrix is drawn.
 * @typedef {object} Place
 * @property {HTMLElement} frame
 * @property {HTMLElement} title
 * @property {HTMLElement} image
 * @property {PlotNode} plot
 * @property {HTMLElement} marker
 */

/** @extends {Panel<MatrixPanel>} */
export class Matrix extends Panel {
  /**
   * @param {string} id
   * @param {Tools} tools
   */
  constructor(id, tools) {
    super(id, tools)
    this.frames = element("div", { class: "matrix-frames" })
    this.row = plotNode()
    this.rowFrame = element("div", { class: "stage-frame", role: "img" }, this.row)
    this.rowTitle = element("h3", { class: "matrix-title" })
    this.table = new DataTable("gradients.csv", t("Download all as CSV"))
    this.table.records = () => this.records()
    this.details = folded(this.table.node)
    this.details.ontoggle = () => this.tabulate()
    this.body.append(this.frames, element("div", { class: "matrix-row" }, this.rowTitle, this.rowFrame), this.details)
    /** @type {PlotlyLibrary | undefined} */
    this.Plotly = undefined
    /** @type {Place[]} a place for each model's matrix */
    this.places = []
    /** @type {string[]} of the cells, for text; Plotly takes them escaped */
    this.names = []
    /** @type {Float32Array[]} (cells, cells) of each model */
    this.values = []
    this.step = 1
    this.at = 0
  }

  /**
   * @override
   * @param {MatrixPanel} data
   * @param {Theme} theme
   */
  async fill(data, theme) {
    this.Plotly = await load()
    this.names = data.words.map(unescaped)
    this.values = data.models.map(model => unpack(model.values).flat)
    if (!this.places.length) this.lay(data.models.length)
    this.places.forEach(({ image, title }, i) => {
      image.setAttribute("aria-label", data.models[i].alt)
      title.textContent = data.models[i].label
    })
    await this.paint(data, theme)
    this.moveTo(this.tools.now() || data.steps)
  }

  /**
   * The gradients of a model's belief after the steps of row k, with respect to the words read by then.
   * @param {number} i of the model
   */
  read(i, k = this.at) {
    const size = this.names.length
    return Array.from(this.values[i].subarray(k * size, k * size + k + 1))
  }

  /**
   * A row or column in words: its step and word, or its steps.
   * @param {MatrixPanel} data
   * @param {number} k
   */
  called({ block }, k) {
    const name = this.names[k]
    const space = name.indexOf(" ")
    if (block > 1) return t("steps {range}", { range: name })
    return t("step {step} “{word}”", { step: name.slice(0, space), word: name.slice(space + 1) })
  }

  // ------------------------------------------------------------------------------------------------------- matrices

  /** @param {number} count of models */
  lay(count) {
    this.places = Array.from({ length: count }, () => {
      const plot = plotNode()
      const image = element("div", { class: "stage-frame", role: "img" }, plot)
      const marker = element("div", { class: "matrix-marker", hidden: true })
      const title = element("h3", { class: "matrix-title" })
      const frame = element("div", {}, title, element("div", { class: "stage-holder" }, image, marker))
      return { frame, title, image, plot, marker }
    })
    this.frames.replaceChildren(...this.places.map(({ frame }) => frame))
  }

  /**
   * @param {MatrixPanel} data
   * @param {Theme} theme
   */
  async paint(data, theme) {
    this.theme = theme
    const { width } = theme
    const count = this.places.length
    const each = width < NARROW ? width : Math.floor((width - GAP * (count - 1)) / count)
    for (const [i, { plot }] of this.places.entries()) {
      const figure = coloured(this.figure(data, i, each), theme.palette)
      const layout = { ...pageLayout({ ...theme, width: each }), ...figure.layout }
      await this.Plotly?.react(plot, figure.data, layout, CONFIG)
      plot.removeAllListeners("plotly_click")
      plot.on("plotly_click", event => this.clicked(data, Math.round(event.points[0].y)))
    }
  }

  /**
   * The cursor goes to the last step of a row.
   * @param {MatrixPanel} data
   * @param {number} row
   */
  clicked({ steps, block }, row) {
    this.tools.onStep(Math.min(steps, (row + 1) * block))
  }

  /**
   * @param {MatrixPanel} data
   * @param {number} i of the model
   * @param {number} width in pixels
   * @returns {{ data: Trace[], layout: Layout }}
   */
  figure(data, i, width) {
    const { low, high } = data
    const logs = this.names.map((_, k) =>
      this.read(i, k).map(value => Math.max(low, Math.log10(Math.max(value, LEAST)))),
    )
    const marks = powers(low, high)
    /** @type {Trace} */
    const heatmap = {
      type: "heatmap",
      z: logs.map(row => this.padded(row, null)),
      colorscale: "@sequential",
      zmin: low,
      zmax: high,
      hoverongaps: false,
      text: this.hover(data, i),
      hovertemplate: "%{text}<extra></extra>",
      colorbar: {
        title: { text: t("influence (gradient)"), side: "top", font: { size: rem() } },
        orientation: "h",
        thickness: grown(10),
        len: 1,
        x: 0.5,
        y: 1.02,
        yanchor: "bottom",
        outlinewidth: 0,
        tickvals: marks,
        ticktext: marks.map(k => (Number.isInteger(k) && k < -2 ? `10<sup>${k}</sup>` : decimals(10 ** k))),
      },
    }
    const side = grown(this.longest() * LETTER + 10)
    const height = Math.min(grown(460), width + grown(70))
    const axis = { showgrid: false, zeroline: false, fixedrange: true }
    return {
      data: [heatmap],
      layout: {
        height,
        margin: { l: side, r: grown(6), t: grown(74), b: side },
        dragmode: false,
        xaxis: { ...axis, ...this.axis(width - side, grown(SLANTED)), tickangle: -60 },
        yaxis: { ...axis, ...this.axis(height - side - grown(74), grown(SLANTED)), autorange: "reversed" },
      },
    }
  }

  /**
   * As many words on an axis as there is room for, in pixels, each with `need` of them.
   * @param {number} room
   * @param {number} need
   * @returns {Axis}
   */
  axis(room, need) {
    const stride = Math.max(1, Math.ceil((this.names.length * need) / Math.max(120, room)))
    const tickvals = [...this.names.keys()].filter(k => k % stride === 0)
    const ticktext = tickvals.map(k => escaped(shortened(this.names[k], LONGEST)))
    return { tickvals, ticktext, showgrid: false, zeroline: false }
  }

  /** How many letters the longest label on an axis has. */
  longest() {
    return Math.min(LONGEST, Math.max(3, ...this.names.map(name => name.length)))
  }

  /**
   * A row as long as all rows.
   * @template Value
   * @param {Value[]} row
   * @param {Value | null} filling
   * @returns {(Value | null)[]}
   */
  padded(row, filling) {
    return [...row, ...Array(this.names.length - row.length).fill(filling)]
  }

  /**
   * @param {MatrixPanel} data
   * @param {number} i of the model
   */
  hover(data, i) {
    const words = this.names.map((_, k) => escaped(this.called(data, k)))
    return words.map((after, k) => {
      const row = this.read(i, k).map((value, s) =>
        t("belief after {after}<br>word of {word}<br>gradient {norm}", {
          ...{ after, word: words[s], norm: value.toExponential(2) },
        }),
      )
      return this.padded(row, "").map(text => text ?? "")
    })
  }

  // ----------------------------------------------------------------------------------------- the row at the time
  // cursor

  /**
   * @override
   * @param {number} step
   */
  moveTo(step) {
    const { data } = this
    if (!data || !this.Plotly || !this.places.length) return
    this.step = Math.min(Math.max(step, 1), data.steps)
    this.at = Math.floor((this.step - 1) / data.block)
    for (const { plot, marker } of this.places) {
      if (!plot._fullLayout) return
      const { xaxis, yaxis } = plot._fullLayout
      const [top, bottom] = [this.at - 0.5, this.at + 0.5].map(edge => yaxis._offset + yaxis.l2p(edge))
      marker.style.top = `${top}px`
      marker.style.height = `${bottom - top}px`
      marker.style.left = `${xaxis._offset}px`
      marker.style.width = `${xaxis._length}px`
      marker.hidden = false
    }
    this.drawRow(data)
    this.tabulate()
  }

  /**
   * What the belief after this step hangs on, in every model.
   * @param {MatrixPanel} data
   */
  drawRow(data) {
    if (!this.theme) return
    const { models, low, high } = data
    const marks = powers(low, high)
    const title = t("What the belief after {step} hangs on", { step: this.called(data, this.at) })
    this.rowTitle.textContent = title
    const axis = this.axis(this.theme.width - grown(72 + ENDS), grown(this.longest() * LETTER))
    const figure = coloured(
      {
        data: models.map((model, i) => line(model, this.read(i), low)),
        layout: {
          height: grown(280),
          margin: { l: grown(64), r: grown(ENDS), t: grown(16), b: grown(48) },
          dragmode: false,
          hovermode: "x",
          showlegend: false,
          annotations: this.ends(data),
          xaxis: {
            ...axis,
            range: [-0.5, this.names.length - 0.5],
            fixedrange: true,
            gridcolor: "@grid",
          },
          yaxis: {
            type: "log",
            range: [low - 0.2, high + 0.2],
            tickvals: marks.map(k => 10 ** k),
            ticktext: marks.map(k => decimals(10 ** k)),
            title: { text: t("influence (gradient)"), font: { size: rem() } },
            fixedrange: true,
            gridcolor: "@grid",
          },
        },
      },
      this.theme.palette,
    )
    const alt = t("{title}: a line for each model over the words read so far, gradient norm on a logarithmic scale.", {
      title,
    })
    this.rowFrame.setAttribute("aria-label", `${alt} ${this.loudest(data)}`)
    this.Plotly?.react(this.row, figure.data, { ...pageLayout(this.theme), ...figure.layout }, CONFIG)
  }

  /**
   * The name of each model's line at its end, none over another.
   * @param {MatrixPanel} data
   */
  ends({ models, low, high }) {
    const heights = models.map((_, i) => Math.max(low, Math.log10(Math.max(this.read(i)[this.at], LEAST))))
    const places = spread(heights, (high - low + 0.4) * APART)
    return models.map(({ label, look: [colour] }, i) => ({
      text: label,
      showarrow: false,
      xref: "paper",
      x: 1,
      xanchor: "left",
      xshift: 8,
      y: places[i],
      font: { color: `@${colour}` },
    }))
  }

  /** @param {MatrixPanel} data */
  loudest(data) {
    const most = data.models.map((model, i) => {
      const row = this.read(i)
      const word = this.called(data, row.indexOf(Math.max(...row)))
      return t("{model}: most on {word}.", { model: model.label, word })
    })
    return most.join(" ")
  }

  tabulate() {
    if (!this.details.open || !this.data) return
    const { models } = this.data
    const columns = models.map((_, i) => this.read(i).map(value => value.toExponential(3)))
    const rows = columns[0].map((_, s) => [this.names[s], ...columns.map(column => column[s])])
    const heads = [t("with respect to"), ...models.map(({ label }) => label)]
    this.table.show(this.rowTitle.textContent ?? "", heads, rows)
  }

  /** All rows of all models. */
  records() {
    const rows = (this.data?.models ?? []).flatMap(({ label }, i) =>
      this.names.map((name, k) => {
        const values = this.read(i, k).map(value => value.toExponential(4))
        return [label, name, ...this.padded(values, "").map(text => text ?? "")]
      }),
    )
    return [[t("model"), t("after"), ...this.names], ...rows]
  }

  /**
   * @override
   * @param {number} width
   */
  async fit(width) {
    if (!this.data || !this.theme || !this.places.length || Math.abs(width - this.theme.width) < 2) return
    await this.paint(this.data, { ...this.theme, width })
    this.moveTo(this.step)
  }

  /** @override */
  close() {
    for (const node of [...this.places.map(({ plot }) => plot), this.row]) this.Plotly?.purge(node)
    this.places = []
  }
}

/**
 * A model's row; what lies below the scale is drawn at its lower end and hovers with its own number.
 * @param {ModelMatrix} model
 * @param {number[]} row
 * @param {number} low
 * @returns {Trace}
 */
function line({ label, look: [colour, dash, symbol] }, row, low) {
  return {
    type: "scatter",
    mode: row.length <= 60 ? "lines+markers" : "lines",
    name: label,
    x: row.map((_, s) => s),
    y: row.map(value => Math.max(value, 10 ** low)),
    line: { color: `@${colour}`, dash, width: 2 },
    marker: { symbol, size: 7 },
    customdata: row.map(value => value.toExponential(2)),
    hovertemplate: `%{customdata}<extra>${label}</extra>`,
  }
}

/**
 * Ticks of a logarithmic scale, no more than six: powers of ten, and where there are few of them 2 and 5 times one.
 * @param {number} low
 * @param {number} high powers of ten
 */
export function powers(low, high) {
  const whole = Array.from({ length: Math.floor(high) - Math.floor(low) + 1 }, (_, k) => Math.floor(low) + k)
  const parts = high - low < 2 ? [0, Math.log10(2), Math.log10(5)] : [0]
  const all = whole.flatMap(power => parts.map(part => power + part)).filter(k => k >= low && k <= high)
  return all.filter((_, k) => k % Math.ceil(all.length / 6) === 0)
}

/** @param {number} value */
function decimals(value) {
  return String(Number(value.toPrecision(3)))
}
