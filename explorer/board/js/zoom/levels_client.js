// Asks the server for what a model computed. An answer that is no longer wanted is given up; the last few are kept.
/** @import { UnitAnswer } from "./unit.js" */
import { unpack } from "../packet.js"
import { Refusal, refusalOf } from "../refusal.js"
import { Run } from "./run.js"

const KEPT = 6
const BEFORE = 20 // steps before the one that is wanted, in an answer that holds no whole text

export class LevelsClient {
  /** @param {(body: string, signal: AbortSignal) => Promise<ArrayBuffer>} [ask] */
  constructor(ask = post) {
    this.ask = ask
    /** @type {Map<string, Run>} */
    this.runs = new Map()
    /** @type {Record<"run" | "unit", AbortController | undefined>} */
    this.pending = { run: undefined, unit: undefined }
  }

  /**
   * A run that is here already and holds this step.
   * @param {string} text
   * @param {string} model
   * @param {number} step
   */
  kept(text, model, step) {
    const run = this.runs.get(keyOf(text, model))
    return run && (!run.recurrent || run.has(Math.min(step, run.steps))) ? run : undefined
  }

  /**
   * The run of a model over a text, with the activations around a step. Rejects with an AbortError when another one
   * was asked for meanwhile.
   * @param {string} text
   * @param {string} model
   * @param {number} step
   */
  async run(text, model, step) {
    const answer = await this.request("run", { text, model, from: Math.max(1, step - BEFORE) })
    const { header, arrays } = unpack(answer)
    const run = new Run(/** @type {import("./run.js").RunHeader} */ (header), arrays)
    const key = keyOf(text, model)
    this.runs.delete(key)
    this.runs.set(key, run)
    if (this.runs.size > KEPT) this.runs.delete([...this.runs.keys()][0])
    return run
  }

  /**
   * The equations of a unit at a step.
   * @param {string} text
   * @param {string} model
   * @param {number} step
   * @param {number} unit
   * @returns {Promise<UnitAnswer>}
   */
  async unit(text, model, step, unit) {
    return unpack(await this.request("unit", { text, model, step, unit }))
  }

  /**
   * @param {"run" | "unit"} kind
   * @param {Record<string, string | number>} asked
   */
  request(kind, asked) {
    this.pending[kind]?.abort()
    const controller = (this.pending[kind] = new AbortController())
    return this.ask(JSON.stringify(asked), controller.signal)
  }

  close() {
    this.pending.run?.abort()
    this.pending.unit?.abort()
  }
}

/**
 * @param {string} text
 * @param {string} model
 */
function keyOf(text, model) {
  return `${model}\0${text}`
}

/**
 * @param {string} body
 * @param {AbortSignal} signal
 */
async function post(body, signal) {
  const address = new URL("levels", document.baseURI)
  const response = await fetch(address, {
    method: "POST",
    body,
    signal,
    headers: { "Content-Type": "application/json" },
  })
  if (!response.ok) throw new Refusal(await refusalOf(response))
  return response.arrayBuffer()
}

/** @param {unknown} error */
export function givenUp(error) {
  return error instanceof Error && error.name === "AbortError"
}
