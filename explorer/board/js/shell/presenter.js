// Presenter view: one picture of the page in the whole window, type for the back row, keys for a remote control.
/** @import { Picture } from "./pictures.js" */
import { element } from "../dom.js"
import { t } from "../messages.js"
import { player } from "../player.js"
import { showAlone } from "./alone.js"
import { onPictures, pictures, shownPictures } from "./pictures.js"
import { Podium } from "./podium.js"
import { openQr } from "./qr.js"
import { route } from "./route.js"
import { openedSheet, openSheet } from "./sheet.js"
import { clearType, fitType } from "./type_size.js"

const PARAMETER = "present"
const BLANK = "blank" // on the root of the page

let on = false
let chosen = "" // the id of the picture that was asked for; without one it is the page's main one
/** @type {(() => void) | null} */
let reveal = null
/** @type {Element | null} where the focus was */
let before = null
/** @type {Podium | null} */
let podium = null

/**
 * What the key G does on this page, null for nothing.
 * @param {(() => void) | null} action
 */
export function setReveal(action) {
  reveal = action
  if (on) arrange()
}

export function presenting() {
  return on
}

/** Presents the main picture of the page, or the one that is named. */
export function present(id = "") {
  if (!on) enter()
  chosen = id
  write(true)
  arrange()
}

/** Shows the whole page again. */
export function leave() {
  if (!on) return
  on = false
  write(false)
  const { documentElement: root } = document
  delete root.dataset.present
  delete root.dataset[BLANK]
  podium?.close()
  podium = null
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {})
  showAlone(null)
  clearType()
  if (before instanceof HTMLElement && before.isConnected) before.focus()
}

function enter() {
  on = true
  before = document.activeElement
  document.documentElement.dataset.present = "1"
  podium = new Podium({ next: () => turn(1), back: () => turn(-1), leave })
  if (before instanceof HTMLElement) before.blur()
}

/** Shows the picture that is chosen; where it is gone, the main one. */
function arrange() {
  const choice = choices()
  const picture =
    choice[
      Math.max(
        0,
        choice.findIndex(({ id }) => id === chosen),
      )
    ]
  showAlone(picture ?? null)
  podium?.show(picture?.title ?? null, choice.indexOf(picture) + 1, choice.length, reveal !== null)
  if (picture) fitType(picture.node)
}

/**
 * What can be presented: what one sees on the page, part by part; what was named by hand may be folded away.
 * @returns {Picture[]}
 */
function choices() {
  const shown = shownPictures().filter(({ parts }) => !parts)
  const named = pictures().filter(({ id }) => id === chosen && !shown.some(picture => picture.id === id))
  return [...shown, ...named]
}

/**
 * The picture after or before this one.
 * @param {number} by
 */
function turn(by) {
  const choice = choices()
  if (choice.length === 0) return
  const place = Math.max(
    0,
    choice.findIndex(({ id }) => id === chosen),
  )
  chosen = choice[(place + by + choice.length) % choice.length].id
  arrange()
}

/**
 * Pictures with steps move by them, others give way to the next one.
 * @param {number} by
 */
function step(by) {
  if (player.steps > 0) player.set(player.step + by)
  else turn(by)
}

function blank() {
  const { dataset } = document.documentElement
  if (BLANK in dataset) delete dataset[BLANK]
  else dataset[BLANK] = "1"
  podium?.say(BLANK in dataset ? t("The screen is blank. Press B to show the picture again.") : "")
}

function fillScreen() {
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()
  done.catch(() => podium?.say(t("The browser does not allow full screen here.")))
}

function escape() {
  if (BLANK in document.documentElement.dataset) blank()
  else leave()
}

/** What keys do while presenting, by name; letters in lower case. @type {Record<string, () => void>} */
const KEYS = {
  ArrowRight: () => step(1),
  ArrowLeft: () => step(-1),
  PageDown: () => turn(1),
  PageUp: () => turn(-1),
  g: () => reveal?.(),
  q: openQr,
  b: blank,
  f: fillScreen,
  "?": showKeys,
  p: leave,
  Escape: escape,
}

/** @returns {[string, string][]} each key with what it does */
function meanings() {
  return [
    ["← →", t("Step back or forward. Without steps: another picture.")],
    ["Page ↑ Page ↓", t("Another picture of this page")],
    ["G", t("Hide the answers for a guess, then reveal them")],
    ["Q", t("QR code of this page")],
    ["B", t("Blank the screen")],
    ["F", t("Full screen")],
    ["Esc", t("Leave the presenter view")],
  ]
}

function showKeys() {
  const lines = meanings().flatMap(([key, meaning]) => [
    element("dt", {}, element("kbd", {}, key)),
    element("dd", {}, meaning),
  ])
  openSheet({ title: t("Keys of the presenter view"), content: [element("dl", { class: "keys" }, ...lines)] })
}

/**
 * Whether keys are text where the focus is.
 * @param {EventTarget | null} target
 */
function writes(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(FIELDS))
}
const FIELDS =
  'textarea, select, [role="textbox"], [role="combobox"], ' +
  'input:not([type="button"], [type="checkbox"], [type="radio"], [type="range"], [type="submit"], [type="reset"])'

/**
 * Whether a key is one that the focused control needs itself.
 * @param {KeyboardEvent} event
 */
function needed({ key, target }) {
  const arrow = key.startsWith("Arrow") || key.startsWith("Page")
  return arrow && target instanceof Element && target.matches('input, select, [role="slider"], [role="radio"]')
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const { key, target } = event
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  const opened = openedSheet()
  if (opened ? !(opened.classList.contains("qr") && /^q$/i.test(key)) : false) return
  if (key !== "Escape" && writes(target)) return
  const name = key.length === 1 ? key.toLowerCase() : key
  if (!on) {
    if (name === "p" && !event.repeat) present()
    return
  }
  if (!(name in KEYS) || needed(event)) return
  event.preventDefault()
  KEYS[name]()
}

/**
 * The address says that the page is presented; Back leaves.
 * @param {boolean} presented
 */
function write(presented) {
  if (route.read().has(PARAMETER) === presented) return
  if (presented) route.push({ [PARAMETER]: "1" })
  else route.replace({ [PARAMETER]: null })
}

/** As the address says: at the start, after Back and Forward. */
function read() {
  if (!route.read().has(PARAMETER)) leave()
  else if (!on) present()
}

/** Begins to listen; called once. */
export function startPresenter() {
  window.addEventListener("keydown", onKey)
  route.onChange(read)
  window.addEventListener("resize", event => event.isTrusted && on && arrange())
  onPictures(() => on && arrange())
  read()
}
