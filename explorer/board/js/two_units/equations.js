// A step of the network as equations: names, then their values, then the products, then the sum.
/** @import { Weights } from "../payloads.js" */
/** @import { Step } from "./network.js" */
import { element } from "../dom.js"
import { notation } from "../notation.js"
import { decimals } from "../text.js"

/** @typedef {{ name: string, factors: string, product: string }} Term of a sum, three times */

/**
 * @param {Weights} weights
 * @param {Step} step
 * @param {number} t the step's number, from 1
 * @param {string} token
 */
export function equations(weights, step, t, token) {
  const remembered = t === 1 ? "zeros, since there is no step before" : `what step ${t - 1} left`
  const terms = weights.w.map((weight, h) =>
    term(`w_${h + 1}·a_${h + 1}^<${t}>`, weight, step.hidden[h], step.toLogit[h], 4),
  )
  const sigmoid = `1 / (1 + e^(−${decimals(step.logit, 4, true)}))`
  return [
    equation(`x^<${t}>`, `the vector of “${token}”`, vector(step.x, 2)),
    equation(`a^<${t - 1}>`, remembered, vector(step.before, 4)),
    ...weights.b.flatMap((_, h) => unit(weights, step, t, h)),
    equation("log-odds", ...added(terms, "c", weights.c), decimals(step.logit, 4)),
    equation(`ŷ^<${t}>`, "σ(log-odds)", sigmoid, decimals(step.belief, 4)),
  ]
}

/**
 * @param {Weights} weights
 * @param {Step} step
 * @param {number} t
 * @param {number} h the unit
 */
function unit({ W, U, b }, step, t, h) {
  const j = h + 1
  const total = decimals(step.total[h], 4)
  const terms = [
    ...step.x.map((x, e) => term(`W_${j}${e + 1}·x_${e + 1}^<${t}>`, W[h][e], x, step.fromWord[h][e], 2)),
    ...step.before.map((a, k) => term(`U_${j}${k + 1}·a_${k + 1}^<${t - 1}>`, U[h][k], a, step.fromState[h][k], 4)),
  ]
  return [
    equation(`sum_${j}`, ...added(terms, `b_${j}`, b[h]), total),
    equation(`a_${j}^<${t}>`, `tanh(sum_${j})`, `tanh(${total})`, decimals(step.hidden[h], 4)),
  ]
}

/**
 * @param {string} name
 * @param {number} weight
 * @param {number} value
 * @param {number} product
 * @param {number} digits of the value
 * @returns {Term}
 */
function term(name, weight, value, product, digits) {
  const factors = `${decimals(weight, 2, true)}·${decimals(value, digits, true)}`
  return { name, factors, product: decimals(product, 4, true) }
}

/**
 * Terms and a bias, three times: by name, as factors, as products.
 * @param {Term[]} terms
 * @param {string} name of the bias
 * @param {number} bias
 */
function added(terms, name, bias) {
  const number = decimals(bias, 2, true)
  return [
    [...terms.map(summand => summand.name), name],
    [...terms.map(({ factors }) => factors), number],
    [...terms.map(({ product }) => product), number],
  ].map(parts => parts.join(" + "))
}

/**
 * Each right side on a line of its own.
 * @param {string} left
 * @param {...string} sides
 */
function equation(left, ...sides) {
  return element("p", {}, ...notation(left), ...sides.map(side => element("span", {}, "= ", ...notation(side))))
}

/**
 * @param {number[]} values
 * @param {number} digits
 */
function vector(values, digits) {
  return `(${values.map(value => decimals(value, digits)).join(", ")})`
}
