import assert from "node:assert/strict"
import { test } from "node:test"
import { summary } from "../two_units/judgements.js"
import { flat, judged, restore, rowsOf, run } from "../two_units/network.js"

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
  const words = "With the 17 trained weights, “good” is right and “bad” is wrong; 1 of 2 texts are right."
  assert.equal(summary(judgements, ["good", "bad"], 0, flat(WEIGHTS).length), words)
})

test("weights that were moved come back in place", () => {
  const moved = structuredClone(WEIGHTS)
  const row = moved.embedding[0]
  row[1] = 9
  moved.U[1][0] = 9
  moved.w[0] = 9
  moved.c = 9
  restore(moved, WEIGHTS)
  assert.deepEqual(moved, WEIGHTS)
  assert.equal(moved.embedding[0], row)
})
