// A picture of the page as a drawing in SVG that needs no style sheet: what Plotly drew, what is SVG already, or the
// nodes themselves within a foreignObject.
/** @import { PlotNode } from "../plotly_types.js" */
/** @import { Picture } from "./pictures.js" */
import { element } from "../dom.js"
import { shape } from "../svg.js"

/**
 * Sizes in pixels; `whole`: it has its own title, address and paper.
 * @typedef {{ node: SVGElement, width: number, height: number, whole?: boolean }} Drawing
 */

const SKIPPED = "h1, h2, details, dialog, script, style, .stage-buttons, .stage-cursor, .stage-unseen, [data-controls]"
const SHARED = ["color", "display", "opacity", "visibility", "font-family", "font-size", "font-style", "font-weight"]
SHARED.push("letter-spacing", "transform", "transform-origin")
const OF_SHAPES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linecap",
]
OF_SHAPES.push("stroke-linejoin", "text-anchor", "dominant-baseline", "paint-order", "transform-box", "stop-color")
const OF_BOXES = [
  ...["position", "top", "right", "bottom", "left", "z-index", "box-sizing", "width", "height", "min-width"],
  ...["margin", "padding", "border-top", "border-right", "border-bottom", "border-left", "border-radius", "outline"],
  ...["background-color", "background-image", "background-size", "background-position", "background-repeat"],
  ...["flex-direction", "flex-wrap", "flex-grow", "flex-shrink", "flex-basis", "align-items", "align-content"],
  ...["align-self", "justify-content", "justify-items", "justify-self", "gap", "order", "grid-template-columns"],
  ...["grid-template-rows", "grid-column", "grid-row", "grid-auto-flow", "line-height", "text-align", "text-indent"],
  ...["text-decoration-line", "text-transform", "white-space", "overflow-wrap", "word-break", "vertical-align"],
  ...["border-collapse", "border-spacing", "list-style-type", "box-shadow", "clip-path", "filter", "writing-mode"],
]

/**
 * @param {Picture} picture
 * @returns {Promise<Drawing>}
 */
export async function drawingOf({ node, svg }) {
  if (svg) return parsed(await svg())
  const plots = node.matches(".js-plotly-plot") ? [node] : [...node.querySelectorAll(".js-plotly-plot")]
  if (plots.length === 1 && onlyPart(node, plots[0])) return ofPlotly(/** @type {PlotNode} */ (plots[0]))
  const only = node instanceof SVGElement ? node : node.querySelector("svg")
  if (only && plots.length === 0 && onlyPart(node, only)) return ofShapes(/** @type {SVGElement} */ (only))
  return ofBoxes(node)
}

/**
 * Whether all words of a picture stand in this part of it, so that the rest need not be drawn.
 * @param {Element} node
 * @param {Element} part
 */
function onlyPart(node, part) {
  const copy = /** @type {Element} */ (node.cloneNode(true))
  copy.querySelectorAll(`${SKIPPED}, .stage-sentence`).forEach(skipped => skipped.remove())
  const drawings = [...copy.querySelectorAll("svg, canvas")].filter(each => !each.parentElement?.closest("svg"))
  return words(copy) === words(part) && (part.matches(".js-plotly-plot") || drawings.length <= 1)
}

/** @param {Element} node */
function words(node) {
  return (node.textContent ?? "").replace(/\s/g, "")
}

/** @param {PlotNode} node */
async function ofPlotly(node) {
  const { width, height } = node.getBoundingClientRect()
  const address = await window.Plotly.toImage(node, {
    format: "svg",
    width: Math.round(width),
    height: Math.round(height),
  })
  return parsed(decodeURIComponent(address.slice(address.indexOf(",") + 1)))
}

/**
 * @param {string} text an SVG of our own
 * @returns {Drawing}
 */
function parsed(text) {
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement
  if (!(root instanceof SVGSVGElement)) throw new Error("not a drawing")
  const box = root.viewBox.baseVal
  const width = parseFloat(root.getAttribute("width") ?? "") || box?.width || 800
  const height = parseFloat(root.getAttribute("height") ?? "") || box?.height || 450
  return { node: document.importNode(root, true), width, height, whole: root.hasAttribute("data-whole") }
}

/**
 * @param {SVGElement} node
 * @returns {Drawing}
 */
function ofShapes(node) {
  const { width, height } = node.getBoundingClientRect()
  const copy = styled(node, [...SHARED, ...OF_SHAPES])
  if (!copy.hasAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${width} ${height}`)
  copy.setAttribute("width", String(width))
  copy.setAttribute("height", String(height))
  return { node: copy, width, height }
}

/**
 * @param {Element} node
 * @returns {Drawing}
 */
function ofBoxes(node) {
  const { width, height } = node.getBoundingClientRect()
  const copy = styled(node, [...SHARED, ...OF_SHAPES, ...OF_BOXES])
  Object.assign(copy.style, { margin: "0", position: "relative", inset: "auto", minHeight: "0", width: `${width}px` })
  copy.setAttribute("xmlns", "http://www.w3.org/1999/xhtml")
  const foreign = shape("foreignObject", { width, height })
  foreign.append(copy)
  return { node: shape("svg", { width, height, viewBox: `0 0 ${width} ${height}` }, foreign), width, height }
}

/**
 * A copy whose style is written on each node; what is drawn or typed by hand becomes an image or text.
 * @template {Element} Part
 * @param {Part} node
 * @param {string[]} properties
 * @returns {Part & ElementCSSInlineStyle}
 */
function styled(node, properties) {
  const copy = /** @type {Part & ElementCSSInlineStyle} */ (node.cloneNode(true))
  const originals = [node, ...node.querySelectorAll("*")]
  const copies = [copy, ...copy.querySelectorAll("*")]
  originals.forEach((original, i) => dress(original, copies[i], properties))
  copy.querySelectorAll(SKIPPED).forEach(skipped => skipped.remove())
  return copy
}

/**
 * @param {Element} original
 * @param {Element} copy
 * @param {string[]} properties
 */
function dress(original, copy, properties) {
  const style = getComputedStyle(original)
  const written = properties.map(name => [name, style.getPropertyValue(name)]).filter(([, value]) => value !== "")
  // a box without what is skipped may need more room than it had, and nothing can be scrolled in a file
  const grows = copy instanceof HTMLElement && !copy.matches("img, canvas")
  const text = written.map(([name, value]) => `${grows && name === "height" ? "min-height" : name}:${value}`).join(";")
  copy.removeAttribute("class")
  const stands = standIn(original)
  if (stands) copy.replaceWith(stands)
  const target = stands ?? copy
  target.setAttribute("style", text)
}

/**
 * What a copy would lose.
 * @param {Element} original
 * @returns {Element | null}
 */
function standIn(original) {
  if (original instanceof HTMLCanvasElement) return element("img", { src: original.toDataURL(), alt: "" })
  const typed =
    original instanceof HTMLTextAreaElement || (original instanceof HTMLInputElement && original.type === "text")
  return typed ? element("div", {}, original.value || original.placeholder) : null
}
