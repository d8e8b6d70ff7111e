// The page of a phone: it joins by a code, answers with a marker, and sees what all have said.
/** @import { State } from "./room.js" */
import { element } from "../dom.js"
import { percent } from "../duel/numbers.js"
import { speak, t } from "../messages.js"
import { start } from "../shell/start.js"
import { Marker } from "./marker.js"
import { letter } from "./letter.js"
import { Outcome } from "./outcome.js"
import { RefusedError, addressOf, follow, keep, kept, messageOf, send } from "./room.js"

const LETTERS = 5
const REST = 200 // milliseconds without another change until an answer is sent

class Phone {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.notice = element("p", { class: "room-notice", role: "alert", hidden: true })
    this.content = element("div", { class: "room-content" })
    this.away = element("p", { class: "room-away", role: "status", hidden: true }, t("Waiting for the explorer…"))
    root.replaceChildren(this.away, this.content, this.notice)
    this.code = ""
    this.phone = ""
    /** @type {State | null} */
    this.state = null
    this.outcome = new Outcome(start.models)
    /** @type {() => void} */
    this.stop = () => {}
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined
    this.undelivered = false
    /** @type {Promise<void>} the answer that is on its way */
    this.delivery = Promise.resolve()
    /** @type {string | null} what stands on the page */
    this.shown = null
    const asked = location.pathname.match(/\/join\/([^/]+)\/?$/)?.[1]
    if (asked) this.join(decodeURIComponent(asked))
    else this.askCode("")
  }

  /** @param {string} code */
  askCode(code) {
    const field = element("input", {
      class: "room-code-field",
      id: "code",
      value: code,
      maxlength: "12",
      autocomplete: "off",
      autocapitalize: "characters",
      spellcheck: "false",
    })
    const form = element(
      "form",
      { class: "room-form" },
      element("h1", {}, t("Join a class")),
      element("label", { for: "code" }, t("The code on the projector")),
      field,
      element("button", { class: "stage-button room-main", type: "submit" }, t("Join")),
      element("p", { class: "room-small" }, t("No account, no name. Your answers are seen by all as dots.")),
    )
    form.onsubmit = event => {
      event.preventDefault()
      this.join(field.value)
    }
    this.content.replaceChildren(form)
    field.focus()
  }

  /** @param {string} typed */
  async join(typed) {
    const code = typed.replace(/\s/g, "").toUpperCase()
    if (code.length !== LETTERS) {
      this.askCode(code)
      return this.tell(t("A code has five letters."))
    }
    try {
      await send(addressOf(code), { method: "GET" })
    } catch (error) {
      this.askCode(code)
      return this.tell(messageOf(error))
    }
    this.tell("")
    this.code = code
    const own = kept(`phone.${code}`)
    this.phone = typeof own?.phone === "string" ? own.phone : name()
    keep(`phone.${code}`, { ...own, phone: this.phone })
    this.stop = follow(
      code,
      state => this.show(state),
      away => (this.away.hidden = !away),
    )
    return undefined
  }

  /** @param {string} words */
  tell(words) {
    this.notice.textContent = words
    this.notice.hidden = words === ""
  }

  /** @param {State} state */
  show(state) {
    this.state = state
    if (this.undelivered && state.phase === "open") this.deliver()
    const what = `${state.phase} ${state.number ?? ""} ${state.texts?.join("\n") ?? ""}`
    if (state.phase === "revealed") this.outcome.show(state)
    if (what === this.shown) return
    const before = this.shown
    this.shown = what
    this.tell("")
    if (state.phase === "open" || state.phase === "locked") this.question(state, before)
    else if (state.phase === "revealed") this.revealed(state)
    else this.wait(state)
  }

  /** @param {State} state */
  wait({ phase }) {
    const words =
      phase === "ended" ? t("The class is over. Your answers are deleted.") : t("You are in. Wait for the question.")
    this.content.replaceChildren(element("h1", {}, words), ...(phase === "ended" ? [] : [this.handIn()]))
    if (phase === "ended") keep(`phone.${this.code}`, null)
  }

  /**
   * @param {State} state
   * @param {string | null} before
   */
  question({ phase, number = 0, texts = [] }, before) {
    const same = before?.split(" ").slice(1).join(" ") === `${number} ${texts.join("\n")}`
    if (!same || !this.markers) {
      this.number = number
      /** @type {(number | null)[]} */
      this.answer = this.ownAnswer(number, texts)
      this.markers = texts.map((_, k) => new Marker(labelOf(k, texts.length), value => this.put(k, value)))
      this.answer.forEach((value, k) => value !== null && this.markers?.[k].put(value))
    }
    this.status = element("p", { class: "room-status", role: "status" })
    const parts = texts.map((text, k) =>
      element(
        "section",
        { class: "room-question" },
        element("p", { class: "room-text" }, ...letter(k, texts.length), text),
        .../** @type {Marker[]} */ (this.markers).slice(k, k + 1).map(({ node }) => node),
      ),
    )
    this.content.replaceChildren(
      element("h1", {}, t("How positive is this review?")),
      ...parts,
      this.status,
      this.handIn(),
    )
    this.markers.forEach(marker => marker.enable(phase === "open"))
    this.sayWhere(phase)
  }

  /** @param {string} phase */
  sayWhere(phase) {
    if (!this.status || !this.answer) return
    const whole = this.answer.every(value => value !== null)
    this.status.textContent = whereIs(phase, whole)
  }

  /**
   * @param {number} number
   * @param {string[]} texts
   */
  ownAnswer(number, texts) {
    const own = kept(`phone.${this.code}`)
    const answer = own?.number === number && Array.isArray(own.answer) ? own.answer : []
    return texts.map((_, k) => (typeof answer[k] === "number" ? answer[k] : null))
  }

  /**
   * @param {number} place
   * @param {number} value
   */
  put(place, value) {
    if (!this.answer) return
    this.answer[place] = value
    keep(`phone.${this.code}`, { phone: this.phone, number: this.number, answer: this.answer })
    if (this.answer.some(given => given === null)) return
    if (this.status) this.status.textContent = t("Sending your answer …")
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.deliver(), REST)
  }

  // One answer is on its way at a time, so that none overtakes a newer one.
  deliver() {
    this.delivery = this.delivery.then(async () => {
      const { phone, number, answer } = this
      try {
        await send(addressOf(this.code, "answers"), { body: { phone, number, answer } })
        this.undelivered = false
        this.tell("")
        this.sayWhere(this.state?.phase ?? "open")
      } catch (error) {
        this.undelivered = error instanceof RefusedError && error.status === 0 // it goes when the server is back
        this.tell(messageOf(error))
        this.sayWhere("")
      }
    })
  }

  /** @param {State} state */
  revealed({ number = 0, texts = [] }) {
    const own = this.ownAnswer(number, texts)
    const lines = texts.map((text, k) => element("p", { class: "room-text" }, ...letter(k, texts.length), text))
    this.content.replaceChildren(
      element("h1", {}, t("What the class and the models say")),
      ...lines,
      element("p", { class: "room-status" }, mineOf(own)),
      this.outcome.node,
    )
    this.outcome.draw()
  }

  /** A review of one's own, which only the teacher sees. */
  handIn() {
    const field = element("textarea", { id: "review", rows: "2", maxlength: "300", class: "room-review" })
    const said = element("p", { class: "room-small", role: "status" })
    const form = element(
      "form",
      {},
      element("label", { for: "review" }, t("Hand in a review of your own. Only the teacher sees it.")),
      field,
      element("button", { class: "stage-button", type: "submit" }, t("Hand in")),
      said,
    )
    form.onsubmit = async event => {
      event.preventDefault()
      try {
        await send(addressOf(this.code, "reviews"), { body: { phone: this.phone, review: field.value } })
        field.value = ""
        said.textContent = t("It waits for the teacher.")
      } catch (error) {
        said.textContent = messageOf(error)
      }
    }
    return element("details", { class: "room-hand-in" }, element("summary", {}, t("Try a review of your own")), form)
  }
}

/**
 * @param {number} place
 * @param {number} count
 */
function labelOf(place, count) {
  if (count === 1) return t("How positive the review is")
  return place === 0 ? t("How positive review A is") : t("How positive review B is")
}

/**
 * Where one's answer is.
 * @param {string} phase of the question
 * @param {boolean} whole whether there is an answer
 */
function whereIs(phase, whole) {
  if (phase === "locked") {
    return whole
      ? t("Your answer is in. The teacher has closed the question.")
      : t("The teacher has closed the question.")
  }
  return phase === "open" && whole ? t("Your answer is in. You can still change it.") : ""
}

/** @param {(number | null)[]} own */
function mineOf([a, b]) {
  if (a === null || b === null) return t("You did not answer this one.")
  if (b === undefined) return t("You said {a}.", { a: percent(a) })
  return t("You said {a} for A and {b} for B.", { a: percent(a), b: percent(b) })
}

/** What this phone calls itself: random, so that it tells nothing. */
function name() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("")
}

speak(start.messages)
new Phone(/** @type {HTMLElement} */ (document.getElementById("room")))
