import assert from "node:assert/strict"
import { test } from "node:test"

// A browser's history as far as addresses go.
/** @type {string[]} */
const entries = ["http://host/memory?phrase=a"]
const place = () => new URL(entries[entries.length - 1])
Object.assign(globalThis, {
  history: {
    state: null,
    pushState: (/** @type {unknown} */ _, /** @type {string} */ __, /** @type {string} */ url) =>
      entries.push(new URL(url, place()).href),
    replaceState: (/** @type {unknown} */ _, /** @type {string} */ __, /** @type {string} */ url) =>
      entries.splice(-1, 1, new URL(url, place()).href),
  },
})
Object.defineProperty(globalThis, "location", { get: place })

const { offer, flush } = await import("../address.js")
const { keepOneEntryForAPage, write } = await import("../entries.js")
const ADDRESS = { path: "memory", query: "?phrase=b", parameters: ["phrase"], entry: null, before: "?" }
Object.assign(globalThis, { document: { documentElement: { dataset: { page: "memory" } } } })

test("Streamlit's entries for the page that is there already are none, ours are", () => {
  keepOneEntryForAPage()
  history.pushState({}, "", "/memory?phrase=b")
  assert.deepEqual(entries, ["http://host/memory?phrase=b"])
  write("pushState", "/memory?phrase=c")
  history.pushState({}, "", "/space?phrase=c")
  assert.deepEqual(entries, [
    "http://host/memory?phrase=b",
    "http://host/memory?phrase=c",
    "http://host/space?phrase=c",
  ])
})

test("what comes late from a page that was left does not change the address of the next", () => {
  offer(ADDRESS)
  flush()
  assert.equal(place().href, "http://host/space?phrase=c")
  offer({ ...ADDRESS, path: "space" })
  flush()
  assert.equal(place().href, "http://host/space?phrase=b")
})
