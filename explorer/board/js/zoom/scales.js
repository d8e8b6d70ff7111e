// The three scales of colours as the style sheet has them: `diverging` for pushes to negative and positive, `signed`
// for other numbers with a sign, `sequential` for gates.
import { ramp } from "../colour.js"

/** @typedef {"diverging" | "signed" | "sequential"} ScaleName */

const SHADES = 255

/** A scale of colours as a table of shades, so that a square costs a look-up. */
export class Scale {
  /**
   * @param {ScaleName} name
   * @param {[number, string][]} stops
   */
  constructor(name, stops) {
    this.name = name
    this.stops = stops
    const colour = ramp(stops)
    this.shades = Array.from({ length: SHADES + 1 }, (_, i) => `rgb(${colour(i / SHADES).join(",")})`)
  }

  /** @param {number} share 0…1 */
  at(share) {
    return this.shades[Math.round(Math.min(Math.max(share, 0), 1) * SHADES)]
  }

  /**
   * The colour of a value: of a gate 0…1, of all else −reach…reach.
   * @param {number} value
   * @param {number} reach
   */
  of(value, reach = 1) {
    return this.at(this.name === "sequential" ? value : (value / reach + 1) / 2)
  }
}

/**
 * "0 #8f3f00, 0.25 #cf8a4e" as stops.
 * @param {string} text
 * @returns {[number, string][]}
 */
export function stopsOf(text) {
  return text.split(",").map(stop => {
    const [place, colour] = stop.trim().split(/\s+/)
    return [Number(place), colour]
  })
}

/**
 * The scales of the theme that a node has now.
 * @param {Element} node
 * @returns {Record<ScaleName, Scale>}
 */
export function scalesOf(node) {
  const style = getComputedStyle(node)
  /** @param {ScaleName} name */
  const scale = name => new Scale(name, stopsOf(style.getPropertyValue(`--${name}`)))
  return { diverging: scale("diverging"), signed: scale("signed"), sequential: scale("sequential") }
}

/**
 * Calls back when the page gets other colours.
 * @param {() => void} changed
 */
export function onTheme(changed) {
  const queries = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map(query => matchMedia(query))
  queries.forEach(query => query.addEventListener("change", changed))
  const attributes = new MutationObserver(changed)
  attributes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] })
  return () => {
    queries.forEach(query => query.removeEventListener("change", changed))
    attributes.disconnect()
  }
}
