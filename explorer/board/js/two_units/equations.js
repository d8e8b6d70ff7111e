// A step of the network as equations: names, then their values, then the products, then the sum.
/** @import { Weights } from "../payloads.js" */
/** @import { Step } from "./network.js" */
import { element } from "../dom.js"
import { t } from "../messages.js"
import { notation } from "../notation.js"
import { decimals } from "../text.js"

/** @typedef {{ name: string, factors: string, product: string }} Term of a sum, three times */

/**
 * @param {Weights} weights
 * @param {Step} step
 * @param {number} time the step's number, from 1
 * @param {string} token
 */
export function equations(weights, step, time, token) {
  const remembered =
    time === 1 ? t("zeros, since there is no step before") : t("what step {step} left", { step: time - 1 })
  const terms = weights.w.map((weight, h) =>
    term(`w_${h + 1}·a_${h + 1}^<${time}>`, weight, step.hidden[h], step.toLogit[h], 4),
  )
  const sigmoid = `1 / (1 + e^(−${decimals(step.logit, 4, true)}))`
  return [
    equation(`x^<${time}>`, t("the vector of “{word}”", { word: token }), vector(step.x, 2)),
    equation(`a^<${time - 1}>`, remembered, vector(step.before, 4)),
    ...weights.b.flatMap((_, h) => unit(weights, step, time, h)),
    equation(t("log-odds"), ...added(terms, "c", weights.c), decimals(step.logit, 4)),
    equation(`ŷ^<${time}>`, t("σ(log-odds)"), sigmoid, decimals(step.belief, 4)),
  ]
}

/**
 * @param {Weights} weights
 * @param {Step} step
 * @param {number} time
 * @param {number} h the unit
 */
function unit({ W, U, b }, step, time, h) {
  const j = h + 1
  const total = decimals(step.total[h], 4)
  const terms = [
    ...step.x.map((x, e) => term(`W_${j}${e + 1}·x_${e + 1}^<${time}>`, W[h][e], x, step.fromWord[h][e], 2)),
    ...step.before.map((a, k) => term(`U_${j}${k + 1}·a_${k + 1}^<${time - 1}>`, U[h][k], a, step.fromState[h][k], 4)),
  ]
  return [
    equation(`sum_${j}`, ...added(terms, `b_${j}`, b[h]), total),
    equation(`a_${j}^<${time}>`, `tanh(sum_${j})`, `tanh(${total})`, decimals(step.hidden[h], 4)),
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

/**
 * A step in three lines, with its numbers: both units and the answer. The number of the chosen weight is marked.
 * @param {Weights} weights
 * @param {Step} step
 * @param {number} time the step's number, from 1
 * @param {number} picked the weight that is chosen, as `flat` counts them
 */
export function brief(weights, step, time, picked) {
  const first = weights.embedding.flat().length
  const [inputs, units] = [step.x.length, weights.b.length]
  const number = (/** @type {number} */ value, /** @type {number} */ index, braces = true) => {
    const text = decimals(value, 2, braces)
    return index === picked ? element("mark", {}, text) : text
  }
  const lines = weights.b.map((bias, h) => {
    const word = step.x.map((x, e) => [number(weights.W[h][e], first + h * inputs + e), decimals(x, 2, true)])
    const memory = step.before.map((a, k) => [
      number(weights.U[h][k], first + units * inputs + h * units + k),
      decimals(a, 2, true),
    ])
    const sum = summed([...word, ...memory], number(bias, first + units * (inputs + units) + h))
    return line(`a_${h + 1}^<${time}>`, "tanh(", sum, decimals(step.hidden[h], 2))
  })
  const last = first + units * (inputs + units) + units
  const terms = weights.w.map((weight, h) => [number(weight, last + h), decimals(step.hidden[h], 2, true)])
  const answer = summed(terms, number(weights.c, last + units))
  return [...lines, line(`ŷ^<${time}>`, "σ(", answer, decimals(step.belief, 2))]
}

/**
 * @param {(Node | string)[][]} products
 * @param {Node | string} bias
 */
function summed(products, bias) {
  return [...products.flatMap(([weight, value]) => [weight, "·", value, " + "]), bias]
}

/**
 * @param {string} name
 * @param {string} before
 * @param {(Node | string)[]} sum
 * @param {string} value
 */
function line(name, before, sum, value) {
  const result = element("strong", {}, value)
  return element("p", {}, ...notation(name), ` = ${before}`, ...sum, ") = ", result)
}
