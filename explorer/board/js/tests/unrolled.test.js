/** @import { DiagramStep } from "../payloads.js" */
import assert from "node:assert/strict"
import { test } from "node:test"
import "./page.js"
import { drawing, looks, rowsOf, widthsOf } from "../panels/unrolled.js"

/**
 * @param {Partial<DiagramStep>} fields
 * @returns {DiagramStep}
 */
const step = fields => ({ input: "in", output: null, part: "encoder", memory: false, fed: false, looks: [], ...fields })
const READ = ["a", "red", "dog"].map(input => step({ input }))
/** @type {[string, string, [number, number][]][]} */
const SAID = [
  ["(start)", "un", [[0, 0.9]]],
  ["un", "chien", [[2, 0.8], [1, 0.2]]], // prettier-ignore
]
const SPOKEN = SAID.map(([input, output, attended]) => step({ input, output, part: "decoder", looks: attended }))
const STEPS = [...READ, ...SPOKEN]

test("a row of cells for each part, the first at the bottom", () => {
  const [encoder, decoder] = rowsOf(STEPS)
  assert.deepEqual([encoder.from, decoder.from], [0, 3])
  assert.ok(encoder.y > decoder.y)
})

test("a line of attention ends at the cell that chose the word, above the row of the inputs", () => {
  const [encoder, decoder] = rowsOf(STEPS)
  const widths = widthsOf(1000, 3)
  const lines = looks(decoder, encoder, widths).map(line => line.getAttribute("d") ?? "")
  assert.equal(lines.length, 3)
  const ends = lines.map(d => (d.match(/-?[\d.]+/g) ?? []).map(Number))
  const cells = [0, 1, 1]
  const words = [0, 2, 1]
  ends.forEach(([fromX, fromY, toX, toY], i) => {
    assert.equal(fromX, widths.column * (words[i] + 0.5)) // the state of the word that was looked at
    assert.ok(Math.abs(toX - widths.column * (cells[i] + 0.5)) <= widths.box / 2) // into its own cell's box
    assert.equal(toY, 147) // the cell's lower edge; inputs stand at 220
    assert.ok(fromY > 220)
  })
})

test("a diagram is as wide as the room there is, and no narrower than can be read", () => {
  const steps = Array.from({ length: 16 }, () => step({}))
  /** @param {number} room */
  const width = room =>
    Number(
      drawing(
        { steps, alt: "", kind: "unrolled", id: "", title: "", table: { columns: [], rows: [] } },
        room,
        "tip",
      ).getAttribute("width"),
    )
  assert.ok(width(1104) <= 1104) // a window 1280 wide
  assert.equal(width(2000), 16 * 92 + 20)
  assert.equal(width(300), 16 * 60 + 20)
})

test("with both parts of a caption of 16 words it is not cut off in a window 1280 wide", () => {
  const steps = [
    ...Array.from({ length: 16 }, () => step({})),
    ...Array.from({ length: 15 }, () => step({ part: "decoder", output: "x" })),
  ]
  const svg = drawing(
    { steps, alt: "", kind: "unrolled", id: "", title: "", table: { columns: [], rows: [] } },
    1104,
    "tip",
  )
  assert.ok(Number(svg.getAttribute("width")) <= 1104)
})

test("a word that is too long is shortened, and its title has it whole", () => {
  const steps = [step({ input: "incomprehensibilities" })]
  const svg = drawing(
    { steps, alt: "", kind: "unrolled", id: "", title: "", table: { columns: [], rows: [] } },
    1000,
    "tip",
  )
  const word = svg.querySelector(".unrolled-word")
  assert.match(word?.textContent ?? "", /^incomprehensi.*…incomprehensibilities$/)
})
