import assert from "node:assert/strict"
import { test } from "node:test"
import "./page.js"
import { enlarged, fitting } from "../panels/fitting.js"

/**
 * A node so far below the page's top, in a window of this size.
 * @param {number} top
 * @param {[number, number]} size
 */
function at(top, [innerWidth, innerHeight]) {
  Object.assign(globalThis, { innerWidth, innerHeight, scrollY: 100 })
  return /** @type {HTMLElement} */ (
    /** @type {unknown} */ ({ getBoundingClientRect: () => ({ top: top - globalThis.scrollY }) })
  )
}

test("a picture that begins on the first screen ends on it", () => {
  assert.equal(fitting(at(210, [1280, 800]), 2000), 800 - 210 - 12)
  assert.equal(fitting(at(300, [375, 667]), 2000), 667 - 300 - 66) // the pages stand below it
  assert.equal(fitting(at(210, [1280, 800]), 380), 380)
})

test("it is no ribbon, and further down it is as high as was wanted", () => {
  assert.equal(fitting(at(600, [375, 667]), 2000), 230)
  assert.equal(fitting(at(900, [1280, 800]), 560), 560)
})

test("marks and lines grow with the type of the window, and nothing else does", () => {
  globalThis.getComputedStyle = /** @type {typeof getComputedStyle} */ (
    /** @type {unknown} */ (() => ({ fontSize: "24px" }))
  )
  const trace = {
    ...{ x: [1, 2], y: [3, 4], text: ["size", "width"], line: { width: 2, dash: "dot" } },
    marker: { size: [10, 0], color: [1, 2], line: { width: 1 } },
  }
  assert.deepEqual(enlarged([trace]), [
    {
      ...{ x: [1, 2], y: [3, 4], text: ["size", "width"], line: { width: 3, dash: "dot" } },
      marker: { size: [15, 0], color: [1, 2], line: { width: 1.5 } },
    },
  ])
})
