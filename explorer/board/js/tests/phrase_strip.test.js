/** @import { ReadPhrase } from "../payloads.js" */
import assert from "node:assert/strict"
import { test } from "node:test"
import "./page.js"
import { PhraseStrip, readout } from "../phrase_strip.js"

/** @type {ReadPhrase} */
const PHRASE = {
  phrase: "A",
  tokens: ["a", "mvoie", "<b>", "late"],
  unknown: [2],
  read: { 1: "movie" },
  clipped: 3,
  belief: [0.5, 0.625, 0.75, 0.25],
}

test("a readout names the phrase, the word, what it was read as, and the belief", () => {
  assert.equal(readout(PHRASE, 1), "A “a” 50%")
  assert.equal(readout(PHRASE, 2), "A “mvoie” (read as “movie”) 63%")
  assert.equal(readout({ ...PHRASE, phrase: "" }, 9), "has ended at 25%")
})

test("unknown, corrected and clipped words are marked and explained, and words are no markup", () => {
  const strip = new PhraseStrip("A", () => {})
  strip.draw(PHRASE)
  assert.deepEqual(
    strip.tokens.map(({ className }) => className.replaceAll("stage-", "")),
    ["token", "token corrected", "token unknown", "token clipped"],
  )
  assert.equal(strip.list.textContent, "a mvoie → movie <b> ✂late ")
  assert.match(strip.key.textContent ?? "", /^Dotted.*With an arrow.*Behind ✂/)
  strip.moveTo(2)
  assert.deepEqual(
    strip.tokens.map(({ classList }) => classList.contains("stage-now")),
    [false, true, false, false],
  )
})

test("without a phrase there is nothing to see", () => {
  const strip = new PhraseStrip("B", () => {})
  strip.draw(undefined)
  assert.ok(strip.node.hidden)
})
