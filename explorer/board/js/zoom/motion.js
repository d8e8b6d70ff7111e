// How a level opens and closes: out of what was clicked, unless the visitor prefers reduced motion.

const LONG = 250 // milliseconds

function still() {
  return typeof matchMedia !== "function" || matchMedia("(prefers-reduced-motion: reduce)").matches
}

/**
 * A node grows out of the place of another one to its own.
 * @param {HTMLElement} node
 * @param {DOMRect | undefined} from
 */
export function grow(node, from) {
  if (still() || !node.animate) return
  const to = node.getBoundingClientRect()
  const start = from && from.width > 0 && to.width > 0 ? moved(from, to) : "translateY(-1rem)"
  node.animate(
    [
      { opacity: 0, transform: start, transformOrigin: "0 0" },
      { opacity: 1, transform: "none", transformOrigin: "0 0" },
    ],
    { duration: LONG, easing: "cubic-bezier(0.2, 0.7, 0.2, 1)" },
  )
}

/**
 * The first place as seen from the last one.
 * @param {DOMRect} from
 * @param {DOMRect} to
 */
export function moved(from, to) {
  const [x, y] = [from.left - to.left, from.top - to.top]
  return `translate(${x}px, ${y}px) scale(${from.width / to.width}, ${from.height / to.height})`
}

/**
 * Scrolls a node into view if it is not.
 * @param {HTMLElement} node
 */
export function reveal(node) {
  node.scrollIntoView?.({ behavior: still() ? "auto" : "smooth", block: "nearest" })
}

/**
 * Scrolls a node to the top of the window, below the bar by its scroll margin: to where it will stand, also while it
 * still grows, which scrollIntoView does not know.
 * @param {HTMLElement} node
 */
export function toTop(node) {
  let top = -parseFloat(getComputedStyle(node).scrollMarginTop) || 0
  for (let at = /** @type {Element | null} */ (node); at instanceof HTMLElement; at = at.offsetParent) {
    top += at.offsetTop
  }
  window.scrollTo({ top, behavior: still() ? "auto" : "smooth" })
}
