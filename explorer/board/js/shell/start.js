// What the page itself brought along.
/** @import { Start } from "../payloads.js" */

const node = typeof document === "undefined" ? null : document.getElementById("explorer-start")

/** @type {Start} */
export const start = node
  ? JSON.parse(node.textContent ?? "")
  : { pages: [], models: [], pairs: [], first: {}, share: null, messages: {} }

/** Where the app lies: the folder of all its pages, with a slash at its end. */
export const base = new URL("../../../../", import.meta.url).href
