import assert from "node:assert/strict"
import { test } from "node:test"
import { csv } from "../csv.js"

/** @param {string | number} value */
const cell = value => csv([[value]]).slice(0, -1)

test("what a spreadsheet would take for a formula gets an apostrophe", () => {
  const formulas = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\tx",
    "-",
    "+",
    "-2+3",
    "-1e",
    "--1",
    "-1,5",
    "-0x10",
    "-1e999",
    "-1 ",
  ]
  for (const text of formulas) assert.equal(cell(text).replace(/^"/, "")[0], "'", text)
})

test("a formula that begins like a number is no number", () => {
  assert.equal(cell("-2+3+cmd|' /C calc'!D2"), "'-2+3+cmd|' /C calc'!D2")
  assert.equal(cell("+2+3+cmd|' /C calc'!D2"), "'+2+3+cmd|' /C calc'!D2")
})

test("plain finite numbers stay numbers", () => {
  for (const number of ["-2", "+2", "-0.125", "-.5", "3.", "-1e-5", "+1.25E+3", "0"]) assert.equal(cell(number), number)
  for (const number of [-2, 0.5, -1e-7]) assert.equal(cell(number), String(number))
  assert.equal(cell(-Infinity), "'-Infinity")
})

test("what is no formula is left as it is", () => {
  for (const text of ["", "good", "a=b", "1-2", "−2", " =1"]) assert.equal(cell(text), text)
})

test("cells with a comma, a quote or a line break are quoted", () => {
  assert.equal(cell('say "hi", now'), '"say ""hi"", now"')
  assert.equal(cell("two\nlines"), '"two\nlines"')
  assert.equal(cell("\rx"), '"\'\rx"')
})

test("rows are lines", () => {
  const rows = [
    ["step", "word"],
    [1, "good"],
  ]
  assert.equal(csv(rows), "step,word\n1,good\n")
})
