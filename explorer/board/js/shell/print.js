// A printed page is a worksheet: the phrases, a line for one's own guess, the pictures, the address and the date.
import { element } from "../dom.js"
import { t } from "../messages.js"
import { reachHere } from "./reach.js"

const IN_ADDRESS = ["a", "b", "phrase"]

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
  }
  window.addEventListener("beforeprint", write)
  window.matchMedia("print").addEventListener("change", ({ matches }) => matches && write())
}

function head() {
  const lines = phrases()
    .filter(phrase => phrase.trim() !== "")
    .map(phrase => element("p", { class: "worksheet-phrase" }, phrase))
  const blank = element("span", { class: "worksheet-blank" })
  const title = document.querySelector("h1") ? [] : [element("p", {}, document.title)]
  return [...title, ...lines, element("p", { class: "worksheet-guess" }, t("My guess:"), " ", blank)]
}

function foot() {
  const address = reachHere().link ?? location.origin + location.pathname
  const date = new Date().toLocaleDateString(document.documentElement.lang || "en", { dateStyle: "long" })
  return [element("p", { class: "worksheet-address" }, address), element("p", {}, date)]
}
