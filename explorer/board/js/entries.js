// The entries of the browser's history, through which Back and Forward lead.
/** @typedef {"pushState" | "replaceState"} Way */

const own = typeof history === "undefined" ? null : { pushState: history.pushState, replaceState: history.replaceState }

/**
 * Another entry, or another address of the one that is there; false where the browser does not allow it now.
 * @param {Way} way
 * @param {string} url
 */
export function write(way, url) {
  try {
    own?.[way].call(history, history.state, "", url)
    return true
  } catch {
    return false
  }
}

/**
 * Streamlit adds an entry when the server tells it the address of the page that is left for another. It is the entry in
 * which one already is, so that Back does not lead there twice.
 */
export function keepOneEntryForAPage() {
  history.pushState = (state, title, url) => {
    const path = url ? new URL(url, location.href).pathname : location.pathname
    own?.[path === location.pathname ? "replaceState" : "pushState"].call(history, state, title, url)
  }
}
