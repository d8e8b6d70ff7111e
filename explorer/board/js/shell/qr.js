// A QR code of this page, large enough for the back row, with the address beneath it. The server draws it.
import { element } from "../dom.js"
import { t } from "../messages.js"
import { reachHere } from "./reach.js"
import { noteOf } from "./share.js"
import { openedSheet, openSheet } from "./sheet.js"

const NO_CODE = 204 // the status of an address that no readable code holds

/** Shows the code; shows it no more where it is shown. */
export function openQr() {
  const opened = openedSheet()
  if (opened?.classList.contains("qr")) return opened.close()
  const here = reachHere()
  const place = element("div", { class: "qr-code", role: "status" }, t("Drawing the code …"))
  const content = [
    place,
    ...(here.link === null ? [] : [element("p", { class: "qr-address" }, here.link)]),
    noteOf(here),
  ]
  const drawing = new AbortController()
  openSheet({ title: t("Open this page on your phone"), content, name: "qr", onClose: () => drawing.abort() })
  if (here.link === null) place.textContent = t("These texts are too long for a code.")
  else draw(place, here.link, drawing.signal)
  return undefined
}

/**
 * @param {HTMLElement} place
 * @param {string} link
 * @param {AbortSignal} signal
 */
async function draw(place, link, signal) {
  try {
    const code = await fetched(link, signal)
    if (code === null) place.textContent = t("This address is too long for a code. Shorten the texts.")
    else place.replaceChildren(await image(code))
  } catch {
    if (!signal.aborted) place.textContent = t("The code could not be drawn. Is the app still running?")
  }
}

/**
 * The code as SVG; null where the address is too long.
 * @param {string} link
 * @param {AbortSignal} signal
 */
async function fetched(link, signal) {
  const headers = { "Content-Type": "application/json" }
  const body = JSON.stringify({ text: link })
  const answer = await fetch(new URL("qr", document.baseURI), { method: "POST", headers, body, signal })
  if (answer.status === NO_CODE) return null
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`)
  return answer.text()
}

/** @param {string} code */
export async function image(code) {
  const node = element("img", { alt: t("QR code of the address below") })
  node.src = `data:image/svg+xml,${encodeURIComponent(code)}`
  await node.decode()
  return node
}
