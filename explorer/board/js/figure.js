// Figures: how Plotly comes, what a figure takes from the page, and its arrays.
/** @import { Packed, Palette } from "./payloads.js" */
/** @import { Axis, Layout, PlotlyLibrary, PlotNode, Trace } from "./plotly_types.js" */
/** @import { Theme } from "./theme.js" */
import { element } from "./dom.js"
import { rem } from "./theme.js"

export const CONFIG = {
  displayModeBar: false,
  showSendToCloud: false,
  responsive: false,
  doubleClick: false,
  scrollZoom: false,
}
// Words and numbers, no colours.
const KEPT = new Set(["text", "ticktext", "tickvals", "name", "bdata", "customdata", "hovertemplate"])

/** @type {Promise<PlotlyLibrary> | null} */
let library = null

/** Plotly, once it is here; another call after a failure tries again. */
export function load() {
  library ??= new Promise((resolve, reject) => {
    const script = element("script", { src: new URL("plotly.min.js", import.meta.url).href })
    script.onload = () => resolve(window.Plotly)
    script.onerror = () => {
      library = null
      script.remove()
      reject(new Error("Plotly could not be loaded"))
    }
    document.head.append(script)
  })
  return library
}

/** A node for Plotly to draw into, which gives it its methods. */
export function plotNode(classes = "") {
  const node = element("div", { class: `stage-plot ${classes}`.trim() })
  return /** @type {PlotNode} */ (/** @type {unknown} */ (node))
}

/**
 * A length of a figure as it was made for 16 px type, in the type of this window.
 * @param {number} pixels
 */
export function grown(pixels) {
  return (pixels * rem()) / 16
}

/**
 * What every figure takes from the page.
 * @param {Theme} theme
 * @returns {Layout}
 */
export function pageLayout({ width, color, font }) {
  return {
    width,
    autosize: false,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: font, size: rem(), color },
    hoverlabel: { font: { family: font, size: rem() } },
  }
}

/**
 * A figure, or a part of one, with the palette's colours in the place of their names; what was given stays as it was.
 * @template Part
 * @param {Part} part
 * @param {Palette} palette
 * @returns {Part}
 */
export function coloured(part, palette) {
  return /** @type {Part} */ (painted(part, new Map(Object.entries(palette))))
}

/**
 * @param {unknown} value
 * @param {Map<string, unknown>} colours by name
 * @returns {unknown}
 */
function painted(value, colours) {
  if (typeof value === "string") return value.startsWith("@") ? colours.get(value.slice(1)) : value
  if (Array.isArray(value)) {
    return typeof value[0] === "object" || typeof value[0] === "string"
      ? value.map(item => painted(item, colours))
      : value
  }
  if (value === null || typeof value !== "object") return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, KEPT.has(key) ? item : painted(item, colours)]),
  )
}

/** @typedef {{ flat: Float32Array, shape: number[] }} Unpacked */

/**
 * A packed array as it was: its numbers in C order, and its shape.
 * @param {Packed} packed
 * @returns {Unpacked}
 */
export function unpack({ bdata, shape }) {
  const bytes = Uint8Array.from(atob(bdata), character => character.charCodeAt(0))
  return { flat: new Float32Array(bytes.buffer), shape: shape.split(",").map(Number) }
}

/**
 * Numbers as a packed array, (T,).
 * @param {number[]} values
 * @returns {Packed}
 */
export function pack(values) {
  const bytes = new Uint8Array(new Float32Array(values).buffer)
  return { dtype: "f4", bdata: btoa(String.fromCharCode(...bytes)), shape: String(values.length) }
}

/**
 * The numbers of a line or of bars.
 * @param {Trace["y"]} values
 * @returns {number[]} NaN where there is none
 */
export function numbersOf(values) {
  if (!values) return []
  return Array.isArray(values) ? values.map(value => value ?? NaN) : Array.from(unpack(values).flat)
}

/**
 * Labels are escaped for Plotly; a table takes them as they were.
 * @param {string} label
 */
export function unescaped(label) {
  return label.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&")
}

/**
 * As Plotly takes words: it reads tags in its labels.
 * @param {string} text
 */
export function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
}

/**
 * The axes of a figure whose names are such, with their names.
 * @param {Layout} layout
 * @param {RegExp} name
 * @returns {[string, Axis][]}
 */
export function axesOf(layout, name = /^[xy]axis\d*$/) {
  /** @type {[string, Axis][]} */
  const axes = []
  for (const [key, value] of Object.entries(layout)) {
    if (name.test(key) && isAxis(value)) axes.push([key, value])
  }
  return axes
}

/**
 * @param {unknown} value of an axis's name
 * @returns {value is Axis}
 */
function isAxis(value) {
  return typeof value === "object" && value !== null
}
