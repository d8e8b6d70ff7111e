import assert from "node:assert/strict"
import { test } from "node:test"
import "./page.js"
import { layers, scaled } from "../pictures/layers.js"

const RECURRENT = { label: "GRU", tall: 48, units: 16 }

test("the blocks and the matrices have room, at the largest scale at which they do", () => {
  for (const [blocks, size, units, width] of [
    [150, 300, 21, 900],
    [1, 50, 21, 900],
    [500, 300, 21, 260],
  ]) {
    const { scale, each, lines } = scaled({ blocks, size, units, recurrent: RECURRENT }, width, 430)
    assert.ok(each * lines >= blocks)
    assert.ok((size + 16) * scale <= width)
    assert.ok(lines * (units * scale + 2) + 48 * scale <= 430 || scale < 0.01)
  }
  assert.equal(scaled({ blocks: 1, size: 50, units: 21, recurrent: RECURRENT }, 900, 430).scale, 0.4)
})

test("a block for each word, W and U, all to one scale", () => {
  const data = {
    alt: "",
    blocks: 7,
    size: 50,
    units: 20,
    recurrent: RECURRENT,
    captions: /** @type {[string, string]} */ (["many", "few"]),
  }
  const { node } = layers(data, { width: 600, em: 16, palette: /** @type {any} */ ({}) })
  const all = [...node.querySelectorAll("rect")].map(each =>
    ["width", "height"].map(name => Number(each.getAttribute(name))),
  )
  assert.equal(all.length, 7 + 2)
  const [[wide, high]] = all
  const [w, u] = all.slice(-2)
  assert.ok(Math.abs(wide / high - 50 / 20) < 1e-9)
  assert.ok(Math.abs(w[0] - wide) < 1e-9)
  assert.ok(Math.abs(w[1] / w[0] - 48 / 50) < 1e-9)
  assert.ok(Math.abs(u[0] / u[1] - 16 / 48) < 1e-9)
})
