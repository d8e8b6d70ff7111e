// The computation: every product and every sum of a recurrent network, as explorer/analysis/two_units.py has them.
/** @import { Weights } from "../payloads.js" */

/**
 * A step: the word's vector `x`, the state `before` it, products by unit, sums, and what comes out.
 * @typedef {object} Step
 * @property {number[]} x (E,)
 * @property {number[]} before (H,)
 * @property {number[][]} fromWord (H, E)
 * @property {number[][]} fromState (H, H)
 * @property {number[]} total (H,)
 * @property {number[]} hidden (H,)
 * @property {number[]} toLogit (H,)
 * @property {number} logit
 * @property {number} belief 0…1
 */

/**
 * What the network says of a text.
 * @typedef {{ text: string, expected: "positive" | "negative", belief: number, right: boolean }} Judgement
 */

/**
 * A phrase through the network.
 * @param {Weights} weights
 * @param {number[]} rows of the embedding, one a step
 * @returns {Step[]}
 */
export function run({ embedding, W, U, b, w, c }, rows) {
  let state = b.map(() => 0)
  return rows.map(row => {
    const x = embedding[row]
    const before = state
    const fromWord = W.map(line => line.map((weight, e) => weight * x[e]))
    const fromState = U.map(line => line.map((weight, k) => weight * before[k]))
    const total = b.map((bias, h) => sum(fromWord[h]) + sum(fromState[h]) + bias)
    const hidden = total.map(Math.tanh)
    const toLogit = w.map((weight, h) => weight * hidden[h])
    const logit = sum(toLogit) + c
    state = hidden
    return { x, before, fromWord, fromState, total, hidden, toLogit, logit, belief: 1 / (1 + Math.exp(-logit)) }
  })
}

/** @param {number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0)
}

/**
 * The tokens of a text as rows of the embedding.
 * @param {string[]} words
 * @param {string[]} tokens
 */
export function rowsOf(words, tokens) {
  return tokens.map(token => words.indexOf(token))
}

/**
 * Each text of the pairs, positive ones first in theirs: its P(positive), and whether that is on the right side of one
 * half.
 * @param {Weights} weights
 * @param {string[]} words
 * @param {[string, string][]} pairs
 * @returns {Judgement[]}
 */
export function judged(weights, words, pairs) {
  return pairs.flatMap(pair =>
    pair.map((text, i) => {
      const steps = run(weights, rowsOf(words, text.split(" ")))
      const { logit, belief } = steps[steps.length - 1]
      return { text, expected: i ? "negative" : "positive", belief, right: i ? logit < 0 : logit > 0 }
    }),
  )
}

/**
 * All weights in a row.
 * @param {Weights} weights
 */
export function flat({ embedding, W, U, b, w, c }) {
  return [...embedding.flat(), ...W.flat(), ...U.flat(), ...b, ...w, c]
}

/**
 * Numbers in a row as weights of the shapes of others.
 * @param {number[]} numbers
 * @param {Weights} like
 * @returns {Weights}
 */
export function unflat(numbers, like) {
  let next = 0
  const row = (/** @type {number[]} */ values) => values.map(() => numbers[next++])
  const rows = (/** @type {number[][]} */ values) => values.map(row)
  return {
    embedding: rows(like.embedding),
    W: rows(like.W),
    U: rows(like.U),
    b: row(like.b),
    w: row(like.w),
    c: numbers[next],
  }
}
