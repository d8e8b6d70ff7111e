// The bar: pages, phrase, model, the player, and what one takes along. It stays while pages come and go.
/** @import { BarBoard, ModelEntry, PageEntry } from "../payloads.js" */
import { button, element } from "../dom.js"
import { t } from "../messages.js"
import { player } from "../player.js"
import { bridge } from "./bridge.js"
import { Menu } from "./menu.js"

const NARROW = "(max-width: 47.99rem)" // there is room for the phrase alone: the model stands in the menu
const KEPT = "explorer.typed" // what was typed while there was no server, over a reload

/** @typedef {{ label: string, run: (anchor: HTMLElement) => void }} Action */

export class Bar {
  /**
   * @param {HTMLElement} pages the navigation
   * @param {string} home the address of the first page
   * @param {ModelEntry[]} models
   * @param {Action[]} actions
   */
  constructor(pages, home, models, actions) {
    this.models = models
    /** @type {PageEntry | undefined} */
    this.page = undefined
    this.put = -1
    this.field = element("textarea", {
      rows: "1",
      class: "bar-field",
      "aria-label": t("Phrase"),
      placeholder: t("Type or paste a review"),
      enterkeyhint: "done",
    })
    this.field.oninput = () => this.typed()
    this.field.onkeydown = key => this.onKey(key)
    this.select = element("select", { class: "bar-select", "aria-label": t("Model") })
    this.select.onchange = () => this.typed()
    this.input = element("div", { class: "bar-input" }, this.field, this.select)
    this.player = new PlayerButtons()
    const brand = element("a", { class: "bar-brand", href: home }, t("Recurrent network explorer"))
    const buttons = actions.map(({ label, run }) => {
      const action = button(label, { class: "bar-button" }, () => run(action))
      return action
    })
    const more = new Menu("⋯", buttons, "bar-actions")
    more.button.setAttribute("aria-label", t("More"))
    more.list.addEventListener("click", () => more.close())
    this.node = element("header", { class: "bar" }, brand, pages, this.input, this.player.node, more.node)
    bridge.follow(data => this.receive(data))
    const narrow = matchMedia(NARROW)
    const place = element("li", { class: "bar-chosen" })
    more.list.prepend(place)
    const arrange = () => (narrow.matches ? place : this.input).append(this.select)
    narrow.addEventListener("change", arrange)
    arrange()
  }

  /**
   * Another page: what it has to edit, as far as the address says it.
   * @param {PageEntry} page
   * @param {URLSearchParams} asked
   */
  arrive(page, asked) {
    const before = this.page
    this.page = page
    const duel = page.path === ""
    this.field.hidden = duel || page.phrase === null
    this.select.hidden = duel || page.model === null
    this.input.hidden = this.field.hidden && this.select.hidden
    this.node.classList.toggle("bar-without-phrase", this.field.hidden)
    if (before) return
    this.field.value = (page.phrase && asked.get(page.phrase)) ?? ""
    this.choose(page.model === null ? [] : this.models.map(({ name }) => name), asked.get("model") ?? "gru")
  }

  /**
   * What the page says: it counts where it is newer than what stands here.
   * @param {BarBoard} data
   */
  receive(data) {
    if (data.put === this.put && data.page === this.page?.name) return this.names(data)
    if (!bridge.newer(data)) return this.names(data)
    this.put = data.put
    if (data.phrase !== null && data.phrase !== this.field.value) this.field.value = data.phrase
    if (data.model !== null) this.choose(data.names, data.model)
  }

  /** @param {BarBoard} data */
  names(data) {
    if (data.model !== null) this.choose(data.names, this.select.value)
  }

  /**
   * @param {string[]} names of the models to choose from
   * @param {string} chosen
   */
  choose(names, chosen) {
    const there = [...this.select.options].map(({ value }) => value)
    if (there.join() !== names.join()) {
      const labels = new Map(this.models.map(({ name, label }) => [name, label]))
      this.select.replaceChildren(...names.map(name => element("option", { value: name }, labels.get(name) ?? name)))
    }
    this.select.value = chosen
  }

  /** Keeps what stands here over a reload. */
  keep() {
    if (!this.page || this.field.hidden) return
    sessionStorage.setItem(KEPT, JSON.stringify([this.page.name, this.field.value]))
  }

  /** What was kept stands here again, and the server hears of it. */
  restore() {
    const [name, text] = taken()
    if (!name || name !== this.page?.name) return
    this.field.value = text
    this.typed()
  }

  typed() {
    const { page } = this
    if (!page) return
    /** @type {Record<string, string>} */
    const texts = {}
    if (page.phrase) texts[page.phrase] = this.field.value
    if (page.model) texts[page.model] = this.select.value
    bridge.tell(texts)
  }

  /** @param {KeyboardEvent} key */
  onKey(key) {
    if (key.key !== "Enter" || key.isComposing) return
    key.preventDefault()
    bridge.send()
  }
}

/** What was kept, once. */
function taken() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]")
    sessionStorage.removeItem(KEPT)
    return kept
  } catch {
    return [] // a frame of another host has no storage
  }
}

/** Play, a step back, a step on. */
class PlayerButtons {
  constructor() {
    this.play = button("", { class: "bar-button bar-play" }, () => (player.playing ? player.pause() : player.play()))
    this.back = button("‹", { class: "bar-button", "aria-label": t("One step back") }, () =>
      player.set(player.step - 1),
    )
    this.on = button("›", { class: "bar-button", "aria-label": t("One step on") }, () => player.set(player.step + 1))
    this.step = element("span", { class: "bar-step" })
    const attributes = { class: "bar-player", role: "group", "aria-label": t("Play and step") }
    this.node = element("div", attributes, this.play, this.back, this.step, this.on)
    player.follow(() => this.show())
    this.show()
  }

  show() {
    const { step, steps, playing } = player
    this.node.hidden = steps === 0
    this.play.textContent = playing ? "❚❚" : "▶"
    this.play.setAttribute("aria-label", playing ? t("Pause") : t("Play"))
    this.back.disabled = step <= 1
    this.on.disabled = step >= steps
    this.step.textContent = `${step}/${steps}`
    this.step.setAttribute("aria-label", t("Step {step} of {steps}", { step, steps }))
    this.step.title = t("Step {step} of {steps}. Each word is a step, and so is each comma or full stop.", {
      step,
      steps,
    })
  }
}
