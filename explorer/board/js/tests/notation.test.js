import assert from "node:assert/strict"
import { test } from "node:test"
import "./page.js"
import { element } from "../dom.js"
import { notation } from "../notation.js"

/** @param {string} formula */
const html = formula => element("p", {}, ...notation(formula)).innerHTML

test("steps are raised, indices lowered", () => {
  assert.equal(html("a^<t-1>"), "a<sup>⟨t−1⟩</sup>")
  assert.equal(html("W_z x^<t>"), "W<sub>z</sub> x<sup>⟨t⟩</sup>")
  assert.equal(html("W_12·x_2^<3>"), "W<sub>12</sub>·x<sub>2</sub><sup>⟨3⟩</sup>")
})

test("markup in a formula stays text", () => {
  assert.equal(html("<b>x</b>"), "&lt;b&gt;x&lt;/b&gt;")
})
