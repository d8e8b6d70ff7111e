import assert from "node:assert/strict"
import { test } from "node:test"
import { latest } from "../component.js"

test("one answer is drawn at a time, and of those that wait only the newest", async () => {
  /** @type {string[]} */
  const drawn = []
  /** @type {(() => void)[]} */
  const release = []
  const draw = latest(
    /** @param {string} data */ async data => {
      drawn.push(data)
      await new Promise(resolve => release.push(() => resolve(undefined)))
    },
  )
  const first = draw("a")
  await Promise.all([draw("b"), draw("c")])
  assert.deepEqual(drawn, ["a"])
  release[0]()
  await new Promise(setImmediate)
  assert.deepEqual(drawn, ["a", "c"])
  release[1]()
  await first
})
