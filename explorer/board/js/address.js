// The address in the bar: it brings this very page back. What was typed replaces it, soon after the last key (browsers
// limit how often it may change); what an action did (shuffle, swap, an example) is an entry of its own in the
// browser's history, so that Back undoes it. Streamlit sees Back and asks the server for the page of the address that
// is then in the bar.
/** @import { Way } from "./entries.js" */
/** @import { Address } from "./payloads.js" */
import { write } from "./entries.js"

const PAUSE = 300 // milliseconds

/** @type {{ path: string, address: Address } | null} what is to be written at rest; of several boards the last one's */
let pending = null
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer
/** @type {string | null} the last action that has its entry */
let entry = null

/** @type {string[]} parameters of the first page that the page itself writes, not the server */
let owned = []

/** @param {string[]} parameters */
export function own(parameters) {
  owned = parameters
}

/**
 * Of several boards on a page any may tell the address.
 * @param {Address} address
 */
export function offer(address) {
  if (location.pathname.split("/").pop() !== address.path) return // it comes late: the visitor is on another page
  pending = { path: location.pathname, address }
  if (address.entry === null || address.entry === entry) return later(PAUSE)
  entry = address.entry
  put("replaceState", address.before, address)
  if (put("pushState", address.query, address)) forget()
  else later(10 * PAUSE)
}

// Write at once what waits, unless the visitor is on another page by now.
export function flush() {
  if (!pending) return
  const { path, address } = pending
  if (path !== location.pathname || put("replaceState", address.query, address)) forget()
  else later(10 * PAUSE)
}

/** @param {number} pause */
function later(pause) {
  clearTimeout(timer)
  timer = setTimeout(flush, pause)
}

function forget() {
  clearTimeout(timer)
  pending = null
}

/**
 * Change the address, if it is another one; false where the browser does not allow it now.
 * @param {Way} way
 * @param {string} query
 * @param {Address} address
 */
function put(way, query, { parameters }) {
  const kept = document.documentElement.dataset.page === "compare" ? owned : ["present", "only", "controls"]
  const url = addressWith(query, parameters, location, kept)
  if (url === location.pathname + location.search) return true
  return write(way, url)
}

/**
 * The page's address with this query; what others put there (embed) stays.
 * @param {string} query with its question mark
 * @param {string[]} parameters ours
 * @param {{ pathname: string, search: string }} where
 * @param {string[]} [kept] those of ours that stay as they are
 */
export function addressWith(query, parameters, where, kept = []) {
  const others = new URLSearchParams(where.search)
  parameters.filter(name => !kept.includes(name)).forEach(name => others.delete(name))
  const asked = new URLSearchParams(query)
  kept.forEach(name => asked.delete(name))
  const text = [others.toString(), asked.toString()].filter(Boolean).join("&")
  return where.pathname + (text ? `?${text}` : "")
}

if (typeof window !== "undefined") {
  window.addEventListener("popstate", forget) // what waited belongs to the entry that was left
  window.addEventListener("click", flush, true) // before a link or a button leads away from here
}
