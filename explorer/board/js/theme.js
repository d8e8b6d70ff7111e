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
  const [r, g, b] = getComputedStyle(probe)
    .color.match(/[\d.]+/g)
    .map(Number)
  probe.remove()
  return 0.299 * r + 0.587 * g + 0.114 * b < 128 ? "dark" : "light"
}

// A scale of the palette, stops [place 0…1, "#rrggbb"], as a function of 0…1 that gives [r, g, b].
export function ramp(stops) {
  const points = stops.map(([at, hex]) => [at, [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16))])
  return value => {
    const v = Math.min(Math.max(value, 0), 1)
    const k = Math.max(
      1,
      points.findIndex(([at]) => at >= v),
    )
    const [[from, low], [to, high]] = [points[k - 1], points[k]]
    return low.map((part, i) => Math.round(part + ((v - from) / (to - from)) * (high[i] - part)))
  }
}
