import assert from "node:assert/strict"
import { test } from "node:test"
import { ticks } from "../panels/chart_ticks.js"

/** @param {string[]} words */
const labels = words => ({ tickvals: words.map((_, i) => i + 1), ticktext: words })
const WORDS = ["good", ",", "not", "bad"]
const WIDTH = 1000

test("words that have room are all there, upright", () => {
  assert.deepEqual(ticks(labels(WORDS), [0.5, 4.5], WIDTH), { ...labels(WORDS), tickangle: 0 })
})

test("words of a long text are slanted and some are left out, so that none touches another", () => {
  const { tickvals, tickangle } = ticks(labels(Array(300).fill("word")), [0.5, 300.5], WIDTH)
  assert.equal(tickangle, -45)
  assert.ok(tickvals.slice(1).every((step, i) => ((step - tickvals[i]) * WIDTH) / 300 >= 26))
})

test("a short text beside a long one has the room of the long one's steps: its words do not overprint", () => {
  const { tickvals } = ticks(labels(WORDS), [0.5, 300.5], WIDTH)
  assert.deepEqual(tickvals, [4])
  const few = ticks(labels(WORDS), [0.5, 40.5], WIDTH)
  assert.deepEqual([few.tickvals, few.tickangle], [[2, 4], -45])
})

test("zoomed in, the words that are seen come back", () => {
  assert.deepEqual(ticks(labels(Array(300).fill("word")), [10.5, 14.5], WIDTH).tickvals, [11, 12, 13, 14])
})

test("where two texts share an axis, steps are numbered by round numbers", () => {
  const { ticktext, tickangle } = ticks(labels(Array(100).fill("word<br>other")), [0.5, 100.5], WIDTH)
  assert.equal(tickangle, 0)
  assert.deepEqual(ticktext.slice(0, 3), ["5", "10", "15"])
})

test("escaped letters count once", () => {
  assert.equal(ticks(labels(Array(10).fill("&lt;&lt;&lt;&lt;")), [0.5, 10.5], 400).tickvals.length, 10)
})

test("a slanted word is as long as there is room below the axis, and whole where it stands upright", () => {
  const words = labels(Array(10).fill("&lt;extraordinarily"))
  assert.equal(ticks(words, [0.5, 10.5], 600).ticktext[0], "&lt;extraordi…")
  assert.equal(ticks(words, [0.5, 2.5], 600).ticktext[0], "&lt;extraordinarily")
})

test("no label is in sight", () => {
  assert.deepEqual(ticks(labels(WORDS), [10.5, 20.5], WIDTH).tickvals, [])
})
