// The size of type in presenter view: as large as the picture has room for, and never under 30 px on a projector.

const LEAST = 30 // pixels, which a back row can read; less on a window that is no projector
const PROJECTOR = 1000 // pixels of width
const NARROWEST = 18 // pixels, on a phone

/** @type {ResizeObserver | null} */
let observer = null

/**
 * What a rem is to be, from the largest one on.
 * @param {number} width of the window in pixels
 * @param {number} height
 * @returns {number[]}
 */
export function sizes(width, height) {
  const least = width >= PROJECTOR ? LEAST : Math.max(NARROWEST, Math.floor((LEAST * width) / PROJECTOR))
  const best = Math.max(least, Math.floor(Math.min(0.026 * width, 0.045 * height)))
  const between = Math.round((best + least) / 2)
  return [...new Set([best, between, least])]
}

/**
 * Sets the page's type for a picture that fills the window; a picture that then is too high gets the next size.
 * @param {Element} node
 */
export function fitType(node) {
  observer?.disconnect()
  const waiting = sizes(window.innerWidth, window.innerHeight)
  const next = () => set(waiting.shift() ?? LEAST)
  next()
  observer = new ResizeObserver(() => {
    if (node.getBoundingClientRect().height <= window.innerHeight + 1) return
    if (waiting.length > 0) next()
    else flatten(node)
  })
  observer.observe(node)
}

/** The page's own type again. */
export function clearType() {
  observer?.disconnect()
  observer = null
  document.documentElement.style.removeProperty("font-size")
  window.dispatchEvent(new Event("resize"))
}

/** @param {number} pixels */
function set(pixels) {
  document.documentElement.style.setProperty("font-size", `${pixels}px`, "important")
  window.dispatchEvent(new Event("resize")) // what draws in rem draws anew
}

/**
 * A figure of Plotly that is still too high gets less height, down to half of it.
 * @param {Element} node
 */
function flatten(node) {
  const plot = /** @type {import("../plotly_types.js").PlotNode | null} */ (node.querySelector(".js-plotly-plot"))
  const over = node.getBoundingClientRect().height - window.innerHeight
  if (!plot || !window.Plotly || over <= 0) return
  const height = plot.clientHeight - over
  if (height >= window.innerHeight / 3) window.Plotly.relayout(plot, { height })
}
