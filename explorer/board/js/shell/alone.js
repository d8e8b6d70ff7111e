// One part of the page alone in the window. Nothing is moved, since other programs keep the nodes: attributes mark the
// part and all that it stands in, and alone.css hides what is beside them.

import { element } from "../dom.js"

const PART = "data-alone"
const AROUND = "data-around-alone"

/** @type {Element | null} */
let part = null
/** @type {MutationObserver | null} */
let observer = null
const heading = element("h1") // for screen readers: the page's own is hidden
const title = element("header", { class: "alone-title", "data-over": true }, heading)

/**
 * Shows a part alone, in the place of another one if there was one; null shows the whole page again.
 * @param {{ node: Element, title: string } | null} picture
 */
export function showAlone(picture) {
  part = picture?.node ?? null
  observer?.disconnect()
  observer = null
  mark()
  title.remove()
  if (!part) return
  heading.textContent = picture?.title ?? ""
  document.body.prepend(title)
  unfold(part)
  observer = new MutationObserver(mark) // nodes around it may be made anew
  observer.observe(document.body, { childList: true, subtree: true })
}

/** The part that is alone now. */
export function alone() {
  return part
}

/** Marks the part, and no other nodes than those around it. */
function mark() {
  const around = new Set(part?.isConnected ? ancestors(part) : [])
  document.querySelectorAll(`[${AROUND}]`).forEach(node => around.has(node) || node.removeAttribute(AROUND))
  document.querySelectorAll(`[${PART}]`).forEach(node => node === part || node.removeAttribute(PART))
  around.forEach(node => node.hasAttribute(AROUND) || node.setAttribute(AROUND, ""))
  if (part && !part.hasAttribute(PART)) part.setAttribute(PART, "")
}

/** @param {Element} node */
function unfold(node) {
  for (const around of ancestors(node)) if (around instanceof HTMLDetailsElement) around.open = true
}

/**
 * All that it stands in, up to the body.
 * @param {Element} node
 * @returns {Element[]}
 */
function ancestors(node) {
  const parent = node.parentElement
  return parent && node !== document.body ? [parent, ...(parent === document.body ? [] : ancestors(parent))] : []
}
