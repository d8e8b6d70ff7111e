// The numbers of a figure as a table: lines side by side by step, heatmaps a row a step.
/** @import { Figure } from "../payloads.js" */
/** @import { Trace } from "../plotly_types.js" */
import { numbersOf, unescaped, unpack } from "../figure.js"

const LETTERS = "AB"

/** @typedef {{ columns: string[], rows: string[][] }} Numbers */

/**
 * @param {Figure} figure
 * @returns {Numbers}
 */
export function numbersOfFigure({ data }) {
  return data[0].type === "heatmap" ? ofHeatmaps(data) : ofLines(data)
}

/**
 * @param {Trace[]} traces
 * @returns {Numbers}
 */
function ofLines(traces) {
  const values = traces.map(trace => numbersOf(trace.y))
  const steps = Math.max(...values.map(({ length }) => length))
  const phrases = [...new Map(traces.map(trace => [wordsOf(trace).join(" "), wordsOf(trace)])).values()]
  const heads = phrases.map((_, i) => (phrases.length > 1 ? `word of ${LETTERS[i]}` : "words"))
  const columns = ["step", ...heads, ...traces.map(trace => trace.meta ?? trace.name ?? "")]
  const rows = Array.from({ length: steps }, (_, t) => [
    String(t + 1),
    ...phrases.map(words => unescaped(words[t] ?? "")),
    ...values.map(numbers => (t < numbers.length && !Number.isNaN(numbers[t]) ? numbers[t].toFixed(4) : "")),
  ])
  return { columns, rows }
}

/**
 * @param {Trace[]} traces
 * @returns {Numbers}
 */
function ofHeatmaps(traces) {
  const named = traces.length > 1
  const units = (traces[0].customdata ?? []).map(unit => `unit ${unit}`)
  const columns = [...(named ? ["phrase"] : []), "step", "word", ...units]
  const rows = traces.flatMap((trace, i) => {
    if (!trace.z || Array.isArray(trace.z)) return []
    const { flat, shape } = unpack(trace.z)
    const [height, width] = shape
    return Array.from({ length: width }, (_, t) => [
      ...(named ? [LETTERS[i]] : []),
      String(t + 1),
      unescaped(wordsOf(trace)[t]),
      ...Array.from({ length: height }, (_, row) => flat[row * width + t].toFixed(4)),
    ])
  })
  return { columns, rows }
}

/**
 * A trace's words, one a step.
 * @param {Trace} trace
 * @returns {string[]}
 */
function wordsOf({ text = [] }) {
  return text.map(word => (Array.isArray(word) ? word.join(" ") : word))
}
