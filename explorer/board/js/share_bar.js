// A share as a bar.
import { element } from "./dom.js"

/**
 * A share, 0…1, as a bar.
 * @param {number} share
 * @param {"a" | "b"} phrase whose colour it has
 */
export function bar(share, phrase) {
  const filled = element("span", { style: `width: ${(100 * share).toFixed(1)}%` })
  return element("span", { class: `stage-bar stage-bar-${phrase}`, "aria-hidden": "true" }, filled)
}
