// How things look here and now: the theme's palette, the page's font, the room there is.
/** @import { Palette, Palettes } from "./payloads.js" */
import { element } from "./dom.js"

/** @typedef {{ palette: Palette, color: string, font: string, width: number }} Theme `width` in pixels */

/**
 * What a figure needs to know; the palette's single colours go to the style sheet as well.
 * @param {HTMLElement} root
 * @param {Palettes} palettes
 * @returns {Theme}
 */
export function themeOf(root, palettes) {
  const name = isDark(root) ? "dark" : "light"
  const palette = palettes[name]
  const { color, fontFamily } = getComputedStyle(root)
  root.dataset.theme = name
  for (const [key, value] of Object.entries(palette)) {
    if (typeof value === "string") root.style.setProperty(`--stage-${key}`, value)
  }
  return { palette, color, font: fontFamily, width: widthOf(root) }
}

/** How many pixels a rem is: the page's type grows with the window, and what is drawn grows with it. */
export function rem() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
}

/**
 * The room in a board; a part of it that is shown alone keeps off the window's edges.
 * @param {HTMLElement} root
 */
export function widthOf(root) {
  const alone = root.querySelector("[data-alone]")
  if (!alone) return Math.max(260, Math.floor(root.clientWidth))
  const { paddingLeft, paddingRight } = getComputedStyle(alone)
  return Math.max(260, Math.floor(alone.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)))
}

/**
 * Streamlit gives its colours, not the name of its theme. Where colours are forced, what counts is the background that
 * they have, not Streamlit's; a probe whose own colour was forced would say that of the text.
 * @param {HTMLElement} root
 */
function isDark(root) {
  const ground = window.matchMedia?.("(forced-colors: active)").matches ? "Canvas" : "var(--st-background-color, #fff)"
  const probe = element("span", { style: `forced-color-adjust: none; color: ${ground}` })
  root.append(probe)
  const [red, green, blue] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? ["255", "255", "255"]).map(Number)
  probe.remove()
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128
}
