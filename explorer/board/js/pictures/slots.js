// The slots of the concatenation as the time cursor fills them: a word each, padding behind them, and below them what
// is lost. Words are always text nodes.
/** @import { SlotsDrawing } from "../payloads.js" */
/** @import { Drawing } from "./drawing.js" */
import { element } from "../dom.js"
import { t } from "../messages.js"

/**
 * @param {SlotsDrawing} data
 * @param {boolean} small
 * @returns {Drawing & { node: HTMLElement }}
 */
export function slots({ slots: count, tokens }, small = false) {
  const places = Array.from({ length: count }, (_, i) => {
    const word = element("span", { class: "slots-word" })
    const number = element("span", { class: "slots-number" }, String(i + 1))
    return { word, node: element("li", { class: "slots-slot" }, ...(small ? [] : [number]), word) }
  })
  const list = element("ol", { class: "slots-list" }, ...places.map(({ node }) => node))
  list.setAttribute("aria-label", t("Slots of the concatenation"))
  const lostTitle = element("p", { class: "slots-count" })
  const attributes = { class: "slots-lost", tabindex: "0", role: "region", "aria-label": t("Words that are lost") }
  const lost = element("p", attributes)
  const node = element("div", { class: small ? "slots slots-small" : "slots" }, list, lostTitle)
  if (!small) node.append(lost)

  /** @param {number} step */
  const moveTo = step => {
    const read = Math.min(step || tokens.length, tokens.length)
    places.forEach(({ word, node: slot }, i) => {
      const filled = i < read
      word.textContent = filled ? tokens[i] : small ? "" : t("padding")
      slot.classList.toggle("slots-empty", !filled)
      slot.classList.toggle("slots-now", i === read - 1 && read < tokens.length)
    })
    const gone = tokens.slice(count, read)
    lostTitle.textContent = gone.length
      ? t("✂ Lost by step {step}: {count}", { step: read, count: gone.length.toLocaleString("en") })
      : t("Nothing is lost so far")
    lostTitle.classList.toggle("slots-cut", gone.length > 0)
    lostTitle.hidden = small && gone.length === 0
    lost.textContent = gone.join(" ")
    lost.hidden = gone.length === 0
    lost.scrollTop = lost.scrollHeight
  }
  moveTo(0)
  return { node, moveTo }
}
