import assert from "node:assert/strict"
import { test } from "node:test"
import { heap } from "../classroom/heap.js"

test("answers that are apart lie on the line, each at its place", () => {
  assert.deepEqual(heap([0.9, 0.1], 100, 10, 50), [
    { at: 0.1, rise: 5 },
    { at: 0.9, rise: 5 },
  ])
})

test("equal answers are heaped, and a class of any size stays within its room", () => {
  assert.deepEqual(
    heap([0.5, 0.5, 0.5], 100, 10, 50).map(({ rise }) => rise),
    [5, 15, 25],
  )
  const many = heap(new Array(200).fill(0.5), 100, 10, 50)
  assert.equal(many.length, 200)
  assert.ok(Math.max(...many.map(({ rise }) => rise)) <= 50)
  assert.equal(new Set(many.map(({ rise }) => rise)).size, 200)
})
