// What the weights of a network of two units are called, and where they stand in it.
/** @import { Weights } from "../payloads.js" */
import { t } from "../messages.js"

const LOWERED = "₀₁₂₃₄₅₆₇₈₉"

/**
 * A name with its digits lowered: "W12" as "W₁₂".
 * @param {string} name
 */
export function lowered(name) {
  return name.replace(/\d/g, digit => LOWERED[Number(digit)])
}

/**
 * A quantity at a step: "x1" at 3 as "x₁⟨3⟩".
 * @param {string} name
 * @param {number} step
 */
export function at(name, step) {
  return `${lowered(name)}⟨${step}⟩`
}

/**
 * A weight: its name, its place in `flat`, and what it leads from and to in the diagram.
 * @typedef {{ name: string, index: number, from: string, to: string }} NamedWeight
 */

/**
 * All weights but the words' vectors.
 * @param {Weights} weights
 * @returns {NamedWeight[]}
 */
export function layerWeights({ embedding, W, U, b, w }) {
  let index = embedding.flat().length
  /** @type {NamedWeight[]} */
  const named = []
  const add = (/** @type {string} */ name, /** @type {string} */ from, /** @type {string} */ to) =>
    named.push({ name, index: index++, from, to })
  W.forEach((row, h) => row.forEach((_, e) => add(`W${h + 1}${e + 1}`, `x${e + 1}`, `a${h + 1}`)))
  U.forEach((row, h) => row.forEach((_, k) => add(`U${h + 1}${k + 1}`, `m${k + 1}`, `a${h + 1}`)))
  b.forEach((_, h) => add(`b${h + 1}`, "one", `a${h + 1}`))
  w.forEach((_, h) => add(`w${h + 1}`, `a${h + 1}`, "y"))
  add("c", "one", "y")
  return named
}

/**
 * The numbers of a word's vector.
 * @param {Weights} weights
 * @param {number} row
 * @returns {NamedWeight[]}
 */
export function vectorWeights({ embedding }, row) {
  const size = embedding[row].length
  return embedding[row].map((_, e) => ({ name: `x${e + 1}`, index: row * size + e, from: "word", to: `x${e + 1}` }))
}

/**
 * A weight of a word's vector as it is spoken of.
 * @param {string} name
 * @param {string} word
 */
export function ofWord(name, word) {
  return t("{name} of “{word}”", { name, word })
}
