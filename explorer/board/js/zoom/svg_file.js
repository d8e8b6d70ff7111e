// Levels as drawings of their own: true SVG with resolved colours, to be saved or embedded.
/** @import { Scale } from "./scales.js" */
import { COLUMNS } from "./block.js"

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")
}

/**
 * @param {number} width
 * @param {number} height
 * @param {string} title
 * @param {string[]} parts
 */
export function drawing(width, height, title, parts) {
  const style = getComputedStyle(document.documentElement)
  const [paper, ink] = ["--paper", "--ink"].map(name => style.getPropertyValue(name).trim())
  const box = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`
  const attributes = `xmlns="http://www.w3.org/2000/svg" ${box} role="img" font-family="system-ui, sans-serif"`
  const ground = `<rect width="${width}" height="${height}" fill="${paper || "#fff"}"/>`
  return `<svg ${attributes} fill="${ink || "#000"}"><title>${escaped(title)}</title>${ground}${parts.join("")}</svg>`
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} text
 * @param {{ size?: number, weight?: number, anchor?: "start" | "middle" }} [look]
 */
export function words(x, y, text, { size = 16, weight = 400, anchor = "middle" } = {}) {
  const attributes = `x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}"`
  return `<text ${attributes}>${escaped(text)}</text>`
}

/**
 * A block of all units.
 * @param {number} x
 * @param {number} y
 * @param {Float32Array} values
 * @param {Scale} scale
 * @param {number} reach
 * @param {number} size of a square with its gap
 */
export function squares(x, y, values, scale, reach, size) {
  return [...values].map((value, unit) => {
    const [left, top] = [x + (unit % COLUMNS) * size, y + Math.floor(unit / COLUMNS) * size]
    return `<rect x="${left}" y="${top}" width="${size - 1}" height="${size - 1}" fill="${scale.of(value, reach)}"/>`
  })
}
