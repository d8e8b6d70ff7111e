// What all models say of both texts, as the server's packet has it.
import { unpack } from "../packet.js"

/** @typedef {{ name: string, label: string, weights: number, slots: number | null }} About a model */
/**
 * @typedef {{ tokens: string[], spans: number[], words: number[], unknown: number[], read: Record<string, string>,
 *   cut: number, clipped: number | null, ends: Record<string, number> | null }} ReadText as `described` in Python
 */
/** @typedef {{ model: string, models: About[], texts: ReadText[], sentence: string, notes: string[] }} Header */
/** @typedef {{ flat: Float32Array, shape: number[] }} Beliefs (M, T) */

/** @type {ReadText} */
const NOTHING = { tokens: [], spans: [], words: [], unknown: [], read: {}, cut: 0, clipped: null, ends: null }

export class Answers {
  /**
   * @param {[string, string]} texts as they were typed
   * @param {ArrayBuffer} packet
   */
  constructor(texts, packet) {
    const { header, arrays } = /** @type {{ header: Header, arrays: Record<string, Beliefs> }} */ (unpack(packet))
    this.texts = texts
    this.header = header
    this.beliefs = [arrays.a, arrays.b]
  }

  get models() {
    return this.header.models
  }

  /** How many steps the longer text has. */
  get steps() {
    return Math.max(...this.header.texts.map(text => text.tokens.length))
  }

  /** @param {number} k 0 for A, 1 for B */
  read(k) {
    return this.header.texts[k] ?? NOTHING
  }

  /**
   * P(positive) after each step.
   * @param {number} k
   * @param {string} model
   */
  belief(k, model) {
    const row = this.models.findIndex(({ name }) => name === model)
    const beliefs = this.beliefs[k]
    if (!beliefs || row < 0) return new Float32Array(0)
    const count = beliefs.shape[1]
    return beliefs.flat.subarray(row * count, (row + 1) * count)
  }

  /**
   * What a model says after so many steps; of the whole text, in double precision. Null where there is no word.
   * @param {number} k
   * @param {string} model
   * @param {number} [step] from 1
   * @returns {number | null}
   */
  after(k, model, step = Infinity) {
    const { ends, tokens } = this.read(k)
    if (!ends) return null
    return step >= tokens.length ? ends[model] : (this.belief(k, model)[step - 1] ?? null)
  }
}

/** @param {string} text of a packet in base64 */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), character => character.charCodeAt(0)).buffer
}
