// Links to another page of the app. A plain click asks the server for that page, which keeps the visit and what was
// typed in it; with a modifier key, in a new tab or from a copied address, the link works as any other.
import { element } from "./dom.js"

const asked = new WeakMap()

export function link(text, href, ask, attributes = {}) {
  const anchor = element("a", { href, class: "stage-link", ...attributes }, text)
  asked.set(anchor, ask)
  return anchor
}

export function follow(root, ask) {
  root.addEventListener("click", event => {
    const anchor = event.target.closest?.("a")
    if (!asked.has(anchor) || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    ask(asked.get(anchor))
  })
}

// Settings of any page.
const OURS = [
  "a",
  "b",
  "lane",
  "show",
  "sort",
  "phrase",
  "unit",
  "other",
  "word",
  "frame",
  "ending",
  "donor",
  "way",
  "step",
  "after",
  "units",
  "at",
  "single",
  "begin",
  "heat",
  "seed",
  "caption",
  "beam",
  "words",
  "size",
  "place",
  "order",
]

// The page's address with these settings; what others put there (embed) stays.
export function addressWith(settings) {
  const all = new URLSearchParams(location.search)
  OURS.forEach(name => all.delete(name))
  new URLSearchParams(settings).forEach((value, name) => all.set(name, value))
  const text = all.toString()
  return location.pathname + (text ? `?${text}` : "")
}
