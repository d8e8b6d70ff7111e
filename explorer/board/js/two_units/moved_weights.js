// Weights that were moved, as the address has them: the number of a weight in the order of `flat`, its hundredths.
/** @import { Weights } from "../payloads.js" */
import { flat, unflat } from "./network.js"

/** @typedef {[number, number]} Move a weight's number and its hundredths */

/**
 * The weights that are not as they were trained.
 * @param {Weights} trained
 * @param {Weights} weights
 * @returns {Move[]}
 */
export function moves(trained, weights) {
  const before = flat(trained)
  return flat(weights).flatMap((weight, i) =>
    weight === before[i] ? [] : [/** @type {Move} */ ([i, Math.round(100 * weight)])],
  )
}

/**
 * The trained weights with those in their place that were moved.
 * @param {Weights} trained
 * @param {Move[]} moved
 * @returns {Weights}
 */
export function withMoves(trained, moved) {
  const numbers = flat(trained)
  for (const [i, hundredths] of moved) if (i in numbers) numbers[i] = hundredths / 100
  return unflat(numbers, trained)
}

/**
 * A query with these weights, without the parameter if there are none.
 * @param {string} query with its question mark
 * @param {string} parameter
 * @param {Move[]} moved
 */
export function withWeights(query, parameter, moved) {
  const parameters = new URLSearchParams(query)
  parameters.delete(parameter)
  if (moved.length) parameters.set(parameter, moved.map(([i, hundredths]) => `${i}.${hundredths}`).join("_"))
  return `?${parameters}`
}
