// Links for others: the address by which the visitor came, without what only this window does, and who can open it.
import { flush } from "../address.js"
import { t } from "../messages.js"
import { route } from "./route.js"
import { start } from "./start.js"

const OURS = ["present", "only", "controls"] // how a page is shown, not what it shows
const HERE = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/
const WITHHELD = "kept" // stands in an address for texts that are too long for it
export const COMMAND = "python -m explorer --share"

/** @typedef {{ link: string | null, note: string, command: string | null }} Reach `link` null: it would be too long */

/**
 * The link to what is shown now.
 * @param {string} href of this page
 * @param {string | null} shared the address for others, if the server listens on the network
 * @param {Record<string, string>} [more] parameters
 * @returns {Reach}
 */
export function reach(href, shared, more = {}) {
  const address = new URL(href)
  address.hash = ""
  OURS.forEach(name => address.searchParams.delete(name))
  const here = HERE.test(address.hostname)
  if (here && shared) {
    const { protocol, host } = new URL(shared)
    address.protocol = protocol
    address.host = host
  }
  const link = address.searchParams.has(WITHHELD) ? null : withParameters(address, more)
  if (!here) return { link, note: t("Anyone who can reach {host} can open it.", { host: address.host }), command: null }
  if (shared) return { link, note: t("Anyone on your network can open it."), command: null }
  const note = t("This address works on this computer only. To let others in, stop the app and start it with:")
  return { link, note, command: COMMAND }
}

/**
 * @param {URL} address
 * @param {Record<string, string>} more
 */
function withParameters(address, more) {
  for (const [name, value] of Object.entries(more)) address.searchParams.set(name, value)
  return address.href
}

/**
 * The link to this page as it is now.
 * @param {Record<string, string>} [more] parameters
 */
export function reachHere(more = {}) {
  route.flush()
  flush()
  return reach(location.href, start.share, more)
}

/**
 * What another page puts into its HTML to show one picture.
 * @param {string} link with `only` and `controls`
 * @param {string} title
 */
export function snippet(link, title) {
  return `<iframe src="${attribute(link)}" title="${attribute(title)}" width="100%" height="600" style="border:0"></iframe>`
}

/** @param {string} text */
function attribute(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")
}
