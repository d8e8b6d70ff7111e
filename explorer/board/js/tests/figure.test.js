import assert from "node:assert/strict"
import { test } from "node:test"
import { axesOf, coloured, escaped, numbersOf, pack, unescaped, unpack } from "../figure.js"

const scale = /** @type {[number, string][]} */ ([[0, "#000000"]])
const palette = {
  ...{ a: "blue", b: "red", c: "", d: "", line: "grey", grid: "", back: "", band: "", a_band: "", b_band: "" },
  ...{ positive: "teal", negative: "brown" },
  diverging: scale,
  signed: scale,
  sequential: scale,
}

test("colours take the place of their names, words stay", () => {
  const trace = { name: "@a", text: ["@b"], line: { color: "@a" }, colorscale: "@diverging", x: [1, 2] }
  const figure = { data: [trace], layout: {} }
  const [painted] = coloured(figure, palette).data
  assert.deepEqual(painted, { ...trace, line: { color: "blue" }, colorscale: scale })
  assert.equal(trace.line.color, "@a")
})

test("an array comes back as it was packed", () => {
  assert.deepEqual([...unpack(pack([0.5, -2])).flat], [0.5, -2])
  assert.deepEqual(unpack({ ...pack([1, 2, 3, 4]), shape: "2, 2" }).shape, [2, 2])
  assert.deepEqual(numbersOf([1, null, 3]), [1, NaN, 3])
})

test("labels are escaped and come back as they were", () => {
  const text = "<b>&amp; &lt;"
  assert.equal(unescaped(escaped(text)), text)
  assert.equal(escaped("<b>"), "&lt;b&gt;")
})

test("axes are found by their names", () => {
  const layout = { xaxis: {}, yaxis2: {}, height: 3, xaxis_: {} }
  assert.deepEqual(
    axesOf(layout).map(([name]) => name),
    ["xaxis", "yaxis2"],
  )
})
