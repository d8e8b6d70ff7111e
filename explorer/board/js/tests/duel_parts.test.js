import assert from "node:assert/strict"
import { test } from "node:test"
import "./page.js"
import { parametersOf, placeOf } from "../duel/address.js"
import { difference, placeOf as guessAt } from "../duel/guess.js"
import { valueText } from "../duel/lines.js"
import { marks } from "../duel/marks.js"
import { colour, percent, short, verdict } from "../duel/numbers.js"
import { duelPicture, escaped, mixed } from "../duel/picture.js"
import { shuffled } from "../duel/shuffle.js"
import { typeSize } from "../duel/type_size.js"

const FIRST = { name: "first", a: "good, not bad", b: "bad, not good" }
const LIMITS = { largest: 32, single: 18, smallest: 16, lines: 3 }

test("a probability is never rounded to certainty", () => {
  assert.deepEqual([0.997, 0.003, 0.966, 0.01].map(percent), [">99%", "<1%", "97%", "1%"])
  assert.deepEqual([0.997, 0.003, 0.5].map(short), [">99", "<1", "50"])
  assert.deepEqual([0.4, 0.6, 0.61, 0.39].map(verdict), ["unsure", "unsure", "positive", "negative"])
  assert.match(colour(0.9), /positive\) 88%/)
  assert.match(colour(0.1), /negative\) 88%/)
})

test("equal answers are one joint mark, and marks that would cover one another part", () => {
  assert.deepEqual(
    marks(0.4, 0.4, 600, 28).map(({ letter }) => letter),
    ["AB"],
  )
  const [a, b] = marks(0.5, 0.49, 600, 28)
  assert.deepEqual([a.lift, b.lift, a.side, b.side], [-1, 1, 1, -1])
  assert.deepEqual(
    marks(0.5, 0.4, 600, 28).map(({ lift }) => lift),
    [0, 0],
  )
  assert.deepEqual(
    marks(null, 0.4, 600, 28).map(({ letter }) => letter),
    ["B"],
  )
  assert.deepEqual(marks(null, null, 600, 28), [])
})

test("only exactly equal answers are called the same", () => {
  assert.equal(valueText({ a: 0.4, b: 0.4 }), "40%, the same")
  assert.equal(valueText({ a: 0.4, b: 0.4000001 }), "40% and 40%")
  assert.equal(valueText({ a: 0.966, b: null }), "97%")
  assert.equal(valueText({ a: null, b: null }), "")
})

test("type is as large as one line allows, then wraps, then is small, then scrolls", () => {
  const sizes = [100, 700, 900, 1400, 20000].map(width => typeSize(width, 6, 500, LIMITS))
  assert.deepEqual(
    sizes.map(({ lines }) => lines),
    [1, 1, 2, 2, 3],
  )
  for (let i = 1; i < sizes.length; i++) assert.ok(sizes[i].size <= sizes[i - 1].size)
  assert.equal(sizes[4].size, 16)
  const { size, spacing } = sizes[1]
  assert.ok((700 * size) / 32 + 6 * spacing <= 500 + 1e-9)
  assert.ok(typeSize(100, 1, 500, LIMITS, 1).lines >= 2)
})

test("texts come back from their address, and the first pair needs none", () => {
  assert.deepEqual(parametersOf([FIRST.a, FIRST.b], FIRST), { a: null, b: null, phrase: null, kept: null })
  const texts = /** @type {[string, string]} */ (["", "100% & <b>"])
  const query = new URLSearchParams(
    Object.entries(parametersOf(texts, FIRST)).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  )
  assert.deepEqual(placeOf(query, FIRST, ["rnn", "gru"]).texts, texts)
  const old = placeOf(new URLSearchParams("phrase=x&lane=rnn&guess=1"), FIRST, ["rnn", "gru"])
  assert.deepEqual(old, { texts: ["x", FIRST.b], model: "rnn", guessing: true, lost: false })
})

test("what is too long for an address stays in the tab", () => {
  const items = new Map()
  const storage = {
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => items.set(key, value),
    getItem: (/** @type {string} */ key) => items.get(key) ?? null,
  }
  Object.defineProperty(globalThis, "sessionStorage", { value: storage, configurable: true })
  const texts = /** @type {[string, string]} */ (["word ".repeat(2000), "b"])
  const { a, kept } = parametersOf(texts, FIRST)
  assert.equal(a, null)
  assert.ok(kept)
  assert.deepEqual(placeOf(new URLSearchParams({ kept }), FIRST, ["gru"]).texts, texts)
  const elsewhere = placeOf(new URLSearchParams({ kept: "unknown" }), FIRST, ["gru"])
  assert.deepEqual([elsewhere.texts[0], elsewhere.lost], [FIRST.a, true])
})

test("shuffled words are the same words in another order", () => {
  const order = shuffled("bad, not good")
  assert.notEqual(order, "bad, not good")
  assert.deepEqual(order?.match(/\w+/g)?.sort(), ["bad", "good", "not"])
  assert.match(order ?? "", /^\w+, \w+ \w+$/)
  assert.match(shuffled("‘not’ a  bad\nfilm!") ?? "", /^‘\w+’ \w+ {2}\w+\n\w+!$/)
  assert.equal(shuffled("very very"), null)
  assert.equal(shuffled(""), null)
})

test("a guess is told beside the answer", () => {
  assert.equal(guessAt(75, { left: 50, width: 100 }), 25)
  assert.equal(guessAt(500, { left: 50, width: 100 }), 100)
  assert.equal(difference("GRU", [0.2, null], { a: 0.966, b: null }), "You said 20%, the GRU says 97%.")
  assert.match(difference("GRU", [0.2, 0.5], { a: 0.966, b: 0.012 }), /A: you said 20%.*97%.*B: you said 50%.*1%/)
})

test("the picture to take away holds the texts as text, the address and every model", () => {
  const read = {
    tokens: ["<b>", "&"],
    spans: [0, 3, 4, 5],
    words: [1, 0],
    unknown: [],
    read: {},
    cut: 0,
    clipped: null,
  }
  const svg = duelPicture({
    title: "Does word order matter?",
    texts: [
      { text: "<b> &", read: { ...read, ends: { gru: 0.9 } }, belief: [0.8, 0.9] },
      { text: "", read: null, belief: [] },
    ],
    chosen: "gru",
    models: [{ name: "gru", label: "GRU" }],
    ends: [{ a: 0.9, b: null }],
    sentence: "One sentence.",
    address: "http://localhost/?a=1&b=2",
  })
  assert.ok(svg.includes("&lt;b&gt;") && !svg.includes("<b>"))
  for (const text of ["?a=1&amp;b=2", "GRU", "One sentence.", "90%"]) assert.ok(svg.includes(text), text)
  assert.equal(escaped("a\u0000b"), "ab")
  const ink = (/** @type {string} */ name) => ({ "--positive": "#00ff00", "--unsure": "#000000" })[name] ?? "#ff0000"
  assert.equal(mixed(1, ink), "#00ff00")
  assert.equal(mixed(0.5, ink), "#000000")
})
