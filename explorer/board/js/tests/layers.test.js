import assert from "node:assert/strict"
import { test } from "node:test"
import "./page.js"
import { scaled } from "../panels/layers.js"

test("the blocks have room, at the largest scale at which they do", () => {
  for (const [blocks, size, units, width] of [
    [150, 300, 21, 900],
    [1, 50, 21, 900],
    [500, 300, 21, 260],
  ]) {
    // prettier-ignore
    const { scale, each, lines } = scaled(blocks, size, units, width)
    assert.ok(each * lines >= blocks)
    assert.ok(size * scale <= width)
    assert.ok(lines * (units * scale + 2) <= 430 || scale < 0.01)
  }
  assert.equal(scaled(1, 50, 21, 900).scale, 0.4)
})
