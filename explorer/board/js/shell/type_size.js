// The size of type in presenter view: as large as the picture has room for, and never under 30 px on a projector.

const LEAST = 30 // pixels, which a back row can read; less on a window that is no projector
const PROJECTOR = 1000 // pixels of width
const NARROWEST = 18 // pixels, on a phone
const REST = 200 // milliseconds without a change, after which a picture is drawn in its new size

/** @typedef {{ size: number, tight: boolean }} Attempt `tight`: without the sentence below the picture */

/** @type {ResizeObserver | null} */
let observer = null
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer

/**
 * What is tried, from the largest type on: a rem in pixels, at last without the sentence.
 * @param {number} width of the window in pixels
 * @param {number} height
 * @returns {Attempt[]}
 */
export function attempts(width, height) {
  const least = width >= PROJECTOR ? LEAST : Math.max(NARROWEST, Math.floor((LEAST * width) / PROJECTOR))
  const best = Math.max(least, Math.floor(Math.min(0.026 * width, 0.045 * height)))
  const sizes = [...new Set([best, Math.round((best + least) / 2), least])]
  return [...sizes.map(size => ({ size, tight: false })), ...sizes.slice(-2).map(size => ({ size, tight: true }))]
}

/**
 * Sets the page's type for a picture that fills the window; for a picture that then is too large, the next size.
 * @param {Element} node
 */
export function fitType(node) {
  stop()
  const waiting = attempts(window.innerWidth, window.innerHeight)
  const next = () => {
    const attempt = waiting.shift()
    if (attempt) set(attempt)
    else flatten(node)
    if (waiting.length > 0 || attempt) rest()
  }
  const rest = () => {
    clearTimeout(timer)
    timer = setTimeout(() => (tooLarge(node) ? next() : ready()), REST)
  }
  observer = new ResizeObserver(rest)
  for (const part of [node, ...node.querySelectorAll(".stage-plot, svg, canvas")]) observer.observe(part)
  next()
}

/** The page's own type again. */
export function clearType() {
  stop()
  const { dataset, style } = document.documentElement
  delete dataset.tight
  style.removeProperty("font-size")
  window.dispatchEvent(new Event("resize"))
}

function stop() {
  clearTimeout(timer)
  observer?.disconnect()
  observer = null
  delete document.documentElement.dataset.fitted
}

function ready() {
  document.documentElement.dataset.fitted = "1"
}

/** @param {Element} node */
function tooLarge(node) {
  const { innerHeight, innerWidth } = window
  return node.getBoundingClientRect().height > innerHeight + 1 || node.scrollWidth > innerWidth + 1
}

/** @param {Attempt} attempt */
function set({ size, tight }) {
  const { dataset, style } = document.documentElement
  if (tight) dataset.tight = "1"
  else delete dataset.tight
  style.setProperty("font-size", `${size}px`, "important")
  window.dispatchEvent(new Event("resize")) // what draws in rem draws anew
}

/**
 * A figure of Plotly that is still too high gets less height, down to half of the window's.
 * @param {Element} node
 */
function flatten(node) {
  const plot = /** @type {import("../plotly_types.js").PlotNode | null} */ (node.querySelector(".js-plotly-plot"))
  const over = node.getBoundingClientRect().height - window.innerHeight
  const height = plot ? Math.max(plot.clientHeight - over, window.innerHeight / 2) : 0
  if (plot && window.Plotly && over > 0 && height < plot.clientHeight) window.Plotly.relayout(plot, { height })
  ready()
}
