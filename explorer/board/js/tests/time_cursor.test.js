import assert from "node:assert/strict"
import { test } from "node:test"
import "./page.js"
import { player } from "../player.js"
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
  cursor.close()
  assert.deepEqual(moves, [3, 5, 2, 2, 1])
})

test("boards of different lengths follow one player, each to its own end", () => {
  /** @type {number[]} */
  const short = []
  /** @type {number[]} */
  const long = []
  const cursors = [new TimeCursor(step => short.push(step)), new TimeCursor(step => long.push(step))]
  cursors[0].reach(2)
  cursors[1].reach(4)
  player.set(3)
  player.set(1)
  assert.deepEqual([short.at(-1), long.at(-1), player.steps], [1, 1, 4])
  player.set(4)
  assert.deepEqual([short.at(-1), long.at(-1)], [2, 4])
  cursors[1].close()
  assert.equal(player.steps, 2)
  cursors[0].close()
})

test("what the phrases say is shown, and told to the bar", () => {
  const cursor = new TimeCursor(() => {})
  cursor.reach(2)
  cursor.tell(1, ["A “good” 0.90", "B “bad” 0.10"])
  const text = "Step 1 of 2: A “good” 0.90; B “bad” 0.10"
  assert.equal(cursor.node.textContent, text)
  assert.equal(player.text, text)
  cursor.close()
})
