import assert from "node:assert/strict"
import { test } from "node:test"
import { ramp } from "../colour.js"

const colour = ramp([
  [0, "#000000"],
  [0.5, "#ffffff"],
  [1, "#ff0000"],
])

test("the stops themselves, what lies between them, and what lies beyond", () => {
  assert.deepEqual([colour(0), colour(0.5), colour(1)], [[0, 0, 0], [255, 255, 255], [255, 0, 0]]) // prettier-ignore
  assert.deepEqual(colour(0.25), [128, 128, 128])
  assert.deepEqual([colour(-1), colour(2)], [colour(0), colour(1)])
})
