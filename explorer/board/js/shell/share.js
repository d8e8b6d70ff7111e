// The sheet of the button Link: the link to this page as it is now, and the snippet that shows a picture elsewhere.
/** @import { Picture } from "./pictures.js" */
/** @import { Reach } from "./reach.js" */
import { button, element } from "../dom.js"
import { t } from "../messages.js"
import { touchAlone } from "../touch.js"
import { copy } from "./clipboard.js"
import { shownPictures } from "./pictures.js"
import { reachHere, snippet } from "./reach.js"
import { openSheet } from "./sheet.js"

/** @param {Element | null} anchor the button that asks for it */
export function openShare(anchor) {
  const here = reachHere()
  const parts = here.link === null ? [tooLong()] : [linkRow(here.link), noteOf(here), ...embedding()]
  openSheet({ title: t("Link to this page"), content: parts, anchor, name: "share" })
}

function tooLong() {
  return element("p", {}, t("These texts are too long for a link. Shorten them, or save a picture."))
}

/**
 * Who can open a link.
 * @param {Reach} here
 */
export function noteOf({ note, command }) {
  const words = command === null ? [note] : [`${note} `, element("code", {}, command)]
  return element("p", { class: "share-note" }, ...words)
}

/** @param {string} link */
function linkRow(link) {
  const field = element("input", { type: "text", id: "share-link", readonly: true, value: link })
  return row(t("Link"), field, t("Copy link"))
}

/** The snippet of a picture that one can choose; nothing where the page has none. */
function embedding() {
  const choice = shownPictures()
  if (choice.length === 0) return []
  const field = element("textarea", { id: "share-embed", readonly: true, rows: "4", spellcheck: "false" })
  const show = (/** @type {Picture} */ { id, title }) => {
    const { link } = reachHere({ only: id, controls: "none" })
    field.value = link === null ? "" : snippet(link, title)
  }
  show(choice[0])
  return [
    ...(choice.length > 1 ? [pictureChoice(choice, show, t("Picture to embed"))] : []),
    row(t("HTML that shows the picture on another page"), field, t("Copy HTML")),
  ]
}

/**
 * @param {Picture[]} choice
 * @param {(picture: Picture) => void} onChoice
 * @param {string} label
 */
export function pictureChoice(choice, onChoice, label) {
  const options = choice.map(({ title }, i) => element("option", { value: i }, title))
  const select = element("select", { id: "sheet-picture" }, ...options)
  select.onchange = () => onChoice(choice[Number(select.value)])
  return element("div", { class: "sheet-row" }, element("label", { for: select.id }, label), select)
}

// What to do where a browser lets no page copy.
function byHand() {
  return touchAlone() ? t("Touch and hold the text to copy it.") : t("Press Ctrl+C to copy it.")
}

/**
 * A field whose text can be copied.
 * @param {string} label
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {string} action
 */
function row(label, field, action) {
  field.onfocus = () => field.select()
  const status = element("span", { role: "status" })
  const copying = button(action, { class: "sheet-button sheet-first" }, async () => {
    status.textContent = (await copy(field)) ? t("Copied.") : byHand()
  })
  const buttons = element("div", { class: "sheet-buttons" }, copying, status)
  return element("div", { class: "sheet-row" }, element("label", { for: field.id }, label), field, buttons)
}
