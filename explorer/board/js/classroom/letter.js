// The letter before each of two texts; a single text has none.
import { element } from "../dom.js"

/**
 * @param {number} place
 * @param {number} count
 */
export function letter(place, count) {
  return count === 1 ? [] : [element("span", { class: `duel-letter duel-letter-${"ab"[place]}` }, "AB"[place])]
}
