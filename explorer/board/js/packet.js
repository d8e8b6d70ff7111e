// What the server's own routes answer (`server/packet.py`): a header in JSON and arrays in single precision.

/** @typedef {{ flat: Float32Array, shape: number[] }} PackedArray in C order */

/**
 * @template Header
 * @param {ArrayBuffer} buffer
 * @returns {{ header: Header, arrays: Record<string, PackedArray> }}
 */
export function unpack(buffer) {
  const length = new DataView(buffer).getUint32(0, true)
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)))
  const start = 4 + length
  /** @type {Record<string, PackedArray>} */
  const arrays = {}
  for (const [name, { shape, offset }] of Object.entries(header.arrays)) {
    const size = shape.reduce((/** @type {number} */ product, /** @type {number} */ side) => product * side, 1)
    arrays[name] = { flat: new Float32Array(buffer, start + offset, size), shape }
  }
  return { header, arrays }
}
