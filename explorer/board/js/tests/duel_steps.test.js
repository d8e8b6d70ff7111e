import assert from "node:assert/strict"
import { test } from "node:test"
import { aligned, named, shared, stepAt, unchanged } from "../duel/steps.js"

test("steps below one line meet halfway between their words", () => {
  const words = [
    { left: 8, right: 40 },
    { left: 50, right: 54 },
    { left: 80, right: 110 },
  ]
  assert.deepEqual(aligned(words, 200, 8), [
    { left: 0, right: 45 },
    { left: 45, right: 67 },
    { left: 67, right: 118 },
  ])
})

test("steps that share a width fill it, and a sign is narrower than any word", () => {
  const steps = shared(["i", ",", "masterpiece"], [1, 0, 1], 300)
  assert.equal(steps[0].left, 0)
  assert.ok(Math.abs(steps[2].right - 300) < 1e-9)
  const widths = steps.map(({ left, right }) => right - left)
  assert.ok(widths[1] < widths[0] && widths[0] < widths[2])
})

test("every place of a ribbon belongs to the step that reaches over it", () => {
  const steps = shared(["a", "b", "c", "d", "e"], [1, 1, 1, 1, 1], 100)
  assert.deepEqual(
    [-5, 1, 25, 59, 99, 200].map(x => stepAt(steps, x)),
    [0, 0, 1, 2, 4, 4],
  )
})

test("a key leaves the words before it as they were, and takes the one that it changes", () => {
  const spans = [0, 4, 4, 5, 6, 9, 10, 13] // good , not bad
  assert.equal(unchanged(spans, "good, not bad", "good, not bad"), 4)
  assert.equal(unchanged(spans, "good, not bad", "good, not bad!"), 4)
  assert.equal(unchanged(spans, "good, not bad", "good, not badly"), 3)
  assert.equal(unchanged(spans, "good, not bad", "good, not bad "), 4)
  assert.equal(unchanged(spans, "good, not bad", "good, not ba"), 3)
  assert.equal(unchanged(spans, "good, not bad", "goods, not bad"), 0)
  assert.equal(unchanged(spans, "good, not bad", ""), 0)
})

test("names of steps never overlap, and the current step always has its own", () => {
  const steps = shared(Array(30).fill("word"), Array(30).fill(1), 400)
  const belief = steps.map((_, i) => (i % 3 ? 0.2 : 0.9))
  const shown = named(belief, steps, () => 60, 17, 400)
  assert.ok(shown.some(({ i }) => i === 17))
  for (let k = 1; k < shown.length; k++) assert.ok(shown[k].left - shown[k - 1].left >= 60)
  assert.ok(shown.every(({ left }) => left >= 0 && left + 60 <= 400))
})
