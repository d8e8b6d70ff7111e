// What a model computed for a phrase, as the server's `levels` answers: steps are counted from 1, units from 0.
/** @import { PackedArray } from "../packet.js" */

/** @typedef {{ name: string, symbol: string, title: string, gate: boolean }} Quantity */

/**
 * @typedef {object} RunHeader
 * @property {string[]} tokens
 * @property {boolean} recurrent
 * @property {string} [model]
 * @property {string} [label]
 * @property {Record<string, string>} [read] words that were read in the place of tokens, by their places from 0
 * @property {number[]} [unknown]
 * @property {number} [first] the first step whose activations are here
 * @property {number} [units]
 * @property {string} [weights] as the equations name them
 * @property {number} [bias]
 * @property {Quantity[]} [quantities] in the order of computing
 */

export class Run {
  /**
   * @param {RunHeader} header
   * @param {Record<string, PackedArray>} arrays
   */
  constructor(header, arrays) {
    this.tokens = header.tokens
    this.recurrent = header.recurrent && header.tokens.length > 0
    this.label = header.label ?? ""
    this.model = header.model ?? ""
    this.read = header.read ?? {}
    this.units = header.units ?? 0
    this.weights = header.weights ?? ""
    this.bias = header.bias ?? 0
    this.quantities = header.quantities ?? []
    this.first = header.first ?? 1
    this.arrays = arrays
    const rows = this.recurrent ? arrays.hidden.shape[0] - 1 : 0
    this.last = this.first + rows - 1
    this.readout = arrays.readout?.flat ?? new Float32Array(0)
  }

  get steps() {
    return this.tokens.length
  }

  /**
   * Whether what was computed at this step is here.
   * @param {number} step
   */
  has(step) {
    return step >= this.first && step <= this.last
  }

  /**
   * P(positive) after a step; before the first word what the bias alone says.
   * @param {number} step from 0
   */
  belief(step) {
    return step > 0 ? this.arrays.belief.flat[step - 1] : 1 / (1 + Math.exp(-this.bias))
  }

  /**
   * All units after a step; at the step before the first one that is here as well.
   * @param {string} name of the quantity
   * @param {number} step
   * @returns {Float32Array} (H,)
   */
  values(name, step) {
    const row = step - this.first + 1
    return this.arrays[name].flat.subarray(row * this.units, (row + 1) * this.units)
  }

  /**
   * How far each unit pushes the log-odds, towards positive above zero: activation times its weight in the verdict.
   * @param {Float32Array} values (H,)
   * @returns {Float32Array} (H,)
   */
  pushes(values) {
    return values.map((value, unit) => value * this.readout[unit])
  }

  /** The push at which a square has its full colour: the same for every phrase of a model. */
  get reach() {
    const sizes = [...this.readout].map(Math.abs).sort((p, q) => p - q)
    return sizes[Math.floor(0.9 * sizes.length)] || 1
  }

  /** The unit with the largest weight in the verdict. */
  get loudest() {
    return this.readout.reduce(
      (best, weight, unit) => (Math.abs(weight) > Math.abs(this.readout[best]) ? unit : best),
      0,
    )
  }
}

/**
 * @typedef {object} OpenedSum
 * @property {{ place: number, factor: number, weight: number, product: number }[]} largest
 * @property {{ count: number, total: number }} others
 * @property {number} bias
 * @property {number} total largest, others and bias together
 */

/**
 * A weighted sum taken apart: its largest products, and all others together.
 * @param {Float32Array} factors
 * @param {Float32Array} weights
 * @param {number} bias
 * @param {number} most
 * @returns {OpenedSum}
 */
export function opened(factors, weights, bias, most = 6) {
  const products = [...factors].map((factor, place) => ({
    place,
    factor,
    weight: weights[place],
    product: factor * weights[place],
  }))
  const ordered = [...products].sort((p, q) => Math.abs(q.product) - Math.abs(p.product))
  const largest = ordered.slice(0, most).filter(({ product }) => product !== 0)
  const rest = ordered.slice(largest.length)
  const others = { count: rest.length, total: rest.reduce((sum, { product }) => sum + product, 0) }
  const total = largest.reduce((sum, { product }) => sum + product, others.total) + bias
  return { largest, others, bias, total }
}
