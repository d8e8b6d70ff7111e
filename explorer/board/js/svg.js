// Shapes of a drawing.

const NAMESPACE = "http://www.w3.org/2000/svg"

/**
 * @template {keyof SVGElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number>} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[Name]}
 */
export function shape(name, attributes = {}, ...children) {
  const node = document.createElementNS(NAMESPACE, name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value))
  node.append(...children)
  return node
}

/**
 * Words about a point.
 * @param {number} x
 * @param {number} y
 * @param {string} words
 * @param {string} classes
 */
export function centred(x, y, words, classes = "") {
  return shape("text", { x, y, class: classes, "text-anchor": "middle" }, words)
}
