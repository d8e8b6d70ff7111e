import assert from "node:assert/strict"
import { test } from "node:test"
import { opened, Run } from "../zoom/run.js"
import { Scale, stopsOf } from "../zoom/scales.js"
import { written } from "../zoom/unit.js"

/** @param {number[]} flat @param {number[]} shape */
const packed = (flat, shape) => ({ flat: Float32Array.from(flat), shape })

/** Steps 3 and 4 of a run of two units, and the states of step 2. */
function windowed() {
  const header = { tokens: ["a", "b", "c", "d"], recurrent: true, first: 3, units: 2, bias: 0 }
  return new Run(header, {
    belief: packed([0.1, 0.2, 0.3, 0.4], [4]),
    hidden: packed([1, 2, 3, 4, 5, 6], [3, 2]),
    readout: packed([0.5, -2], [2]),
  })
}

test("a window of a run gives the values of its steps and of the one before", () => {
  const run = windowed()
  assert.deepEqual(
    [2, 3, 4, 5].map(step => run.has(step)),
    [false, true, true, false],
  )
  assert.deepEqual(
    [2, 3, 4].map(step => [...run.values("hidden", step)]),
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  )
  assert.equal(run.belief(4), Math.fround(0.4))
  assert.equal(run.belief(0), 0.5) // the bias alone
})

test("a unit pushes by its activation times its weight", () => {
  const run = windowed()
  assert.deepEqual([...run.pushes(run.values("hidden", 3))], [1.5, -8])
  assert.equal(run.loudest, 1)
})

test("what has no words has no memory to show", () => {
  assert.equal(new Run({ tokens: [], recurrent: true }, {}).recurrent, false)
})

test("a sum taken apart is the whole sum, whatever is shown of it", () => {
  const factors = Float32Array.from({ length: 40 }, (_, i) => Math.sin(i))
  const weights = Float32Array.from({ length: 40 }, (_, i) => Math.cos(3 * i))
  const exact = factors.reduce((sum, factor, i) => sum + factor * weights[i], 0) + 0.25
  for (const most of [0, 1, 6, 40, 100]) {
    const { largest, others, bias, total } = opened(factors, weights, 0.25, most)
    const shown = largest.reduce((sum, { factor, weight }) => sum + factor * weight, 0)
    assert.equal(largest.length + others.count, 40)
    assert.ok(Math.abs(shown + others.total + bias - exact) < 1e-9)
    assert.ok(Math.abs(total - exact) < 1e-9)
    assert.ok(largest.every(({ product }, i) => i === 0 || Math.abs(product) <= Math.abs(largest[i - 1].product)))
  }
})

test("products of nothing are not shown one by one", () => {
  const { largest, others, total } = opened(new Float32Array(3), Float32Array.of(1, 2, 3), -1)
  assert.deepEqual([largest, others, total], [[], { count: 3, total: 0 }, -1])
})

test("a scale has its ends, its middle, and nothing beyond", () => {
  const scale = new Scale("signed", stopsOf("0 #000000, 0.5 #808080, 1 #ffffff"))
  assert.deepEqual(
    [-9, -1, 1, 9].map(value => scale.of(value)),
    ["rgb(0,0,0)", "rgb(0,0,0)", "rgb(255,255,255)", "rgb(255,255,255)"],
  )
  assert.equal(scale.of(0.1, 0.1), "rgb(255,255,255)")
  assert.equal(new Scale("sequential", stopsOf("0 #000000, 1 #ffffff")).of(0), "rgb(0,0,0)")
})

test("numbers take their places in an equation, negative ones in brackets behind an operator", () => {
  assert.equal(
    written("(1 − {0}) · {1} + {0} · {2} = {3}", [0.5, -1, 0.25, -0.375]),
    "(1 − 0.500) · (−1.000) + 0.500 · 0.250 = −0.375",
  )
})
