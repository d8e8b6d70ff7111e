// What the page itself draws, before and around Streamlit: the bar, and on the first page the duel. It runs before
// Streamlit's own script, and no run of a page touches what it draws.
/** @import { BarBoard, PageEntry } from "../payloads.js" */
import { button, element } from "../dom.js"
import { keepOneEntryForAPage } from "../entries.js"
import { speak, t } from "../messages.js"
import { parametersOf } from "../duel/address.js"
import { Duel } from "../duel/duel.js"
import { player } from "../player.js"
import { Zoom } from "../zoom/zoom.js"
import { Bar } from "./bar.js"
import { bridge } from "./bridge.js"
import { Connection } from "./connection.js"
import { Navigation } from "./navigation.js"
import { offerPicture, withdrawPicture } from "./pictures.js"
import { present, setReveal } from "./presenter.js"
import { setPhrases } from "./print.js"
import { route } from "./route.js"
import { base, start } from "./start.js"
import { startTakeAway } from "./take_away.js"

speak(start.messages)
keepOneEntryForAPage()

/** @type {PageEntry} */
let current = pageAt(location.pathname) ?? first()

const navigation = new Navigation(start.pages, { go, hrefOf })
const bar = new Bar(navigation.node, base, start.models, [
  { label: t("Present"), run: () => present() },
  { label: t("Link"), run: anchor => import("./share.js").then(({ openShare }) => openShare(anchor)) },
  { label: t("QR"), run: () => import("./qr.js").then(({ openQr }) => openQr()) },
  { label: t("Class"), run: () => openClass() },
  { label: t("Picture"), run: anchor => import("./picture_files.js").then(({ openPictures }) => openPictures(anchor)) },
])
const section = element("section", {
  id: "duel",
  "data-testid": "duel",
  "aria-label": t("Two sentences"),
  hidden: true,
})
/** @type {Duel | null} while the first page is shown */
let duel = null
const pictures = { offer: offerPicture, withdraw: withdrawPicture }
const notice = element("p", { class: "bar-notice", role: "status", hidden: true })

/** The first page has no path. */
function first() {
  return /** @type {PageEntry} */ (start.pages.find(({ path }) => path === ""))
}

/**
 * The page at a path of the address.
 * @param {string} path
 */
function pageAt(path) {
  const name = path.slice(new URL(base).pathname.length).replace(/\/$/, "")
  return start.pages.find(page => page.path === name)
}

/**
 * The address of a page with the phrase and the model of this one.
 * @param {PageEntry} page
 */
function hrefOf(page) {
  const asked = route.read()
  const kept = new URLSearchParams()
  const phrase = current.phrase && page.phrase && current.phrase !== "text" ? asked.get(current.phrase) : null
  const model = current.model && page.phrase ? asked.get(current.model) : null
  if (phrase !== null && page.phrase && page.phrase !== "text") kept.set(page.phrase, phrase)
  if (model !== null && page.model) kept.set(page.model, model)
  const query = kept.toString()
  return base + page.path + (query && `?${query}`)
}

/** @param {PageEntry} page */
function go(page) {
  if (page.name === current.name) return
  duel?.tell() // what was typed just now goes along
  route.flush()
  if (!bridge.go(page.name)) location.assign(hrefOf(page))
}

/** @param {PageEntry} page */
function arrive(page) {
  current = page
  document.documentElement.dataset.page = page.name
  bar.arrive(page, route.read())
  navigation.show(page)
  if (page.path === "") openDuel()
  else closeDuel()
}

/**
 * A page of the server is there, with what it has of the phrase and the model.
 * @param {BarBoard} data
 */
function hear(data) {
  const page = start.pages.find(({ name }) => name === data.page)
  if (page && page.name !== current.name) {
    if (page.path === "") takeTexts(data)
    arrive(page)
  }
  navigation.show(current)
}

/**
 * What the visit has typed on other pages stands in the duel as well.
 * @param {BarBoard} data
 */
function takeTexts({ phrase, other, model }) {
  if (phrase === null || other === null) return
  route.replace({ ...parametersOf([phrase, other], start.pairs[0]), model: model === "gru" ? null : model })
  route.flush()
}

function openDuel() {
  section.hidden = false
  duel ??= new Duel(section, { start, route, bridge, player, Zoom, pictures })
  setReveal(() => (duel?.guessing ? duel.reveal() : duel?.guess()))
  setPhrases(() => duel?.texts ?? [])
}

function closeDuel() {
  section.hidden = true
  duel?.close()
  duel = null
  setReveal(null)
  setPhrases(null)
}

/** The page of a class, in a window of its own, with what stands here as its first question. */
function openClass() {
  const asked = new URLSearchParams()
  const texts = duel?.texts ?? [current.phrase && current.phrase !== "text" ? bar.field.value : ""]
  texts.forEach((text, k) => text && asked.set("ab"[k], text))
  const query = asked.toString()
  window.open(`${base}class${query && `?${query}`}`, "explorer-class")
}

/** The heading of the page that is shown gets the focus. */
function skipToPage() {
  const heading = [...document.querySelectorAll("h1")].find(node => node.offsetParent !== null)
  heading?.setAttribute("tabindex", "-1")
  heading?.focus()
}

/** The server was started anew: so is the page, with what was typed. */
function reload() {
  route.flush()
  bar.keep()
  location.reload()
}

/** An address of which there is no page leads to the first one. */
function tellMissing() {
  const missing = route.read().get("missing")
  if (missing === null) return
  notice.textContent = t("There is no page “{path}” here. This is the first page.", { path: missing.slice(0, 60) })
  notice.hidden = false
  route.replace({ missing: null })
}

bar.node.prepend(button(t("Skip to the page"), { class: "bar-skip" }, skipToPage))
document.body.prepend(bar.node, new Connection(() => bridge.again(reload)).node, notice, section)
arrive(current)
bar.restore()
bridge.follow(hear)
route.onChange(() => {
  const page = pageAt(location.pathname)
  if (page && page.name !== current.name) arrive(page)
})
tellMissing()
startTakeAway()
