// Formulas with what is raised and lowered in them.
import { element } from "./dom.js"

/**
 * "a^<t-1>" as a with ⟨t−1⟩ raised, "W_z" and "a_1" with z and 1 lowered.
 * @param {string} formula
 * @returns {(HTMLElement | string)[]}
 */
export function notation(formula) {
  return formula.split(/(\^<[^>]+>|_(?:[a-z]|\d+))/).map(piece => {
    if (piece.startsWith("^<")) return element("sup", {}, `⟨${piece.slice(2, -1).replace("-", "−")}⟩`)
    return piece.startsWith("_") ? element("sub", {}, piece.slice(1)) : piece
  })
}
