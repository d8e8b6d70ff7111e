/** @import { ContributionsPanel } from "../payloads.js" */
import assert from "node:assert/strict"
import { test } from "node:test"
import "./page.js"
import { pack } from "../figure.js"
import { Contributions } from "../panels/contributions.js"

const TOOLS = { onStep() {}, onUnit() {}, ask() {}, now: () => 0, moved: {} }

/**
 * The units that the table of so many units shows, in their order; unit u says u.
 * @param {number} count
 */
async function shown(count) {
  const panel = new Contributions("parts", TOOLS)
  /** @type {ContributionsPanel} */
  const data = {
    ...{ kind: "parts", id: "parts", title: "Units", unit: 0, tokens: ["good"], belief: [0.5], logit: [0], bias: 0 },
    parts: { ...pack(Array.from({ length: count }, (_, unit) => unit)), shape: `1, ${count}` },
  }
  panel.data = data
  await panel.fill(data)
  return [...panel.node.querySelectorAll("tbody th")].map(({ textContent }) => textContent)
}

test("of many units the loudest on each side are shown, and the sum of those between", async () => {
  const rows = await shown(20)
  assert.deepEqual(rows.slice(0, 2), ["unit 19", "unit 18"])
  assert.equal(rows[6], "the 8 units between")
  assert.deepEqual(rows.slice(11), ["unit 1", "unit 0", "bias b", "sum: log-odds"])
})

test("of few units each is shown once", async () => {
  for (const count of [1, 2, 6, 7, 11, 12]) {
    const units = Array.from({ length: count }, (_, i) => `unit ${count - 1 - i}`)
    assert.deepEqual(await shown(count), [...units, "bias b", "sum: log-odds"])
  }
  assert.equal((await shown(13))[6], "the 1 units between")
})
