// The picture of the duel as one SVG file, to take away: the sentences, the ribbons, a line per model, the address.
import { lineName, called, valueText } from "./lines.js"
import { marks } from "./marks.js"
import { UNSURE, short, strength } from "./numbers.js"
import { shared } from "./steps.js"
import { t } from "../messages.js"
import { shortened } from "../text.js"

/** @import { ReadText } from "./answers.js" */
/** @import { Ends, Model } from "./lines.js" */
/** @import { Step } from "./steps.js" */

/**
 * @typedef {object} DuelState
 * @property {string} title
 * @property {{ text: string, read: ReadText | null, belief: number[] }[]} texts
 * @property {string} chosen
 * @property {Model[]} models
 * @property {Ends[]} ends of each model
 * @property {string} sentence
 * @property {string} address
 * @property {{ getPropertyValue: (name: string) => string }} [style] where the colours come from
 */

const WIDTH = 1280
const MARGIN = 48
const COLUMN = 560 // of one text
const LIGHT = {
  "--paper": "#fcfaf7", "--ink": "#1b2430", "--quiet": "#55606e", "--line": "#d9d5ce", "--positive": "#0f766e",
  "--unsure": "#6f7680", "--negative": "#b4530a",
} // prettier-ignore

/**
 * @param {DuelState} state
 * @returns {string}
 */
export function duelPicture(state) {
  const ink = colours(state.style)
  const height = 330 + 56 * state.models.length + 110
  const parts = [
    rectangle(0, 0, WIDTH, height, ink("--paper")),
    text(MARGIN, 64, state.title, { size: 32, weight: 700, fill: ink("--ink") }),
    ...state.texts.flatMap((given, k) => sentence(given, k, MARGIN + k * (WIDTH / 2 - MARGIN / 2), ink)),
    ...lines(state, 330, ink),
    text(MARGIN, height - 62, shortened(state.sentence, 110), { size: 20, fill: ink("--ink") }),
    text(MARGIN, height - 24, shortened(state.address, 130), { size: 15, fill: ink("--quiet") }),
  ]
  const label = `<title>${escaped(state.title)}</title><desc>${escaped(state.sentence)}</desc>`
  const root = `xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"`
  return `<svg ${root} data-whole="1" role="img" font-family="system-ui, sans-serif">${label}${parts.join("")}</svg>`
}

/**
 * One text: its letter, its words above their steps where they fit, and the ribbon.
 * @param {DuelState["texts"][number]} given
 * @param {number} k
 * @param {number} x
 * @param {(name: string) => string} ink
 */
function sentence({ text: typed, read, belief }, k, x, ink) {
  const parts = [letter("AB"[k], x + 14, 122, 14, ink("--ink"), ink("--paper"))]
  const left = x + 44
  const width = COLUMN - 44
  if (!read || !read.tokens.length) {
    return [...parts, text(left, 132, shortened(typed, 36), { size: 28, fill: ink("--quiet") })]
  }
  const size = Math.max(15, Math.min(30, (1.55 * width) / Math.max(1, read.tokens.join(" ").length)))
  const labelled = read.tokens.join(" ").length * size * 0.55 < width
  const steps = shared(read.tokens, read.words, width)
  if (!labelled) {
    parts.push(text(left, 128, shortened(typed.replace(/\s+/g, " "), 58), { size: 18, fill: ink("--ink") }))
  }
  const middle = 226
  const reach = 58
  const half = (UNSURE[1] - 0.5) * 2 * reach
  parts.push(rectangle(left, middle - half, width, 2 * half, ink("--unsure"), 0.15))
  parts.push(`<path d="M${left} ${middle}h${width}" stroke="${ink("--quiet")}" stroke-dasharray="3 3"/>`)
  steps.forEach((step, i) =>
    parts.push(
      ...bar(step, belief[i], left, middle, reach, ink, { count: steps.length, last: i === steps.length - 1 }),
    ),
  )
  if (labelled) {
    read.tokens.forEach((token, i) => {
      const at = left + (steps[i].left + steps[i].right) / 2
      parts.push(text(at, 132, token, { size, fill: ink("--ink"), anchor: "middle" }))
    })
  }
  return parts
}

/**
 * @param {Step} step
 * @param {number} p
 * @param {number} left
 * @param {number} middle
 * @param {number} reach
 * @param {(name: string) => string} ink
 * @param {{ count: number, last: boolean }} among the other steps
 */
function bar(step, p, left, middle, reach, ink, { count, last }) {
  const extent = Math.max(1, Math.abs(p - 0.5) * 2 * reach)
  const gap = count > 60 ? 0 : 2
  const width = Math.max(0.5, step.right - step.left - gap)
  const y = p >= 0.5 ? middle - extent : middle
  const parts = [rectangle(left + step.left + gap / 2, y, width, extent, mixed(p, ink))]
  if (last || step.right - step.left >= 24) {
    const at = left + (step.left + step.right) / 2
    parts.push(
      text(at, p >= 0.5 ? y - 6 : y + extent + 18, short(p), { size: 16, fill: ink("--quiet"), anchor: "middle" }),
    )
  }
  return parts
}

/**
 * @param {DuelState} state
 * @param {number} top
 * @param {(name: string) => string} ink
 */
function lines({ models, ends, chosen }, top, ink) {
  const left = 340
  const width = 660
  const quiet = { size: 16, fill: ink("--quiet"), anchor: "middle" }
  const parts = [
    text(left, top, t("negative"), quiet),
    text(left + width / 2, top, t("can’t say"), quiet),
    text(left + width, top, t("positive"), quiet),
    rectangle(
      left + UNSURE[0] * width,
      top + 14,
      (UNSURE[1] - UNSURE[0]) * width,
      56 * models.length,
      ink("--unsure"),
      0.15,
    ),
  ]
  models.forEach((model, row) => {
    const y = top + 44 + 56 * row
    const weight = model.name === chosen ? 700 : 400
    parts.push(text(MARGIN, y + 7, lineName(model), { size: 20, weight, fill: ink("--ink") }))
    parts.push(`<path d="M${left} ${y}h${width}" stroke="${ink("--line")}" stroke-width="2"/>`)
    const placed = marks(ends[row].a, ends[row].b, width, 28)
    if (placed.length === 2) {
      const [low, high] = placed.map(({ at }) => left + at * width).sort((a, b) => a - b)
      parts.push(`<path d="M${low} ${y}H${high}" stroke="${ink("--unsure")}" stroke-width="4" opacity="0.5"/>`)
    }
    for (const { letter: name, at, lift } of placed) {
      parts.push(letter(name, left + at * width, y + 12 * lift, 13, mixed(at, ink), ink("--paper")))
    }
    parts.push(text(left + width + 36, y + 7, valueText(ends[row]), { size: 20, weight, fill: ink("--ink") }))
  })
  const model = models.find(({ name }) => name === chosen)
  if (model) {
    const told = t("Above: the {model} after each word", { model: called(model) })
    parts.push(text(WIDTH - MARGIN, 64, told, { size: 18, fill: ink("--quiet"), anchor: "end" }))
  }
  return parts
}

/**
 * A is a circle, B a square, both at once a wide one.
 * @param {string} name
 * @param {number} x
 * @param {number} y
 * @param {number} r
 * @param {string} fill
 * @param {string} paper
 */
function letter(name, x, y, r, fill, paper) {
  const half = name === "AB" ? 1.6 * r : r
  const round = name === "B" ? 4 : r
  const box = `x="${x - half}" y="${y - r}" width="${2 * half}" height="${2 * r}" rx="${round}"`
  const words = text(x, y + 6, name, { size: 16, weight: 700, fill: paper, anchor: "middle" })
  return `<rect ${box} fill="${fill}" stroke="${paper}" stroke-width="2"/>${words}`
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @param {string} fill
 * @param {number} [opacity]
 */
function rectangle(x, y, width, height, fill, opacity = 1) {
  const box = [x, y, width, height].map(value => Number(value.toFixed(2)))
  return `<rect x="${box[0]}" y="${box[1]}" width="${box[2]}" height="${box[3]}" fill="${fill}" opacity="${opacity}"/>`
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} words
 * @param {{ size: number, fill: string, weight?: number, anchor?: string }} look
 */
function text(x, y, words, { size, fill, weight = 400, anchor = "start" }) {
  const look = `font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}"`
  return `<text x="${Number(x.toFixed(2))}" y="${Number(y.toFixed(2))}" ${look}>${escaped(words)}</text>`
}

/** @param {string} words */
export function escaped(words) {
  const entities = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })
  const plain = words.replace(/[&<>"]/g, character => entities[character])
  // eslint-disable-next-line no-control-regex -- characters that XML cannot hold
  return plain.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
}

/**
 * The colour of a probability, mixed here, since not every reader of SVG can.
 * @param {number} p
 * @param {(name: string) => string} ink
 */
export function mixed(p, ink) {
  const share = strength(p) / 100
  const parts = [ink(p >= 0.5 ? "--positive" : "--negative"), ink("--unsure")].map(hex =>
    [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16)),
  )
  const mix = parts[0].map((value, i) => Math.round(share * value + (1 - share) * parts[1][i]))
  return `#${mix.map(value => value.toString(16).padStart(2, "0")).join("")}`
}

/**
 * The tokens' colours; those of the light theme where there is no page.
 * @param {DuelState["style"]} style
 * @returns {(name: string) => string}
 */
function colours(style) {
  return name => {
    const own = style?.getPropertyValue(name).trim() ?? ""
    return /^#[0-9a-f]{6}$/i.test(own) ? own : LIGHT[/** @type {keyof typeof LIGHT} */ (name)]
  }
}
