// The sheet of the button Picture: a picture of the page as a file, PNG or SVG, with its title and the address.
/** @import { Drawing } from "./drawing.js" */
/** @import { Picture } from "./pictures.js" */
import { button, element, save } from "../dom.js"
import { t } from "../messages.js"
import { shape } from "../svg.js"
import { drawingOf } from "./drawing.js"
import { shownPictures } from "./pictures.js"
import { reachHere } from "./reach.js"
import { pictureChoice } from "./share.js"
import { openSheet } from "./sheet.js"

const SCALE = 2 // pixels of a PNG for each of the page
const EDGE = 24 // pixels of paper around
const NARROWEST = 480
const TITLE = { size: 22, line: 28, weight: 600 }
const FOOT = { size: 13, line: 18, weight: 400 }
const PAPERS = { white: { paper: "#ffffff", ink: "#1b2430" }, dark: { paper: "#12161d", ink: "#edf0f4" } }
const FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif'
// light becomes dark and each hue stays: inverted, then turned by 180 degrees
const INVERTED = "0.574 -1.43 -0.144 0 1  -0.426 -0.43 -0.144 0 1  -0.426 -1.43 0.856 0 1  0 0 0 1 0"

/** @typedef {keyof typeof PAPERS} Paper */

/** @param {Element | null} anchor the button that asks for it */
export function openPictures(anchor) {
  const choice = shownPictures()
  const content = choice.length === 0 ? [element("p", {}, t("There is no picture on this page yet."))] : form(choice)
  openSheet({ title: t("Save a picture"), content, anchor, name: "picture" })
}

/** @param {Picture[]} choice */
function form(choice) {
  let picture = choice[0]
  const status = element("span", { role: "status" })
  const papers = paperChoice()
  const saving = (/** @type {"svg" | "png"} */ format) => async () => {
    status.textContent = t("Drawing …")
    try {
      await saveAs(picture, format, papers.chosen())
      status.textContent = t("Saved.")
    } catch {
      status.textContent = t("This picture could not be drawn as a file.")
    }
  }
  const png = button("PNG", { class: "sheet-button sheet-first" }, saving("png"))
  const svg = button("SVG", { class: "sheet-button" }, saving("svg"))
  return [
    pictureChoice(choice, chosen => (picture = chosen), t("Picture")),
    papers.node,
    element("div", { class: "sheet-buttons" }, png, svg, status),
  ]
}

function paperChoice() {
  const labels = { white: t("White paper"), dark: t("Dark paper") }
  const now = darkPage() ? "dark" : "white"
  const inputs = Object.entries(labels).map(([value, label]) => {
    const input = element("input", { type: "radio", name: "paper", value, checked: value === now })
    return { input, label: element("label", {}, input, label) }
  })
  const node = element("fieldset", {}, element("legend", {}, t("Paper")), ...inputs.map(({ label }) => label))
  const chosen = () => /** @type {Paper} */ (inputs.find(({ input }) => input.checked)?.input.value ?? now)
  return { node, chosen }
}

/**
 * @param {Picture} picture
 * @param {"svg" | "png"} format
 * @param {Paper} paper
 */
export async function saveAs(picture, format, paper) {
  const drawing = await drawingOf(picture)
  const here = reachHere().link ?? location.origin + location.pathname
  const { node, width, height } = composed(drawing, picture.title, here, paper, darkPage())
  const text = new XMLSerializer().serializeToString(node)
  const name = fileName(picture.title)
  if (format === "svg") save(`${name}.svg`, text, "image/svg+xml")
  else save(`${name}.png`, await rastered(text, width, height), "image/png")
}

/**
 * A drawing on its paper, with the title above and the address below.
 * @param {Drawing} drawing
 * @param {string} title
 * @param {string} address
 * @param {Paper} paper
 * @param {boolean} dark whether it was drawn for a dark page
 */
export function composed(drawing, title, address, paper, dark) {
  if (drawing.whole) return unframed(drawing, (paper === "dark") !== dark)
  const width = Math.ceil(Math.max(drawing.width, NARROWEST)) + 2 * EDGE
  const room = width - 2 * EDGE
  const heads = lines(title, room / (0.58 * TITLE.size))
  const feet = lines(address, room / (0.58 * FOOT.size))
  const top = EDGE + heads.length * TITLE.line + EDGE / 2
  const bottom = top + Math.ceil(drawing.height) + EDGE / 2
  const height = bottom + feet.length * FOOT.line + EDGE / 2
  const { paper: fill, ink } = PAPERS[paper]
  const node = shape(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}` },
    shape("title", {}, title),
    inverting(),
    shape("rect", { width, height, fill }),
    ...heads.map((line, i) => written(line, EDGE + (i + 0.8) * TITLE.line, TITLE, ink)),
    placed(drawing, (width - drawing.width) / 2, top, (paper === "dark") !== dark),
    ...feet.map((line, i) => written(line, bottom + (i + 0.8) * FOOT.line, FOOT, ink)),
  )
  return { node, width, height }
}

/**
 * A drawing that has all of that itself.
 * @param {Drawing} drawing
 * @param {boolean} inverted
 */
function unframed(drawing, inverted) {
  const { width, height } = drawing
  const size = { width, height, viewBox: `0 0 ${width} ${height}` }
  return { node: shape("svg", size, inverting(), placed(drawing, 0, 0, inverted)), width, height }
}

function inverting() {
  const matrix = shape("feColorMatrix", { type: "matrix", values: INVERTED })
  const filter = shape("filter", { id: "paper", "color-interpolation-filters": "sRGB" }, matrix)
  for (const [name, value] of Object.entries({ x: "0", y: "0", width: "100%", height: "100%" })) {
    filter.setAttribute(name, value)
  }
  return shape("defs", {}, filter)
}

/**
 * @param {Drawing} drawing
 * @param {number} x
 * @param {number} y
 * @param {boolean} inverted
 */
function placed({ node }, x, y, inverted) {
  const attributes = { transform: `translate(${x} ${y})` }
  return shape("g", inverted ? { ...attributes, filter: "url(#paper)" } : attributes, node)
}

/**
 * @param {string} line
 * @param {number} y of its foot
 * @param {{ size: number, weight: number }} type
 * @param {string} fill
 */
function written(line, y, { size, weight }, fill) {
  return shape("text", { x: EDGE, y, fill, "font-size": size, "font-weight": weight, "font-family": FONT }, line)
}

/**
 * A text in lines of at most so many characters, broken between words where they are short enough.
 * @param {string} text
 * @param {number} most
 * @returns {string[]}
 */
export function lines(text, most) {
  const longest = Math.max(1, Math.floor(most))
  const pieces = text.split(/\s+/).flatMap(word => [...(word.match(new RegExp(`.{1,${longest}}`, "gu")) ?? [])])
  /** @type {string[]} */
  const broken = []
  for (const piece of pieces) {
    const last = broken.at(-1)
    if (last !== undefined && last.length + 1 + piece.length <= longest) broken[broken.length - 1] = `${last} ${piece}`
    else broken.push(piece)
  }
  return broken
}

/**
 * The drawing as PNG.
 * @param {string} text
 * @param {number} width
 * @param {number} height
 * @returns {Promise<Blob>}
 */
async function rastered(text, width, height) {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}` // of a blob the canvas would give nothing
  await image.decode()
  const canvas = element("canvas", { width: Math.round(SCALE * width), height: Math.round(SCALE * height) })
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise(resolve => canvas.toBlob(resolve, "image/png"))
  if (!(blob instanceof Blob)) throw new Error("too large for a canvas")
  return blob
}

/**
 * A title as a file's name, on any system.
 * @param {string} title
 */
export function fileName(title) {
  const name = title
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
  return name.slice(0, 60) || "picture"
}

/** Whether the page is dark: what it is drawn on has less light than what is written on it. */
function darkPage() {
  const { backgroundColor } = getComputedStyle(document.body)
  const [red, green, blue, opacity = 1] = (backgroundColor.match(/[\d.]+/g) ?? ["255", "255", "255"]).map(Number)
  if (opacity === 0) return getComputedStyle(document.documentElement).colorScheme === "dark"
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128
}
