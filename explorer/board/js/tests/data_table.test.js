import assert from "node:assert/strict"
import { test } from "node:test"
import "./page.js"
import { DataTable, dataTable } from "../data_table.js"

const TABLE = { columns: ["Word", "P"], rows: [["good", "-0.5"], ["=1", "<b>"]] } // prettier-ignore

test("a table has its first column as headers, and words are never markup", () => {
  const node = dataTable({ id: "t", title: "Words" }, TABLE)
  const heads = [...node.querySelectorAll("tbody th")].map(({ textContent }) => textContent)
  assert.deepEqual(heads, ["good", "=1"])
  assert.equal(node.querySelector("td b"), null)
  assert.equal(node.querySelector("caption")?.textContent, "Words")
  assert.equal(node.querySelector("button")?.getAttribute("aria-label"), "Download as CSV: Words")
})

test("the page has the first rows, the download all of them", () => {
  const table = new DataTable("t.csv")
  table.draw("Words", TABLE, 1)
  assert.equal(table.node.querySelectorAll("tbody tr").length, 1)
  assert.equal(table.node.querySelector("caption")?.textContent, "Words (the first 1 of 2 rows)")
  assert.deepEqual(table.records(), [TABLE.columns, ...TABLE.rows])
})

test("a cell that opens a text is a link, and a text in the download", () => {
  const table = new DataTable("t.csv")
  const opener = { text: "good", href: "./?a=good", asked: { a: "good" } }
  table.draw("Texts", { columns: ["Place", "Text"], rows: [["1", opener]] })
  assert.equal(table.node.querySelector("a")?.getAttribute("href"), "./?a=good")
  assert.deepEqual(table.records()[1], ["1", "good"])
})
