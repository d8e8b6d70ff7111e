import assert from "node:assert/strict"
import { test } from "node:test"
import "./page.js"
import { TimeCursor } from "../time_cursor.js"

test("as one types the cursor stays at the end, or where it was put", () => {
  /** @type {number[]} */
  const moves = []
  const cursor = new TimeCursor(step => moves.push(step))
  cursor.reach(3)
  cursor.reach(5)
  cursor.set(2)
  cursor.reach(7)
  cursor.reach(1)
  assert.deepEqual(moves, [3, 5, 2, 2, 1])
  assert.equal(cursor.slider.getAttribute("aria-label"), "Timestep")
})

test("what the phrases say is read with the slider", () => {
  const cursor = new TimeCursor(() => {})
  cursor.reach(2)
  cursor.tell(1, ["A “good” 0.90", "B “bad” 0.10"])
  const text = "Step 1 of 2: A “good” 0.90; B “bad” 0.10"
  assert.equal(cursor.output.textContent, text)
  assert.equal(cursor.slider.getAttribute("aria-valuetext"), text)
})
