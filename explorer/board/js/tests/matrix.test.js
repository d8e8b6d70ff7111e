import assert from "node:assert/strict"
import { test } from "node:test"
import "./page.js"
import { powers } from "../panels/matrix.js"

test("a long scale has whole powers of ten, six of them at most", () => {
  assert.deepEqual(powers(-4, 0), [-4, -3, -2, -1, 0])
  assert.ok(powers(-30, 0).length <= 6)
})

test("a short one has 1, 2 and 5 times a power, all inside", () => {
  const ticks = powers(-1.1, -0.1).map(power => Number((10 ** power).toPrecision(3)))
  assert.deepEqual(ticks, [0.1, 0.2, 0.5])
  assert.deepEqual(
    powers(0.1, 1.1).map(power => Number((10 ** power).toPrecision(3))),
    [2, 5, 10],
  )
})
