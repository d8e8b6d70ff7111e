// A class over HTTP: its state as it changes, and what its teacher and its phones send.
import { t } from "../messages.js"
import { base } from "../shell/start.js"

/**
 * @typedef {{
 *   phase: "waiting" | "open" | "locked" | "revealed" | "ended",
 *   version?: number, questions?: number, reviews?: number, number?: number, texts?: string[], answered?: number,
 *   answers?: number[][], verdicts?: Record<string, number[] | null>,
 * }} State what all see of a class; answers and verdicts only once they are revealed
 */

/**
 * The address of something of a class.
 * @param {string} code
 * @param {string} [part]
 */
export function addressOf(code, part = "") {
  return new URL(`class/${encodeURIComponent(code)}${part && `/${part}`}`, base)
}

/**
 * Hears of every change of a class, from what it is now on. It comes back by itself when the server or the network was
 * away.
 * @param {string} code
 * @param {(state: State) => void} onState
 * @param {(away: boolean) => void} onAway
 * @returns {() => void} stops listening
 */
export function follow(code, onState, onAway) {
  const source = new EventSource(addressOf(code, "events"))
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again
  /** @type {(() => void) | undefined} */
  let stop
  source.onmessage = event => {
    /** @type {State} */
    const state = JSON.parse(event.data)
    if (state.phase === "ended") source.close()
    onAway(false)
    onState(state)
  }
  source.onerror = () => {
    onAway(true)
    if (source.readyState !== EventSource.CLOSED) return // the browser tries again by itself
    again = setTimeout(() => (stop = follow(code, onState, onAway)), 2000)
  }
  return () => {
    source.close()
    clearTimeout(again)
    stop?.()
  }
}

/** A sentence that says why a class did not take something. */
export class RefusedError extends Error {
  /**
   * @param {number} status
   * @param {string} message
   */
  constructor(status, message) {
    super(message)
    this.status = status
  }
}

/**
 * Raises RefusedError with a sentence for the visitor.
 * @param {URL} address
 * @param {{ method?: string, body?: object, secret?: string }} [more]
 * @returns {Promise<Response>}
 */
export async function send(address, { method = "POST", body, secret } = {}) {
  /** @type {Record<string, string>} */
  const headers = body ? { "Content-Type": "application/json" } : {}
  if (secret) headers.Authorization = `Bearer ${secret}`
  /** @type {Response} */
  let answer
  try {
    answer = await fetch(address, { method, headers, body: body && JSON.stringify(body) })
  } catch {
    throw new RefusedError(0, t("The explorer does not answer. Is it still running, and are you on its network?"))
  }
  if (answer.ok) return answer
  const told = await answer.json().catch(() => ({}))
  throw new RefusedError(answer.status, told.error ?? t("The explorer could not do this. Try again."))
}

/**
 * What went wrong, in words.
 * @param {unknown} error
 */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error)
}

/**
 * What a browser keeps of a class, over reloads; nothing where it keeps nothing.
 * @param {string} name
 */
export function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(`explorer.${name}`) ?? "null")
  } catch {
    return null
  }
}

/**
 * @param {string} name
 * @param {unknown} value null forgets it
 */
export function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(`explorer.${name}`)
    else localStorage.setItem(`explorer.${name}`, JSON.stringify(value))
  } catch {
    // a private window keeps nothing
  }
}
