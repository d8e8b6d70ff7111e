import assert from "node:assert/strict"
import { test } from "node:test"
import { decimals, percent, shortened, signed, typeset, written } from "../text.js"

test("minus signs are typeset, hyphens are not", () => {
  assert.equal(typeset("-2 and (-0.5), not well-known, 3-4"), "−2 and (−0.5), not well-known, 3-4")
})

test("a number has no minus where it rounds to zero", () => {
  assert.equal(decimals(-0.0004, 3), "0.000")
  assert.equal(decimals(-0.0006, 3), "−0.001")
  assert.equal(decimals(-1.5, 1, true), "(−1.5)")
  assert.equal(decimals(-0.0004, 3, true), "0.000")
})

test("signed numbers, shares, long words", () => {
  assert.deepEqual([signed(0.5), signed(-0.25)], ["+0.500", "−0.250"])
  assert.deepEqual([percent(0.5), percent(0.0995), percent(0.0994)], ["50%", "10%", "9.9%"])
  assert.equal(shortened("wonderful", 5), "wond…")
  assert.equal(shortened("good", 4), "good")
  assert.equal(written("good , not bad ,"), "good, not bad,")
})
