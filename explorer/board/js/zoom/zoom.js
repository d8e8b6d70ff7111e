// One continuous zoom below the duel: the memory after each word, the gates at a step, one unit's equations. Each level
// opens in place, is part of the link, and closes with Escape, Back or the breadcrumb.
/** @import { Player } from "../player.js" */
/** @import { LevelName, Moves, View } from "./level.js" */
/** @import { Run } from "./run.js" */
/** @import { Scale, ScaleName } from "./scales.js" */
import { button, element } from "../dom.js"
import { t } from "../messages.js"
import { Refusal } from "../refusal.js"
import { touchAlone } from "../touch.js"
import { signedValue } from "./block.js"
import { GatesLevel } from "./gates.js"
import { LEVELS } from "./level.js"
import { givenUp, LevelsClient } from "./levels_client.js"
import { MemoryLevel } from "./memory.js"
import { grow, reveal, toTop } from "./motion.js"
import { Path } from "./path.js"
import { onTheme, scalesOf } from "./scales.js"
import { memoryless, unitAfter } from "./sentences.js"
import { UnitLevel } from "./unit.js"

const REST = 300 // milliseconds without a move before the address follows

/** @typedef {"a" | "b"} Letter */
/** @typedef {Record<ScaleName, Scale>} Scales */

/**
 * What the address says, and what changes it.
 * @typedef {object} Route
 * @property {() => URLSearchParams} read
 * @property {(changes: Record<string, string | null>) => void} replace
 * @property {(changes: Record<string, string | null>) => void} push
 * @property {(changed: () => void) => () => void} onChange Back and Forward; gives what stops it
 */

/** @typedef {{ level?: LevelName, of?: Letter, step?: number, unit?: number }} Asked */
/** @typedef {{ name: string, label: string, recurrent: boolean }} ModelName */

/**
 * @typedef {object} Picture
 * @property {string} id
 * @property {string} title
 * @property {HTMLElement} node
 * @property {() => string} svg
 */

/** @typedef {{ offer: (picture: Picture) => void, withdraw: (id: string) => void }} Pictures */

/** @typedef {{ route: Route, start: { models: ModelName[] }, player: Player }} Page */
/** @typedef {Page & { pictures?: Pictures, client?: LevelsClient }} Given */

export class Zoom {
  /**
   * @param {HTMLElement} root
   * @param {Given} given
   */
  constructor(root, { route, start, player, pictures, client = new LevelsClient() }) {
    this.root = root
    this.route = route
    this.models = start.models
    this.player = player
    this.pictures = pictures
    this.client = client
    /** @type {(state: ReturnType<Zoom["state"]>) => void} is told what is open after each change */
    this.onChange = () => {}
    /** @type {LevelName | null} */
    this.level = null
    /** @type {Letter} */
    this.of = "a"
    /** @type {number | null} */
    this.unit = null
    /** @type {number | null} a unit that the pointer or the focus is on */
    this.pointed = null
    this.pushes = true
    /** @type {{ texts: string[], model: string }} */
    this.shown = { texts: [], model: "" }
    /** @type {Map<LevelName, HTMLElement>} where each open level was opened from */
    this.openers = new Map()
    /** @type {Scales | undefined} */
    this.scales = undefined
    this.stops = ""
    this.unitShown = "" // of which unit the equations are drawn
    this.written = 0 // the step that the address has
    this.offered = false
    this.linked = false
    /** @type {LevelName | null} a level that was opened and is not drawn yet */
    this.arriving = null
    /** @type {number | null} a step that the address asks for and the player does not have yet */
    this.wanted = null
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined
    /** @type {number | undefined} */
    this.frame = undefined
    const moves = this.moves()
    this.levels = { memory: new MemoryLevel(moves), gates: new GatesLevel(moves), unit: new UnitLevel(moves) }
    this.door = button("", { class: "zoom-button zoom-door" }, () => this.open({ level: "memory" }, this.door))
    this.path = new Path({
      close: level => this.closeTo(level),
      back: () => this.closeOne(),
      choose: (of, from) => this.open({ level: this.level ?? "memory", of }, from),
    })
    this.trouble = element("p", { class: "zoom-trouble", role: "status", hidden: true })
    this.body = element("div", { class: "zoom-body", hidden: true })
    this.assemble()
    this.unfollow = player.follow(() => this.follow())
    this.listen()
    this.take()
  }

  /** @returns {Moves} what the levels ask for */
  moves() {
    return {
      open: (level, asked, from) => this.open({ ...asked, level }, from),
      toStep: step => this.player.set(step),
      colour: pushes => this.colour(pushes),
      pointing: { onPoint: unit => this.point(unit), onPick: () => {} },
    }
  }

  assemble() {
    const { memory, gates, unit } = this.levels
    this.body.append(this.path.node, this.trouble, memory.node, gates.node, unit.node)
    this.root.classList.add("zoom")
    this.root.replaceChildren(this.door, this.body)
  }

  listen() {
    const escape = (/** @type {KeyboardEvent} */ event) => this.escape(event)
    const page = this.root.ownerDocument
    page.addEventListener("keydown", escape)
    /** What listens beyond this node, to be ended with it. */
    this.ends = [
      this.route.onChange(() => {
        this.take()
        this.update()
      }),
      () => page.removeEventListener("keydown", escape),
      onTheme(() => this.update()),
    ]
  }

  /** What is open, as the address has it. */
  state() {
    return { zoom: this.level, of: this.of, step: this.step, unit: this.level === "unit" ? this.unit : null }
  }

  get text() {
    return this.shown.texts[this.of === "b" ? 1 : 0] ?? ""
  }

  get run() {
    return this.client.kept(this.text, this.shown.model, this.player.step || 1)
  }

  /** The step that is shown, within the phrase. */
  get step() {
    const steps = this.run?.steps ?? this.player.steps
    return Math.max(1, Math.min(this.player.step || steps, steps))
  }

  // ------------------------------------------------------------------------------------------------ from outside

  /**
   * The phrases and the model of the page; called whenever they change.
   * @param {{ texts: string[], model: string, answers?: unknown }} given
   */
  show({ texts, model }) {
    this.shown = { texts, model }
    const { label, recurrent } = this.model()
    this.door.textContent = t("Look inside the {model}", { model: label })
    this.door.disabled = !recurrent && this.level === null
    if (this.of === "b" && !texts[1]) this.of = "a"
    this.update()
  }

  model() {
    const { model } = this.shown
    return this.models.find(({ name }) => name === model) ?? { name: model, label: model, recurrent: true }
  }

  /**
   * Opens a level in place.
   * @param {Asked} asked what is left out stays
   * @param {HTMLElement | null} [from] where it was opened; the focus goes back there
   */
  open({ level = "memory", of = this.of, step, unit }, from = null) {
    const opener = from ?? /** @type {HTMLElement | null} */ (document.activeElement)
    const place = opener?.getBoundingClientRect()
    const before = this.level
    if (opener && depth(level) > depth(before)) this.openers.set(level, opener)
    this.of = of
    if (step !== undefined) this.player.set(step)
    if (unit !== undefined) this.unit = unit
    const deeper = depth(level) >= depth(before)
    this.level = level
    this.write(level === before ? "replace" : "push")
    this.update()
    if (deeper) this.arrive(level, place)
  }

  /** Closes the innermost level. */
  closeOne() {
    if (this.level === null) return
    this.closeTo(LEVELS[depth(this.level) - 2] ?? null)
  }

  /** @param {LevelName | null} level the innermost one that stays open */
  closeTo(level) {
    const left = LEVELS[depth(level)]
    if (depth(level) >= depth(this.level)) return
    const opener = left && this.openers.get(left)
    LEVELS.slice(depth(level)).forEach(name => this.openers.delete(name))
    this.level = level
    this.write("push")
    this.update()
    const target = opener?.isConnected && opener.offsetParent !== null ? opener : this.fallback(level)
    target.focus({ preventScroll: true })
    const duel = level === null ? this.root.closest("#duel") : null
    if (level === null) this.player.set(this.player.steps) // the answer is seen again
    if (duel instanceof HTMLElement) toTop(duel)
    else reveal(target)
  }

  /** @param {LevelName | null} level */
  fallback(level) {
    return level === null ? this.door : this.levels[level].title
  }

  close() {
    this.unfollow?.()
    this.ends?.forEach(end => end())
    this.client.close()
    clearTimeout(this.timer)
  }

  // ------------------------------------------------------------------------------------------------ the address

  /** What the address asks for. */
  take() {
    const asked = this.route.read()
    const level = asked.get("zoom")
    this.level = isLevel(level) ? level : null
    this.of = asked.get("of") === "b" ? "b" : "a"
    const unit = whole(asked.get("unit"))
    if (unit !== null) this.unit = unit
    this.linked = this.level !== null // who follows a link sees first what it is to
    const step = whole(asked.get("step"))
    this.wanted = this.level && step ? step : null // once the player has so many steps
  }

  /** @param {"push" | "replace"} way */
  write(way) {
    clearTimeout(this.timer)
    const { zoom, of, step, unit } = this.state()
    this.written = this.step
    this.route[way]({
      zoom,
      of: zoom && of === "b" ? "b" : null,
      step: zoom ? String(step) : null,
      unit: zoom === "unit" ? String(unit ?? 0) : null,
    })
    this.onChange(this.state())
  }

  // ------------------------------------------------------------------------------------------------ what is seen

  follow() {
    if (this.wanted && this.player.steps >= this.wanted) {
      const step = this.wanted
      this.wanted = null
      this.player.set(step)
      return
    }
    if (this.level === null || this.frame !== undefined) return
    this.frame = requestAnimationFrame(() => {
      this.frame = undefined
      this.update()
      if (this.step === this.written || this.wanted) return
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.level && this.write("replace"), REST)
    })
  }

  /** Draws what is open, as far as it is here; what is not is asked for. */
  update() {
    this.body.hidden = this.level === null
    this.door.hidden = this.level !== null
    for (const name of LEVELS) this.levels[name].node.hidden = depth(name) > depth(this.level)
    if (this.level === null) return this.withdraw()
    this.path.draw(this.level, { gates: this.hasGates(), unit: this.unit })
    this.path.drawLetters(this.shown.texts, this.of)
    const { run } = this
    if (run) this.draw(run)
    else this.load()
  }

  async load() {
    const { text, shown } = this
    if (!shown.model) return // nothing is shown yet
    if (!text.trim()) return this.empty()
    this.body.setAttribute("aria-busy", "true")
    try {
      await this.client.run(text, shown.model, this.wanted ?? (this.player.step || 1))
      this.say("")
    } catch (error) {
      if (givenUp(error)) return
      this.say(trouble(error))
      this.body.setAttribute("aria-busy", "false")
      return
    }
    if (text === this.text && shown.model === this.shown.model && this.run) this.update()
  }

  empty() {
    this.refuse(t("There is nothing to read yet. Type a few words above."))
  }

  /** @param {string} reason why no level is shown */
  refuse(reason) {
    this.body.setAttribute("aria-busy", "false")
    this.say(reason)
    for (const name of LEVELS) this.levels[name].node.hidden = true
  }

  /** @param {Run} run */
  draw(run) {
    if (run.steps === 0) return this.empty()
    if (!run.recurrent) return this.refuse(memoryless(this.shown.model, this.model().label))
    this.body.setAttribute("aria-busy", "false")
    this.say("")
    if (this.unit === null || this.unit >= run.units) this.unit = run.loudest
    const view = this.view(run)
    for (const name of LEVELS) {
      const level = this.levels[name]
      if (depth(name) > depth(this.level)) continue
      level.draw(view)
      level.point(view.unit, view.pointed)
    }
    this.drawReadout(run)
    if (this.level === "unit") this.loadUnit()
    this.offer()
    this.bring()
    if (this.linked && this.level !== null) {
      const target = this.level === "memory" ? this.body : this.levels[this.level].node
      setTimeout(() => target.scrollIntoView({ block: "start" })) // at once: what else arrives would end a smooth one
    }
    this.linked = false
  }

  /**
   * @param {Run} run
   * @returns {View}
   */
  view(run) {
    const pointed = this.pointed !== null || this.level === "unit"
    const unit = this.pointed ?? this.unit ?? 0
    const shownUnit = this.level === "unit" && this.pointed === null ? (this.unit ?? 0) : unit
    return { run, step: this.step, unit: shownUnit, pointed, pushes: this.pushes, scales: this.colours() }
  }

  /** The scales of the theme, made anew when it changes. */
  colours() {
    const stops = getComputedStyle(this.root).getPropertyValue("--diverging")
    if (!this.scales || stops !== this.stops) this.scales = scalesOf(this.root)
    this.stops = stops
    return this.scales
  }

  /** Of what the equations are. */
  unitKey() {
    return [this.shown.model, this.text, this.step, this.unit].join("\0")
  }

  async loadUnit() {
    const { text, shown, step, unit } = this
    const key = this.unitKey()
    if (key === this.unitShown || unit === null) return
    try {
      const answer = await this.client.unit(text, shown.model, step, unit)
      this.unitShown = key
      this.levels.unit.fill(answer)
      this.bring()
    } catch (error) {
      if (!givenUp(error)) this.say(trouble(error))
    }
  }

  /** @param {number | null} unit */
  point(unit) {
    if (unit === this.pointed) return
    this.pointed = unit
    const { run } = this
    if (!run?.recurrent) return
    const view = this.view(run)
    for (const name of LEVELS) this.levels[name].point(view.unit, view.pointed)
    this.drawReadout(run)
  }

  /** @param {boolean} pushes */
  colour(pushes) {
    this.pushes = pushes
    this.update()
  }

  /** @param {Run} run */
  drawReadout(run) {
    const { step, unit, pointed } = this.view(run)
    this.levels.memory.readout.textContent =
      pointed && run.has(step)
        ? unitAfter(run, step, unit, signedValue)
        : touchAlone()
          ? t("Tap a square to follow one unit through all the blocks, down to its equation.")
          : t("Point at a square, or move with the arrow keys, to follow one unit through all the blocks.")
  }

  hasGates() {
    return this.run?.quantities.some(({ gate }) => gate) ?? true
  }

  /** @param {string} text */
  say(text) {
    if (this.trouble.textContent !== text) this.trouble.textContent = text
    this.trouble.hidden = !text
  }

  /**
   * The level that was opened grows out of what was clicked and takes the focus.
   * @param {LevelName} level
   * @param {DOMRect | undefined} from
   */
  arrive(level, from) {
    const { node, title } = this.levels[level]
    if (node.hidden) return
    if (this.root.contains(document.activeElement) || document.activeElement === document.body) {
      title.focus({ preventScroll: true })
    }
    grow(node, from)
    this.arriving = level
    this.bring()
  }

  /** The level that was opened goes to below the bar, once more when it is drawn: before, the page may be too short. */
  bring() {
    if (this.arriving === null) return
    const { level } = this
    if (level !== null) toTop(level === "memory" ? this.body : this.levels[level].node)
    const run = this.run?.has(this.step)
    if (run && (level !== "unit" || this.unitShown === this.unitKey())) this.arriving = null
  }

  /** @param {KeyboardEvent} event */
  escape(event) {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || this.level === null) return
    const { target } = event
    const elsewhere = target instanceof Element && target.closest("dialog, [role=dialog], [role=menu], [popover]")
    if (elsewhere) return
    event.preventDefault()
    this.closeOne()
  }

  // ------------------------------------------------------------------------------------------------ pictures

  offer() {
    if (!this.pictures || this.level === null) return
    const level = this.levels[this.level]
    const title = level.title.textContent ?? ""
    this.pictures.offer({ id: "zoom", title, node: level.node, svg: () => level.svg() })
    this.offered = true
  }

  withdraw() {
    if (this.offered) this.pictures?.withdraw("zoom")
    this.offered = false
  }
}

/** @param {LevelName | null} level 0 for none */
function depth(level) {
  return level === null ? 0 : LEVELS.indexOf(level) + 1
}

/**
 * @param {string | null} name
 * @returns {name is LevelName}
 */
function isLevel(name) {
  return name !== null && LEVELS.some(level => level === name)
}

/** @param {string | null} text */
function whole(text) {
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null
}

/** @param {unknown} error why there are no numbers */
function trouble(error) {
  const reason = error instanceof Refusal ? error.message : ""
  return reason || t("The numbers could not be loaded. Check the connection and try again.")
}
