import assert from "node:assert/strict"
import { test } from "node:test"
import { briefly, happened, memoryless, percent } from "../zoom/sentences.js"
import { described, noteOf } from "../zoom/gate_words.js"

test("what a word did to the belief is said as it was", () => {
  const cases = /** @type {[number, number, string][]} */ ([
    [0.44, 0.59, "After “not” the GRU is still undecided: 44% → 59%."],
    [0.93, 0.88, "After “not” the GRU is less sure: 93% → 88%."],
    [0.07, 0.12, "After “not” the GRU is less sure: 7% → 12%."],
    [0.88, 0.97, "After “not” the GRU is surer: 88% → 97%."],
    [0.12, 0.02, "After “not” the GRU is surer: 12% → 2%."],
    [0.9, 0.1, "“not” changes the mind of the GRU: 90% → 10%."],
    [0.5, 0.9, "“not” decides it: the GRU goes from 50% to 90%."],
    [0.9, 0.45, "After “not” the GRU is undecided: 90% → 45%."],
    [0.9, 0.901, "“not” changes little: the GRU stays at 90%."],
    [0.995, 0.999, "“not” changes little: the GRU stays at over 99%."],
  ])
  for (const [before, after, sentence] of cases) assert.equal(happened("GRU", "not", before, after), sentence)
})

test("a belief is never rounded to certainty", () => {
  assert.deepEqual([0.999999, 0.99, 0.5, 0.01, 0.001].map(percent), ["over 99%", "99%", "50%", "1%", "under 1%"])
  assert.deepEqual([0.999999, 0.5, 0.001].map(briefly), [">99%", "50%", "<1%"])
})

test("a model without a memory says so", () => {
  for (const model of ["per-word", "concat", "mine"]) assert.match(memoryless(model, "Mine"), /no memory/)
})

test("the gate's convention is told where it matters", () => {
  assert.match(noteOf("gru"), /z = 1 keeps the old memory.*Γᵤ = 1 − z/)
  assert.equal(noteOf("lstm"), "")
})

test("a network of one's own is told by its own titles", () => {
  const quantity = { name: "valve", symbol: "v", title: "valve of mine", gate: true }
  assert.equal(described("mine", quantity, false).title, "valve of mine")
  assert.equal(described("mine", { ...quantity, name: "hidden" }, true).title, "Old memory")
})
