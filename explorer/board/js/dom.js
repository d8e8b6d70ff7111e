// Small helpers for nodes. Words become text nodes, never markup.

/** @typedef {Record<string, string | number | boolean | null | undefined>} Attributes */

/**
 * A node with its attributes: true is an empty one, false, null and undefined are none.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(key, "")
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, String(value))
  }
  node.append(...children)
  return node
}

/**
 * @param {string} text
 * @param {Attributes} [attributes]
 * @param {() => void} [onClick]
 */
export function button(text, attributes = {}, onClick = undefined) {
  const node = element("button", { type: "button", class: "stage-button", ...attributes }, text)
  if (onClick) node.onclick = onClick
  return node
}

/**
 * A box that can be scrolled by keyboard as well.
 * @param {string} label
 * @param {string} classes
 * @param {...(Node | string)} children
 */
export function scrollBox(label, classes = "", ...children) {
  const attributes = { class: `stage-scroll ${classes}`.trim(), tabindex: "0", role: "region", "aria-label": label }
  return element("div", attributes, ...children)
}

/**
 * New children; a node without any is hidden.
 * @param {HTMLElement} node
 * @param {Node[]} children
 */
export function fill(node, children) {
  node.replaceChildren(...children)
  node.hidden = children.length === 0
}

/**
 * A table with its first column as row headers.
 * @param {string} caption
 * @param {string[]} columns
 * @param {(Node | string)[][]} rows
 */
export function table(caption, columns, rows) {
  const heads = columns.map(column => element("th", { scope: "col" }, column))
  const lines = rows.map(row =>
    element("tr", {}, ...row.map((cell, i) => (i ? element("td", {}, cell) : element("th", { scope: "row" }, cell)))),
  )
  return element(
    "table",
    {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...lines),
  )
}

/**
 * Saves a file in the browser.
 * @param {string} name
 * @param {BlobPart} content
 * @param {string} type
 */
export function save(name, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }))
  element("a", { href: address, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(address), 1000)
}

/**
 * Draws anew what is in a node; who was on a button there is then on the one with the same value of this attribute.
 * @param {HTMLElement} node
 * @param {string} attribute
 * @param {() => void} draw
 */
export function keepingFocus(node, attribute, draw) {
  const active = document.activeElement
  const value = active && node.contains(active) ? active.getAttribute(attribute) : null
  draw()
  if (value === null) return
  const buttons = [...node.querySelectorAll("button")]
  buttons.find(candidate => candidate.getAttribute(attribute) === value)?.focus()
}
