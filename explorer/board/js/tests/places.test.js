/** @import { Box, Point } from "../panels/places.js" */
import assert from "node:assert/strict"
import { test } from "node:test"
import { beside, spread } from "../panels/places.js"

const FRAME = { left: 0, right: 400, top: 0, bottom: 300 }

test("places that touch are moved apart about their middle, in their order", () => {
  assert.deepEqual(spread([5, 1, 5], 2), [4, 1, 6])
  assert.deepEqual(spread([0, 10], 2), [0, 10])
  assert.deepEqual(spread([1, 1, 1, 8], 3), [-2, 1, 4, 8])
})

test("a label alone stands above its point, and inside the frame at its edges", () => {
  assert.deepEqual(beside([[{ x: 200, y: 150 }]], [[40]], 16, 8, FRAME), [["top center"]])
  assert.deepEqual(beside([[{ x: 200, y: 4 }]], [[40]], 16, 8, FRAME), [["bottom center"]])
  assert.deepEqual(beside([[{ x: 2, y: 150 }]], [[40]], 16, 8, FRAME), [["middle right"]])
})

test("the label of the last point comes first and is never left out", () => {
  const crowd = Array.from({ length: 12 }, (_, i) => ({ x: 200 + (i % 3), y: 150 + (i % 2) }))
  const [places] = beside([crowd], [crowd.map(() => 90)], 16, 8, FRAME)
  assert.notEqual(places[11], null)
  assert.ok(places.some(place => place === null))
})

test("no label lies over another one, of whichever path, and a word without letters has none", () => {
  const paths = [0, 1].map(shift => Array.from({ length: 5 }, (_, i) => ({ x: 60 + 30 * i, y: 100 + 20 * shift })))
  const widths = [
    [50, 50, 50, 50, 50],
    [50, 0, 50, 50, 50],
  ]
  const places = beside(paths, widths, 16, 8, FRAME)
  assert.equal(places[1][1], null)
  const boxes = paths.flatMap((points, i) => points.flatMap((point, k) => boxOf(point, places[i][k])))
  assert.ok(boxes.length >= 4)
  for (const [i, a] of boxes.entries()) for (const b of boxes.slice(i + 1)) assert.ok(!touch(a, b))
})

test("a label keeps off the line where there is room beside it", () => {
  const [places] = beside(
    [
      [
        { x: 200, y: 200 },
        { x: 200, y: 100 },
        { x: 300, y: 100 },
      ],
    ],
    [[40, 40, 0]],
    16,
    8,
    FRAME,
  )
  assert.deepEqual(places, ["bottom center", "top center", null])
})

/**
 * @param {Point} point
 * @param {string | null} place
 * @returns {Box[]}
 */
function boxOf({ x, y }, place) {
  if (place === null) return []
  const across = place.endsWith("right") ? 1 : place.endsWith("left") ? -1 : 0
  const down = place.startsWith("top") ? -1 : place.startsWith("bottom") ? 1 : 0
  const middle = { x: x + across * 33, y: y + down * 16 }
  return [{ left: middle.x - 25, right: middle.x + 25, top: middle.y - 8, bottom: middle.y + 8 }]
}

/**
 * @param {Box} a
 * @param {Box} b
 */
function touch(a, b) {
  return a.left < b.right - 1e-9 && b.left < a.right - 1e-9 && a.top < b.bottom - 1e-9 && b.top < a.bottom - 1e-9
}
