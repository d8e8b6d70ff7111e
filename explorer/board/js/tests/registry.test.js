import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import "./page.js"

test("every kind of panel that Python declares is drawn, and no other", async () => {
  const { PANELS } = await import("../panels/registry.js")
  const declared = readFileSync(new URL("../payloads.d.ts", import.meta.url), "utf8").matchAll(/^ {2}kind: "(\w+)"$/gm)
  assert.deepEqual(Object.keys(PANELS).sort(), [...declared].map(([, kind]) => kind).sort())
})

test("a chart's buttons say which chart they are of", async () => {
  const { Chart } = await import("../panels/chart.js")
  const tools = { onStep() {}, onUnit() {}, ask() {}, now: () => 0, moved: {} }
  const charts = ["One", "Another"].map((title, i) => {
    const chart = new Chart(`chart${i}`, tools)
    chart.name(title)
    return chart
  })
  const names = charts.flatMap(({ node }) =>
    [...node.querySelectorAll("button")].map(button => button.getAttribute("aria-label")),
  )
  assert.deepEqual(
    names,
    ["Zoom in", "Show all", "Download as CSV"]
      .map(name => `${name}: One`)
      .concat(["Zoom in", "Show all", "Download as CSV"].map(name => `${name}: Another`)),
  )
})
