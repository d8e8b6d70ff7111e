// Links to another page of the app. A plain click asks the server for that page, which keeps the visit and what was
// typed in it; with a modifier key, in a new tab or from a copied address, the link works as any other.
/** @import { OpenedTexts } from "./payloads.js" */
/** @import { Attributes } from "./dom.js" */
import { element } from "./dom.js"

/** @typedef {OpenedTexts} LinkEvent */

/** @type {WeakMap<Element, LinkEvent>} */
const events = new WeakMap()

/**
 * @param {string} text
 * @param {string} href
 * @param {LinkEvent} event what a plain click asks the server for
 * @param {Attributes} [attributes]
 */
export function link(text, href, event, attributes = {}) {
  const anchor = element("a", { href, class: "stage-link", ...attributes }, text)
  events.set(anchor, event)
  return anchor
}

/**
 * @param {HTMLElement} root
 * @param {(event: LinkEvent) => void} ask
 */
export function follow(root, ask) {
  root.addEventListener("click", click => {
    const anchor = click.target instanceof Element ? click.target.closest("a") : null
    const event = anchor && events.get(anchor)
    if (!event || click.button || click.ctrlKey || click.metaKey || click.shiftKey || click.altKey) return
    click.preventDefault()
    ask(event)
  })
}
