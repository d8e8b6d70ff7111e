import assert from "node:assert/strict"
import { test } from "node:test"
import { summary } from "../two_units/judgements.js"
import { moves, withMoves, withWeights } from "../two_units/moved_weights.js"
import { flat, judged, rowsOf, run, unflat } from "../two_units/network.js"

const WEIGHTS = {
  embedding: [[1, 0], [0, 1]], // prettier-ignore
  W: [[1, 2], [0, -1]], // prettier-ignore
  U: [[0.5, 0], [0, 0.5]], // prettier-ignore
  b: [0.1, 0],
  w: [1, -1],
  c: 0.25,
}

test("two steps by hand", () => {
  const [first, second] = run(WEIGHTS, rowsOf(["good", "bad"], ["good", "bad"]))
  assert.deepEqual(first.before, [0, 0])
  assert.deepEqual(first.total, [1.1, 0])
  assert.deepEqual(first.hidden, [Math.tanh(1.1), 0])
  assert.equal(first.logit, Math.tanh(1.1) + 0.25)
  assert.deepEqual(second.before, first.hidden)
  assert.equal(second.total[0], 2 + 0.5 * Math.tanh(1.1) + 0.1)
  assert.equal(second.total[1], -1)
  assert.equal(second.belief, 1 / (1 + Math.exp(-second.logit)))
})

test("a text is right on its side of one half", () => {
  const judgements = judged(WEIGHTS, ["good", "bad"], [["good", "bad"]])
  assert.deepEqual(
    judgements.map(({ text, right }) => [text, right]),
    [["good", true], ["bad", false]], // prettier-ignore
  )
  const words = "All 13 weights and 2 word vectors of 2 numbers are as they were trained."
  assert.equal(summary(judgements, ["good", "bad"], 0, flat(WEIGHTS).length, 2), words)
  const moved = "2 of 17 numbers moved: “good” is still right, “bad” is wrong."
  assert.equal(summary(judgements, ["good", "bad"], 2, 17, 2), moved)
})

test("weights in a row are the weights again", () => {
  assert.deepEqual(unflat(flat(WEIGHTS), WEIGHTS), WEIGHTS)
  assert.deepEqual(unflat(flat(WEIGHTS).map(weight => 2 * weight), WEIGHTS).U, [[1, 0], [0, 1]]) // prettier-ignore
})

test("weights that were moved go into the address and come back", () => {
  const moved = structuredClone(WEIGHTS)
  moved.embedding[0][1] = -2.41
  moved.U[1][0] = 0.07
  moved.c = -5
  const expected = [[1, -241], [10, 7], [16, -500]] // prettier-ignore
  assert.deepEqual(moves(WEIGHTS, moved), expected)
  assert.deepEqual(withMoves(WEIGHTS, moves(WEIGHTS, moved)), moved)
  assert.deepEqual(withMoves(WEIGHTS, [[99, 100]]), WEIGHTS) // of a larger network
  assert.equal(withWeights("?text=good", "weights", moves(WEIGHTS, moved)), "?text=good&weights=1.-241_10.7_16.-500")
  assert.equal(withWeights("?weights=1.2&text=good", "weights", []), "?text=good")
  assert.equal(withWeights("?", "weights", []), "?")
})
