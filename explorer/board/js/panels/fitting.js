// How high a page's first picture may be, so that all of it is seen without scrolling.
const NARROW = 520 // pixels
const SHARE = { wide: 0.62, narrow: 0.5 } // of the window's height
const LEAST = 260 // pixels: a picture is no ribbon

/**
 * @param {number | undefined} wanted height in pixels
 * @param {number} width of the picture in pixels
 * @param {number} window height of the window in pixels
 */
export function fitting(wanted = Infinity, width = Infinity, window = globalThis.innerHeight) {
  const share = width < NARROW ? SHARE.narrow : SHARE.wide
  return Math.round(Math.min(wanted, Math.max(LEAST, share * window)))
}
