// A sheet over the page: it takes the focus, closes with Escape or a press beside it, and gives the focus back.
import { button, element } from "../dom.js"
import { t } from "../messages.js"

const GAP = 8 // pixels between a button and its sheet

/**
 * Opens it; only one is open at a time.
 * @param {object} sheet
 * @param {string} sheet.title
 * @param {Node[]} sheet.content
 * @param {Element | null} [sheet.anchor] the button beneath which it opens; without one it stands in the middle
 * @param {string} [sheet.name] of its style
 * @param {() => void} [sheet.onClose]
 */
export function openSheet({ title, content, anchor = null, name = "", onClose = () => {} }) {
  openedSheet()?.close()
  const heading = element("h2", { id: "sheet-title" }, title)
  const close = button("×", { class: "sheet-close", "aria-label": t("Close") }, () => dialog.close())
  const attributes = { class: `sheet ${name}`.trim(), "aria-labelledby": heading.id, "data-over": true }
  const dialog = element("dialog", attributes, element("div", { class: "sheet-body" }, heading, ...content, close))
  const before = document.activeElement
  dialog.addEventListener("click", event => {
    if (event.target === dialog) dialog.close() // its body covers it: what is left is beside it
  })
  dialog.onclose = () => {
    dialog.remove()
    onClose()
    const menu = anchor?.closest(".bar-actions")?.querySelector("button") // an entry of a menu is hidden by now
    const back = [anchor, before, menu].find(node => node instanceof HTMLElement && node.offsetParent !== null)
    if (back instanceof HTMLElement) back.focus()
  }
  document.body.append(dialog)
  dialog.showModal()
  if (anchor?.getClientRects().length) place(dialog, anchor)
  return dialog
}

/** @returns {HTMLDialogElement | null} */
export function openedSheet() {
  return document.querySelector("dialog.sheet[open]")
}

/**
 * Beneath a button, as far as the window has room.
 * @param {HTMLElement} dialog
 * @param {Element} anchor
 */
function place(dialog, anchor) {
  const { left, right, bottom, top } = anchor.getBoundingClientRect()
  const { innerWidth, innerHeight } = window
  const { offsetWidth: width, offsetHeight: height } = dialog
  const x = (left + right) / 2 < innerWidth / 2 ? left : right - width
  const y =
    bottom + GAP + height <= innerHeight ? bottom + GAP : Math.max(GAP, Math.min(top, innerHeight) - GAP - height)
  dialog.style.margin = "0"
  dialog.style.left = `${Math.max(GAP, Math.min(x, innerWidth - width - GAP))}px`
  dialog.style.top = `${y}px`
}
