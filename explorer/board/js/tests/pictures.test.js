/** @import { OrderRow } from "../payloads.js" */
import assert from "node:assert/strict"
import { test } from "node:test"
import "./page.js"
import { orders } from "../pictures/orders.js"
import { places, spread } from "../pictures/places.js"
import { slots } from "../pictures/slots.js"

const STOPS = /** @type {[number, string][]} */ ([[0, "#8f3f00"], [1, "#0b6159"]]) // prettier-ignore
const ROOM = {
  width: 600,
  height: 200,
  em: 16,
  palette: /** @type {any} */ ({ diverging: STOPS, a: "#000", b: "#00f" }),
}

/**
 * @param {"A" | "B"} letter
 * @param {string[]} tokens
 * @param {number[]} alone
 * @param {number[]} average
 * @returns {OrderRow}
 */
const row = (letter, tokens, alone, average) => ({
  letter,
  tokens,
  unknown: [],
  alone,
  average,
  recurrent: [0.5, letter === "A" ? 0.97 : 0.01],
})
const ROWS = [row("A", ["good", "bad"], [0.9, 0.1], [0.9, 0.5]), row("B", ["bad", "good"], [0.1, 0.9], [0.1, 0.5])]

/** @param {Element} node */
const said = node => [...node.querySelectorAll(".orders-said")].map(text => text.textContent)

test("both orders end at the same average, and the bars go with their words", () => {
  const { node, moveTo } = orders({ alt: "", rows: ROWS, label: "GRU" }, ROOM)
  assert.deepEqual(said(node), ["50%", "97%", "50%", "1%"])
  assert.equal(node.querySelector(".orders-same")?.textContent, "=")
  assert.equal(node.querySelector(".orders-differ")?.textContent, "≠")
  const [good, bad, bad2, good2] = [...node.querySelectorAll(".orders-bar")].map(bar => bar.getAttribute("fill"))
  assert.deepEqual([good, bad], [good2, bad2])
  moveTo?.(1)
  assert.deepEqual(said(node), ["90%", "50%", "10%", "50%"])
  assert.equal(node.querySelectorAll(".orders-later").length, 2)
})

test("on a phone the numbers stand below their words, with their names", () => {
  const { node } = orders({ alt: "", rows: ROWS, label: "GRU" }, { ...ROOM, width: 311 })
  assert.deepEqual(said(node), ["50% average", "97% GRU", "50% average", "1% GRU"])
})

test("a thousand words have bars within the picture", () => {
  const many = Array.from({ length: 1000 }, () => 0.9)
  const long = { ...ROWS[0], tokens: many.map(String), alone: many, average: many, recurrent: many }
  const { node } = orders({ alt: "", rows: [long], label: "GRU" }, ROOM)
  const bars = [...node.querySelectorAll(".orders-bar")]
  assert.equal(bars.length, 1000)
  assert.ok(bars.every(bar => Number(bar.getAttribute("x")) < 600))
})

test("names at the ends of lines keep apart and in their order", () => {
  assert.deepEqual(spread([10, 12, 50], 18, [0, 100]), [10, 28, 50])
  assert.deepEqual(spread([95, 99], 18, [0, 100]), [82, 100])
  assert.deepEqual(spread([5, 60], 18, [0, 100]), [5, 60])
})

test("a line a model, its name at its end", () => {
  /** @type {[string, string, string]} */
  const look = ["a", "dash", "circle"]
  const lines = [{ label: "GRU <b>", look, belief: [1, 0.5, 0] }]
  const { node } = places({ alt: "", lines }, ROOM)
  const line = node.querySelector(".places-line")
  assert.equal(line?.getAttribute("stroke"), "#000")
  assert.ok(line?.getAttribute("stroke-dasharray"))
  const ys = (line?.getAttribute("d")?.match(/[\d.]+ ([\d.]+)/g) ?? []).map(pair => Number(pair.split(" ")[1]))
  assert.ok(ys[0] < ys[1] && ys[1] < ys[2])
  assert.ok(Math.abs(ys[1] - (ys[0] + ys[2]) / 2) < 0.1)
  assert.match(node.textContent ?? "", /GRU <b>/)
})

test("the time cursor fills the slots; what has none is lost", () => {
  const { node, moveTo } = slots({ slots: 2, tokens: ["a", "b", "<b>c</b>"] })
  /** @param {string} name */
  const count = name => node.querySelectorAll(`.slots-${name}`).length
  assert.equal(count("empty"), 0)
  assert.equal(node.querySelector(".slots-lost")?.textContent, "<b>c</b>")
  moveTo?.(1)
  assert.equal(count("empty"), 1)
  assert.equal(count("now"), 1)
  assert.equal(node.querySelector(".slots-count")?.textContent, "Nothing is lost so far")
})
