import "./page.js"
import assert from "node:assert/strict"
import { test } from "node:test"

const { median, sentenceOf } = await import("../classroom/outcome.js")
const MODELS = [{ name: "gru", label: "GRU" }]

test("the middle answer has as many below it as above", () => {
  assert.equal(median([]), null)
  assert.equal(median([0.9, 0.1, 0.2]), 0.2)
  assert.equal(median([0.1, 0.3]), 0.2)
})

test("the sentence says where the class and the GRU part, or that they do not", () => {
  const class_ = [
    [0.9, 0.2],
    [0.8, 0.3],
  ]
  /** @type {[number[][], number[] | null, string][]} */
  const cases = [
    [class_, [0.95, 0.05], "Most of you and the GRU agree."],
    [class_, [0.2, 0.05], "For A the class says 85%, the GRU says 20%. Who is right?"],
    [class_, [0.95, 0.9], "For B the class says 25%, the GRU says 90%. Who is right?"],
    [[[0.5]], [0.7], "The class says 50%, the GRU says 70%. Who is right?"],
    [[], [0.7], "Nobody has answered. The lines show what the models say."],
    [class_, null, "The models know none of these words, so they say nothing."],
  ]
  for (const [answers, given, sentence] of cases) {
    const middles = (given ?? [0, 0]).map((_, k) => median(answers.map(answer => answer[k])))
    assert.equal(sentenceOf(answers, middles, { gru: given }, MODELS), sentence)
  }
})
