import assert from "node:assert/strict"
import { test } from "node:test"
import { t } from "../messages.js"
import { unpack } from "../packet.js"

test("a packet comes apart into its header and its arrays", () => {
  const text = JSON.stringify({ word: "é", arrays: { x: { shape: [2], offset: 0 }, y: { shape: [1, 1], offset: 8 } } })
  const bytes = new TextEncoder().encode(text)
  const length = Math.ceil(bytes.length / 4) * 4
  const buffer = new ArrayBuffer(4 + length + 12)
  new DataView(buffer).setUint32(0, length, true)
  new Uint8Array(buffer).fill(32, 4, 4 + length).set(bytes, 4)
  new Float32Array(buffer, 4 + length).set([1, 2, 3])
  const { header, arrays } = /** @type {{ header: { word: string }, arrays: any }} */ (unpack(buffer))
  assert.equal(header.word, "é")
  assert.deepEqual([...arrays.x.flat, ...arrays.y.flat, arrays.y.shape], [1, 2, 3, [1, 1]])
})

test("the places of a message are filled once, with text alone", () => {
  assert.equal(t("{a} and {b}", { a: "{b}", b: 2 }), "{b} and 2")
  assert.equal(t("{missing}"), "{missing}")
})
