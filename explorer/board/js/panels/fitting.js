// How high a page's first picture may be, so that all of it is seen without scrolling.
const NARROW = 768 // pixels: from here down the pages stand at the bottom of the window
const BELOW = { wide: 12, narrow: 66 } // pixels that stay free at the window's end
const LEAST = 230 // pixels: a picture is no ribbon

/**
 * The room from a node to the end of the first screen, if it begins there; else as high as was wanted.
 * @param {HTMLElement} node that the picture is drawn in
 * @param {number} wanted height in pixels
 */
export function fitting(node, wanted = Infinity) {
  const { innerHeight, innerWidth, scrollY } = globalThis
  const top = node.getBoundingClientRect().top + scrollY
  const room = innerHeight - top - (innerWidth < NARROW ? BELOW.narrow : BELOW.wide)
  return top < innerHeight ? Math.round(Math.min(wanted, Math.max(LEAST, room))) : wanted
}
