// A map of four cells, each a live picture and a sentence. One opens to full width: the others then stand as a strip of
// names to switch to, and Escape or a button brings the map back.
/** @import { Card, CardsPanel } from "../payloads.js" */
/** @import { Drawing } from "../pictures/drawing.js" */
/** @import { Picture } from "../shell/pictures.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Tools } from "./panel.js" */
import { button, element } from "../dom.js"
import { t } from "../messages.js"
import { notation } from "../notation.js"
import { drawn } from "../pictures/registry.js"
import { typeset } from "../text.js"
import { rem } from "../theme.js"
import { Panel } from "./panel.js"

const TWO = 44 // em of width from which two cards stand side by side
const LEAST = 8.5 // em, height of a picture
const MOST = 22
const PHONE = 12 // em, height of a picture where cards stand one below the other
const BESIDE = 9.5 // em that heading, sentence and edges of a card take where it fills the window
const FIELDS = "input, textarea, select, [contenteditable], [role=combobox], [role=listbox], dialog"

/**
 * A card on the page.
 * @typedef {object} Shown
 * @property {Card} card
 * @property {HTMLElement} node
 * @property {HTMLButtonElement} opener
 * @property {HTMLElement} picture
 * @property {Drawing} [drawing]
 */

/** @extends {Panel<CardsPanel>} */
export class Cards extends Panel {
  /**
   * @param {string} id
   * @param {Tools} tools
   */
  constructor(id, tools) {
    super(id, tools)
    this.title.classList.add("stage-unseen")
    this.node.classList.add("cards")
    this.grid = element("div", { class: "cards-grid" })
    this.strip = element("nav", { class: "cards-strip", hidden: true })
    this.body.append(this.strip, this.grid)
    /** @type {Map<string, Shown>} by the names of the cards */
    this.shown = new Map()
    this.main = false
    this.layout = ""
    /** @type {string | undefined} the card that is open, "" for none */
    this.opened = undefined
    /** @param {KeyboardEvent} event */
    this.onKey = event => this.pressed(event)
    this.onResize = () => this.theme && this.fit(this.theme.width)
    document.addEventListener("keydown", this.onKey)
    globalThis.addEventListener?.("resize", this.onResize)
  }

  /**
   * @override
   * @param {CardsPanel} data
   * @param {Theme} theme
   */
  async fill(data, theme) {
    const before = this.opened
    this.opened = data.opened
    this.strip.setAttribute("aria-label", data.title)
    this.node.classList.toggle("cards-open", data.opened !== "")
    this.strip.hidden = data.opened === ""
    this.grid.hidden = data.opened !== ""
    if (data.opened) this.name(data)
    else this.lay(data)
    this.fit(theme.width)
    if (before !== undefined && before !== data.opened) this.focus(before)
  }

  /**
   * The strip of all cards while one is open.
   * @param {CardsPanel} data
   */
  name({ cells, opened }) {
    const active = document.activeElement
    const within = active && this.strip.contains(active) ? active.getAttribute("data-card") : null
    const back = button(t("‹ Back to all"), { "data-card": "", "data-testid": "cards-back" }, () => this.ask(""))
    const others = cells.flat().map(({ name, title }) => {
      const current = name === opened ? { "aria-current": "true" } : {}
      return button(title, { "data-card": name, ...current }, () => this.ask(name))
    })
    this.strip.replaceChildren(back, ...others)
    if (within !== null) this.find(this.strip, within)?.focus()
    const current = this.find(this.strip, opened)
    if (current) this.strip.scrollLeft = current.offsetLeft - this.strip.offsetLeft - back.offsetWidth
  }

  /**
   * The cards in their cells; those that are there already stay, and only their pictures are drawn anew.
   * @param {CardsPanel} data
   */
  lay({ cells, axes }) {
    const layout = JSON.stringify([cells.map(cards => cards.map(({ name }) => name)), axes])
    if (layout !== this.layout) {
      this.layout = layout
      this.shown = new Map(cells.flat().map(card => [card.name, this.frame(card)]))
      const places = cells.map((cards, i) =>
        element(
          "div",
          { class: `cards-cell cards-cell-${i} cards-of-${cards.length}` },
          ...cards.map(({ name }) => /** @type {Shown} */ (this.shown.get(name)).node),
        ),
      )
      const heads = axes
        ? [...axes.columns, ...axes.rows].map((words, i) =>
            element(
              "p",
              { class: `cards-axis cards-${i < 2 ? "column" : "row"} cards-axis-${i % 2}` },
              ...notation(words),
            ),
          )
        : []
      this.grid.classList.toggle("cards-map", Boolean(axes))
      this.grid.replaceChildren(...heads, ...places)
    }
    for (const card of cells.flat()) this.write(card)
  }

  /**
   * @param {Card} card
   * @returns {Shown}
   */
  frame(card) {
    const opener = button("", { class: "cards-opener", "data-card": card.name }, () => this.ask(card.name))
    const picture = element("div", { class: "cards-picture", role: "img" })
    const heading = element("h3", { class: "cards-title" }, opener)
    const sentence = element("p", { class: "cards-sentence" })
    const attributes = { class: "cards-card", "data-testid": `card-${card.name}` }
    const node = element("article", attributes, heading, picture, sentence)
    return { card, node, opener, picture }
  }

  /** @param {Card} card */
  write(card) {
    const shown = this.shown.get(card.name)
    if (!shown) return
    shown.card = card
    shown.opener.replaceChildren(...notation(card.title))
    shown.node.querySelector(".cards-sentence")?.replaceChildren(...notation(card.sentence))
    if (card.picture) shown.picture.setAttribute("aria-label", altOf(card))
  }

  /**
   * Two by two the map takes what is left of the window; one below the other each card is as high as it needs.
   * @override
   * @param {number} width
   */
  fit(width) {
    if (!this.theme || this.opened) return this.mark(this.main)
    this.theme = { ...this.theme, width }
    const em = rem()
    const two = width >= TWO * em
    this.grid.classList.toggle("cards-two", two)
    this.grid.style.setProperty("--cards-picture", `${this.pictureHeight(two, em)}px`)
    for (const shown of this.shown.values()) this.paint(shown, em)
    this.mark(this.main)
    this.moveTo(this.tools.now())
  }

  /**
   * @param {boolean} two
   * @param {number} em
   */
  pictureHeight(two, em) {
    if (this.grid.querySelector("[data-alone]")) {
      return Math.round(Math.max(LEAST * em, window.innerHeight - BESIDE * em))
    }
    if (!two) return Math.round(PHONE * em)
    this.grid.style.setProperty("--cards-picture", `${LEAST * em}px`)
    const { top, height } = this.grid.getBoundingClientRect()
    const spare = (window.innerHeight - top - window.scrollY - height - 0.8 * em) / 2
    return Math.round(Math.min(MOST * em, LEAST * em + Math.max(0, spare)))
  }

  /**
   * @param {Shown} shown
   * @param {number} em
   */
  paint(shown, em) {
    const { picture } = shown.card
    if (!picture || !this.theme || shown.node.checkVisibility?.() === false) return // another card is presented
    const { clientWidth: width, clientHeight: height } = shown.picture
    if (!width) return // it is out of sight
    const room = { width: Math.max(width, 6 * em), height, em, palette: this.theme.palette }
    shown.drawing = drawn(picture, room, shown.card.name)
    shown.drawing.node.setAttribute("aria-hidden", "true")
    shown.picture.replaceChildren(shown.drawing.node)
  }

  /**
   * @override
   * @param {number} step
   */
  moveTo(step) {
    for (const { drawing } of this.shown.values()) drawing?.moveTo?.(step)
  }

  /**
   * The map, and each of its cards.
   * @override
   * @param {string} title
   * @returns {Picture[]}
   */
  pictures(title) {
    if (this.opened) return []
    const cards = [...this.shown.values()].map(({ card, node }) => ({
      ...{ id: `${this.id}-${card.name}`, title: typeset(card.title), node },
    }))
    return [{ id: this.id, title, node: this.node, parts: cards.map(({ id }) => id) }, ...cards]
  }

  /**
   * The whole map is the page's picture; where cards stand one below the other, the first of them.
   * @override
   * @param {boolean} main
   */
  mark(main) {
    this.main = main
    const [first] = this.shown.values()
    const closed = main && this.opened === ""
    const two = this.grid.classList.contains("cards-two")
    for (const [node, marked] of /** @type {[HTMLElement | undefined, boolean][]} */ ([
      [this.grid, closed && two],
      [first?.node, closed && !two],
    ])) {
      if (marked && node) node.dataset.picture = "main"
      else if (node) delete node.dataset.picture
    }
  }

  /** @param {string} name of a card, "" for the map */
  ask(name) {
    this.node.setAttribute("aria-busy", "true")
    this.tools.ask({ card: name })
  }

  /**
   * After a card was opened the keyboard is on its name in the strip, after it was closed on its card.
   * @param {string} before the card that was open
   */
  focus(before) {
    this.node.removeAttribute("aria-busy")
    const target = this.opened ? this.find(this.strip, this.opened) : this.shown.get(before)?.opener
    const active = document.activeElement
    if (active && active !== document.body && !this.node.contains(active)) return
    target?.focus({ preventScroll: true })
    if (this.opened) window.scrollTo({ top: 0 })
    else this.shown.get(before)?.node.scrollIntoView({ block: "nearest" })
  }

  /**
   * @param {HTMLElement} node
   * @param {string} name
   */
  find(node, name) {
    return [...node.querySelectorAll("button")].find(each => each.getAttribute("data-card") === name)
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const typing = event.target instanceof Element && event.target.closest(FIELDS)
    if (event.key !== "Escape" || event.defaultPrevented || !this.opened || typing) return
    event.preventDefault()
    this.ask("")
  }

  /** @override */
  close() {
    document.removeEventListener("keydown", this.onKey)
    globalThis.removeEventListener?.("resize", this.onResize)
  }
}

/** @param {Card} card */
function altOf({ picture, sentence }) {
  return picture && "alt" in picture ? picture.alt : sentence
}
