// The pictures of the page: what can be presented, saved, linked to and embedded.

/**
 * @typedef {object} Picture
 * @property {string} id in addresses: `only=<id>`
 * @property {string} title
 * @property {HTMLElement | SVGElement} node what is shown; for a file, what is drawn in it
 * @property {string[]} [parts] ids of the pictures that it is made of: they are presented one by one
 * @property {() => Promise<string> | string} [svg] the picture as SVG, where its node is not how it should be saved
 */

/** @type {Map<string, Picture>} */
const offered = new Map()
/** @type {Set<() => void>} */
const followers = new Set()

/**
 * A picture is there, or it is there with another title or node than before.
 * @param {Picture} picture
 */
export function offerPicture(picture) {
  const before = offered.get(picture.id)
  offered.set(picture.id, picture)
  if (before?.node === picture.node && before.title === picture.title) return
  tell()
  if (!picture.node.isConnected) setTimeout(tell) // offered while it was made: then it is put on the page
}

/** @param {string} id */
export function withdrawPicture(id) {
  if (offered.delete(id)) tell()
}

/**
 * All pictures that are on the page, in the order in which they stand there.
 * @returns {Picture[]}
 */
export function pictures() {
  return [...offered.values()].filter(({ node }) => node.isConnected).sort((a, b) => order(a.node, b.node))
}

/**
 * Those that are not folded away or hidden by the page itself, the main one first.
 * @returns {Picture[]}
 */
export function shownPictures() {
  const shown = pictures().filter(({ node }) => !node.closest("details:not([open]), [hidden]"))
  const main = shown.findIndex(({ node }) => isMain(node))
  return main > 0 ? [shown[main], ...shown.filter((_, i) => i !== main)] : shown
}

/**
 * @param {() => void} follower is called when pictures come, change or go
 * @returns {() => void} stops following
 */
export function onPictures(follower) {
  followers.add(follower)
  return () => followers.delete(follower)
}

/** @param {Element} node */
function isMain(node) {
  return node.matches('[data-picture="main"]') || node.querySelector('[data-picture="main"]') !== null
}

/**
 * @param {Node} first
 * @param {Node} second
 */
function order(first, second) {
  return first.compareDocumentPosition(second) & 4 ? -1 : 1 // 4: the second one follows
}

function tell() {
  followers.forEach(follower => follower())
}
