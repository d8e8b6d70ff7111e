import assert from "node:assert/strict"
import { test } from "node:test"
import { pack } from "../figure.js"
import { numbersOfFigure } from "../panels/chart_numbers.js"

test("lines stand side by side by step, shorter ones end in empty cells", () => {
  const data = [
    { type: "scatter", name: "A", text: ["good", "&lt;b&gt;"], y: pack([0.25, 0.5]) },
    { type: "scatter", name: "B", meta: "B: lowest", text: ["bad"], y: pack([0.125]) },
  ]
  assert.deepEqual(numbersOfFigure({ data, layout: {} }), {
    columns: ["step", "word of A", "word of B", "A", "B: lowest"],
    rows: [
      ["1", "good", "bad", "0.2500", "0.1250"],
      ["2", "<b>", "", "0.5000", ""],
    ],
  })
})

test("numbers that there are not are empty cells", () => {
  const data = [{ type: "scatter", name: "one", text: ["a", "b"], y: pack([NaN, 1]) }]
  assert.deepEqual(numbersOfFigure({ data, layout: {} }).rows, [
    ["1", "a", ""],
    ["2", "b", "1.0000"],
  ])
})

test("a heatmap gives a row a step and a column a unit", () => {
  const z = { ...pack([1, 2, 3, 4, 5, 6]), shape: "2, 3" }
  const data = [{ type: "heatmap", z, text: ["x", "y", "z"], customdata: [7, 5] }]
  assert.deepEqual(numbersOfFigure({ data, layout: {} }), {
    columns: ["step", "word", "unit 7", "unit 5"],
    rows: [
      ["1", "x", "1.0000", "4.0000"],
      ["2", "y", "2.0000", "5.0000"],
      ["3", "z", "3.0000", "6.0000"],
    ],
  })
})
