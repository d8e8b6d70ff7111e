// A printed page is a worksheet: question, phrases, a line for one's own guess, the picture, the address and the date.
// The picture stays as it was drawn for the screen, scaled to the paper.
import { element } from "../dom.js"
import { t } from "../messages.js"
import { alone } from "./alone.js"
import { shownPictures } from "./pictures.js"
import { reachHere } from "./reach.js"

const IN_ADDRESS = ["a", "b", "phrase"]
const PAPER = { width: 1000, height: 480 } // pixels of A4 across that are left for the picture
const LARGEST = 1.6 // times its size on the screen
const AROUND = "data-around-printed"

/** @type {() => string[]} */
let phrases = fromAddress

/**
 * Where the phrases come from; without it, from the address.
 * @param {() => string[]} source
 */
export function setPhrases(source) {
  phrases = source
}

/**
 * What the bar has, or the address.
 * @returns {string[]}
 */
function fromAddress() {
  const field = document.querySelector(".bar-field:not([hidden])")
  if (field instanceof HTMLTextAreaElement && field.value) return [field.value]
  const asked = new URLSearchParams(location.search)
  return IN_ADDRESS.map(name => asked.get(name) ?? "")
}

/** Is ready for the printer; called once. */
export function startPrint() {
  const top = element("section", { class: "worksheet worksheet-top" })
  const bottom = element("footer", { class: "worksheet worksheet-bottom" })
  const write = () => {
    top.replaceChildren(...head())
    bottom.replaceChildren(...foot())
    document.body.prepend(top)
    document.body.append(bottom)
    choose()
  }
  window.addEventListener("beforeprint", write)
}

function head() {
  const lines = phrases()
    .filter(phrase => phrase.trim() !== "")
    .map(phrase => element("p", { class: "worksheet-phrase" }, phrase))
  const blank = element("span", { class: "worksheet-blank" })
  const question = document.querySelector("h1:not(.alone-title *)")?.textContent || document.title
  return [
    element("p", { class: "worksheet-question" }, question),
    ...lines,
    element("p", { class: "worksheet-guess" }, t("My guess:"), " ", blank),
  ]
}

function foot() {
  const address = reachHere().link ?? location.origin + location.pathname
  const date = new Date().toLocaleDateString(document.documentElement.lang || "en", { dateStyle: "long" })
  return [element("p", { class: "worksheet-address" }, address), element("p", {}, date)]
}

/** Marks the picture, the page's main one or the one that is alone now, and what it stands in. */
function choose() {
  const { documentElement: root, body } = document
  document.querySelectorAll(`[${AROUND}]`).forEach(node => node.removeAttribute(AROUND))
  document.querySelectorAll("[data-printed]").forEach(node => node.removeAttribute("data-printed"))
  const node = alone() ?? shownPictures()[0]?.node
  if (!(node instanceof HTMLElement) || node.offsetWidth === 0) return
  node.dataset.printed = ""
  for (let at = node.parentElement; at && at !== root; at = at.parentElement) at.setAttribute(AROUND, "")
  body.style.setProperty("--print-width", `${node.offsetWidth}px`)
  const zoom = Math.min(LARGEST, PAPER.width / node.offsetWidth, PAPER.height / node.offsetHeight)
  body.style.setProperty("--print-zoom", String(zoom))
  root.style.setProperty("--print-rem", getComputedStyle(root).fontSize)
}
