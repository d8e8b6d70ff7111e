// How large pictures are: the first one so that all of it is seen without scrolling, marks as large as type.
/** @import { Trace } from "../plotly_types.js" */
import { grown } from "../figure.js"

const NARROW = 768 // pixels: from here down the pages stand at the bottom of the window
const BELOW = { wide: 12, narrow: 66 } // pixels that stay free at the window's end
const LEAST = 230 // pixels: a picture is no ribbon

/**
 * The room from a node to the end of the first screen, if it begins there; else as high as was wanted.
 * @param {HTMLElement} node that the picture is drawn in
 * @param {number} wanted height in pixels
 */
export function fitting(node, wanted = Infinity) {
  const { innerHeight, innerWidth, scrollY } = globalThis
  const top = node.getBoundingClientRect().top + scrollY
  const room = innerHeight - top - (innerWidth < NARROW ? BELOW.narrow : BELOW.wide)
  return top < innerHeight ? Math.round(Math.min(wanted, Math.max(LEAST, room))) : wanted
}

/**
 * Traces with marks and lines that grow with the type of the window.
 * @param {Trace[]} traces
 * @returns {Trace[]}
 */
export function enlarged(traces) {
  return traces.map(trace => larger(trace))
}

/**
 * @template Part
 * @param {Part} part
 * @returns {Part}
 */
function larger(part) {
  if (part === null || typeof part !== "object") return part
  const entries = Object.entries(part).map(([key, value]) => {
    if (key === "size" || key === "width") {
      return [key, Array.isArray(value) ? value.map(grown) : typeof value === "number" ? grown(value) : value]
    }
    return [key, key === "marker" || key === "line" ? larger(value) : value]
  })
  return Object.fromEntries(entries)
}
