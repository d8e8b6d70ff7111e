// How things look here and now: the theme's palette, the page's font, the room there is.
import { element } from "./dom.js"

// What a figure needs to know; the palette's single colours go to the style sheet as well.
export function lookOf(root, palettes) {
  const theme = themeOf(root)
  const palette = palettes[theme]
  const { color, fontFamily } = getComputedStyle(root)
  root.dataset.theme = theme
  for (const [name, value] of Object.entries(palette)) {
    if (typeof value === "string") root.style.setProperty(`--stage-${name}`, value)
  }
  return { palette, color, font: fontFamily, width: widthOf(root) }
}

export function widthOf(root) {
  return Math.max(260, Math.floor(root.clientWidth))
}

// Streamlit gives its colours, not the name of its theme.
function themeOf(node) {
  const probe = element("span", { style: "color: var(--st-background-color, #fff)" })
  node.append(probe)
  const [r, g, b] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number)
  probe.remove()
  return 0.299 * r + 0.587 * g + 0.114 * b < 128 ? "dark" : "light"
}
