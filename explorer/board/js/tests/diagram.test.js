/** @import { DiagramStep } from "../payloads.js" */
import assert from "node:assert/strict"
import { test } from "node:test"
import "./page.js"
import { around, diagram, inOneRow, inRows, placesOf } from "../pictures/diagram.js"

const ROOM = { width: 1200, em: 16, palette: /** @type {any} */ ({}) }

/**
 * @param {Partial<DiagramStep>} fields
 * @returns {DiagramStep}
 */
const step = fields => ({
  ...{
    input: "in",
    output: null,
    names: ["x⟨1⟩", "a⟨1⟩", "ŷ⟨1⟩"],
    belief: null,
    part: "encoder",
    memory: true,
    fed: false,
  },
  looks: [],
  ...fields,
})
const READ = ["a", "red", "dog"].map(input => step({ input }))
/** @type {[string, string, [number, number][]][]} */
const SAID = [
  ["(start)", "un", [[0, 0.9]]],
  ["un", "chien", [[2, 0.8], [1, 0.2]]], // prettier-ignore
]
const SPOKEN = SAID.map(([input, output, attended]) => step({ input, output, part: "decoder", looks: attended }))
const STEPS = [...READ, ...SPOKEN]

/** @param {Element} node */
const words = node => [...node.querySelectorAll(".unrolled-word")].map(text => text.textContent)
/** @param {Element} line */
const numbers = line => (line.getAttribute("d")?.match(/-?[\d.]+/g) ?? []).map(Number)

test("a row of cells for each part, the decoder above the encoder", () => {
  const { rows, wrapped } = inRows(STEPS, 70)
  assert.equal(wrapped, false)
  assert.deepEqual(
    rows.map(({ part, cells }) => [part, cells.length]),
    [["decoder", 2], ["encoder", 3]], // prettier-ignore
  )
})

test("a line of attention leads from the word that was looked at to the cell that chose the word", () => {
  const { node } = diagram({ steps: STEPS, alt: "" }, ROOM, "tip")
  const lines = [...node.querySelectorAll(".unrolled-look")]
  assert.deepEqual(
    lines.map(line => line.getAttribute("data-of")),
    ["4", "5", "5"],
  )
  const centres = [...node.querySelectorAll(".unrolled-box")].map(
    box => Number(box.getAttribute("x")) + Number(box.getAttribute("width")) / 2,
  )
  const [un, chien, ...read] = centres // the decoder is drawn first
  const ends = lines.map(numbers)
  const expected = [[read[0], un], [read[2], chien], [read[1], chien]] // prettier-ignore
  ends.forEach(([fromX, fromY, toX, toY], i) => {
    assert.ok(Math.abs(fromX - expected[i][0]) < 0.2)
    assert.ok(Math.abs(toX - expected[i][1]) < 0.2)
    assert.ok(fromY > toY)
  })
})

test("a long network goes on in the next row, and nothing is cut off at any width", () => {
  const steps = Array.from({ length: 40 }, (_, i) => step({ input: `w${i}` }))
  for (const width of [260, 343, 700, 1232]) {
    const { node } = diagram({ steps, alt: "" }, { ...ROOM, width }, "tip")
    assert.deepEqual(
      words(node),
      steps.map(({ input }) => input),
    )
    assert.equal(Number(node.getAttribute("width")), width)
    for (const box of node.querySelectorAll(".unrolled-box")) {
      assert.ok(Number(box.getAttribute("x")) >= 0)
      assert.ok(Number(box.getAttribute("x")) + Number(box.getAttribute("width")) <= width)
    }
  }
})

test("with both parts of a caption of 16 words nothing wraps in a window 1280 wide, and no type is smaller", () => {
  const steps = [
    ...Array.from({ length: 16 }, () => step({})),
    ...Array.from({ length: 15 }, () => step({ part: "decoder", output: "x" })),
  ]
  assert.equal(inRows(steps, (1232 - 2 * 1.6 * 16) / 16).wrapped, false)
  const { node } = diagram({ steps, alt: "" }, ROOM, "tip")
  for (const text of node.querySelectorAll("text")) assert.doesNotMatch(text.getAttribute("style") ?? "", /font/)
})

test("a small picture has one row of both parts, the first and last of each, and dots for what has no room", () => {
  const steps = [
    ...Array.from({ length: 16 }, (_, i) => step({ input: `r${i}` })),
    ...Array.from({ length: 15 }, (_, i) => step({ part: "decoder", input: `i${i}`, output: `s${i}` })),
  ]
  const { rows } = inOneRow(steps, 24)
  assert.deepEqual(
    rows[0].cells.map(cell => ("gap" in cell ? "…" : (cell.step.output ?? cell.step.input))),
    ["r0", "…", "r15", "s0", "…", "s14"],
  )
  assert.equal(inOneRow(READ, 24).rows[0].cells.length, 3)
})

test("the step that is shown stands out, what it looked at is tinted, later ones are pale", () => {
  const drawing = diagram({ steps: STEPS, alt: "" }, ROOM, "tip")
  drawing.moveTo?.(5)
  /** @param {string} name */
  const marked = name =>
    [...drawing.node.querySelectorAll(`.unrolled-cell.unrolled-${name}`)].map(cell => cell.getAttribute("data-step"))
  assert.deepEqual(marked("now"), ["5"])
  assert.deepEqual(marked("looked").sort(), ["2", "3"])
  assert.deepEqual(marked("later"), [])
  drawing.moveTo?.(2)
  assert.deepEqual(marked("later").sort(), ["3", "4", "5"])
  assert.deepEqual(marked("looked"), [])
})

test("a word that is too long is shortened, and its title has it whole", () => {
  const { node } = diagram(
    { steps: Array.from({ length: 16 }, () => step({ input: "incomprehensibilities" })), alt: "" },
    ROOM,
    "tip",
  )
  assert.match(words(node)[0] ?? "", /^inc.*…incomprehensibilities$/)
})

test("dots stand for steps that are left out, and the last step is found by its number", () => {
  const steps = [step({}), step({}), step({ skipped: 5, output: "97%" })]
  const [row] = inRows(steps, 60).rows
  assert.deepEqual(
    row.cells.map(cell => ("gap" in cell ? "…" : cell.t)),
    [0, 1, "…", 7],
  )
  const { node, moveTo } = diagram({ steps, alt: "" }, ROOM, "tip")
  const numbered = [...node.querySelectorAll("[data-step]")]
  assert.deepEqual(
    numbered.map(cell => cell.getAttribute("data-step")),
    ["1", "2", "8"],
  )
  moveTo?.(8)
  assert.deepEqual(
    numbered.map(cell => cell.classList.contains("unrolled-now")),
    [false, false, true],
  )
  moveTo?.(7)
  assert.ok(numbered[2].classList.contains("unrolled-later"))
})

test("of very many steps each is drawn once the player is there, and always as many", () => {
  const steps = Array.from({ length: 283 }, () => step({}))
  for (let at = 0; at <= 283; at++) {
    const places = placesOf(around(steps, at))
    assert.equal(places.length, 40)
    assert.deepEqual(
      places,
      [...new Set(places)].sort((a, b) => a - b),
    )
    for (const place of [0, 282, at ? at - 1 : 282]) assert.ok(places.includes(place), `${at}`)
  }
  assert.equal(around(steps.slice(0, 40), 9).length, 40)
  assert.equal(around([...steps, step({ part: "decoder" })], 9).length, 284)
})
