// The address as the state of the page: what is in it comes back by a link, by Back and by Forward.
/** @import { Way } from "../entries.js" */
import { flush, own } from "../address.js"
import { write } from "../entries.js"

/** @typedef {Record<string, string | null>} Changes parameters by name; null takes one out */

/** What the first page keeps in its address by itself; the server's pages write the rest. */
export const PARAMETERS = [
  "a",
  "b",
  "model",
  "zoom",
  "of",
  "step",
  "unit",
  "guess",
  "present",
  "only",
  "controls",
  "kept",
]
const PAUSE = 300 // milliseconds; browsers limit how often an address may change

class Route {
  constructor() {
    /** @type {Changes} what is to be written at rest */
    this.waiting = {}
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined
    /** @type {Set<() => void>} */
    this.followers = new Set()
    own(PARAMETERS)
    if (typeof window === "undefined") return
    window.addEventListener("popstate", () => {
      this.forget()
      this.followers.forEach(follower => follower())
    })
    window.addEventListener("pagehide", () => this.flush())
  }

  /** What the address holds, with what waits to be written. */
  read() {
    return new URLSearchParams(this.query(this.waiting))
  }

  /**
   * Change the entry of the browser's history in which one is, soon.
   * @param {Changes} changes
   */
  replace(changes) {
    Object.assign(this.waiting, changes)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.flush(), PAUSE)
  }

  /**
   * Another entry, so that Back undoes what was done.
   * @param {Changes} changes
   */
  push(changes) {
    this.flush()
    flush()
    this.put("pushState", this.query(changes))
  }

  flush() {
    if (Object.keys(this.waiting).length && this.put("replaceState", this.query(this.waiting))) this.forget()
  }

  forget() {
    clearTimeout(this.timer)
    this.waiting = {}
  }

  /**
   * @param {() => void} follower is called after Back and Forward
   * @returns {() => void} stops following
   */
  onChange(follower) {
    this.followers.add(follower)
    return () => this.followers.delete(follower)
  }

  /**
   * @param {Changes} changes
   * @returns {string}
   */
  query(changes) {
    return changed(location.search, changes)
  }

  /**
   * False where the browser does not allow it now.
   * @param {Way} way
   * @param {string} query
   */
  put(way, query) {
    const url = location.pathname + query
    if (url === location.pathname + location.search && way === "replaceState") return true
    return write(way, url)
  }
}

/**
 * A query with changes, with its question mark; "" where nothing is left.
 * @param {string} search
 * @param {Changes} changes
 */
export function changed(search, changes) {
  const parameters = new URLSearchParams(search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) parameters.delete(name)
    else parameters.set(name, value)
  }
  const text = parameters.toString()
  return text && `?${text}`
}

export const route = new Route()
