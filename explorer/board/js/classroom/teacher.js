// The teacher's page, for the projector: the code to join, the question, how many have answered, and what all say.
/** @import { State } from "./room.js" */
import { button, element, save } from "../dom.js"
import { speak, t } from "../messages.js"
import { image } from "../shell/qr.js"
import { reach } from "../shell/reach.js"
import { base, start } from "../shell/start.js"
import { letter } from "./letter.js"
import { Outcome } from "./outcome.js"
import { addressOf, follow, keep, kept, messageOf, send } from "./room.js"

const KEPT = "class"

class Teacher {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    /** @type {{ code: string, secret: string } | null} */
    this.own = null
    this.away = element("p", { class: "room-away", role: "status", hidden: true }, t("Waiting for the explorer…"))
    this.notice = element("p", { class: "room-notice", role: "alert", hidden: true })
    this.question = element("div", { class: "room-asked", "aria-live": "polite" })
    this.count = element("p", { class: "room-count", role: "status" })
    this.reviews = element("ul", { class: "room-reviews" })
    this.outcome = new Outcome(start.models)
    this.listed = 0 // how many reviews stand in the list
    this.phase = "waiting"
    this.number = 0
    this.questions = 0
    const asked = new URLSearchParams(location.search)
    this.fields = ["A", "B"].map((name, k) =>
      element("textarea", {
        rows: "1",
        class: "room-field",
        "aria-label": k ? t("Sentence B, may stay empty") : t("Sentence A"),
        placeholder: k ? t("a second sentence, if you like") : t("Type a review to ask about"),
        maxlength: "2000",
        name,
      }),
    )
    this.fields.forEach((field, k) => (field.value = asked.get("ab"[k]) ?? ""))
    this.buttons = this.controls()
    const before = kept(KEPT)
    if (typeof before?.code === "string" && typeof before?.secret === "string") this.resume(before)
    else this.offer()
  }

  controls() {
    return {
      ask: button(t("Ask the class"), { class: "stage-button room-main" }, () => this.ask()),
      lock: button(t("Lock"), {}, () => this.steer(this.phase === "locked" ? "open" : "lock")),
      reveal: button(t("Reveal"), { class: "stage-button room-main" }, () => this.steer("reveal")),
      clear: button(t("Clear answers"), {}, () => this.steer("clear")),
      back: button(t("Back"), {}, () => this.send({ do: "show", number: this.number - 1 })),
      next: button(t("Next"), {}, () => this.send({ do: "show", number: this.number + 1 })),
      download: button(t("Answers as CSV"), {}, () => this.download()),
      end: button(t("End the class"), {}, () => this.askEnd()),
    }
  }

  /** Before there is a class. */
  offer() {
    this.root.replaceChildren(
      element(
        "div",
        { class: "room-form" },
        element("h1", {}, t("Ask your class")),
        element(
          "p",
          {},
          t(
            "Phones on your network join with a code. Each student guesses how positive a review is. Then you reveal what the class and the models say.",
          ),
        ),
        button(t("Start a class"), { class: "stage-button room-main" }, () => this.begin()),
        element(
          "p",
          { class: "room-small" },
          t("No accounts, no names. The answers are deleted when you end the class."),
        ),
        element("a", { href: base }, t("Back to the explorer")),
        this.notice,
      ),
    )
  }

  async begin() {
    try {
      const answer = await send(new URL("class", base))
      this.resume(await answer.json())
    } catch (error) {
      this.tell(messageOf(error))
    }
  }

  /** @param {{ code: string, secret: string }} own */
  resume(own) {
    this.own = own
    keep(KEPT, own)
    this.draw(own.code)
    this.stop = follow(
      own.code,
      state => this.show(state),
      away => this.lost(away),
    )
  }

  /** @param {boolean} away */
  async lost(away) {
    this.away.hidden = !away
    if (!away || !this.own) return
    try {
      await send(addressOf(this.own.code), { method: "GET" })
    } catch (error) {
      if (error instanceof Error && "status" in error && error.status === 404) this.over()
    }
  }

  over() {
    this.stop?.()
    this.own = null
    this.root.classList.remove("room-waiting")
    keep(KEPT, null)
    this.offer()
    this.tell(t("The class is over. Its answers are deleted."))
  }

  /** @param {string} code */
  draw(code) {
    const here = reach(new URL(`join/${code}`, base).href, start.share)
    const link = here.link ?? ""
    const picture = element("div", { class: "room-qr" })
    drawCode(picture, link)
    const { ask, lock, reveal, clear, back, next, download, end } = this.buttons
    const join = element(
      "aside",
      { class: "room-join", "aria-label": t("How to join") },
      element("p", { class: "room-small" }, t("Join at")),
      element("p", { class: "room-address" }, link.replace(/^https?:\/\//, "").replace(`/${code}`, "")),
      element("p", { class: "room-small" }, t("with the code")),
      element("p", { class: "room-code" }, code),
      picture,
      element(
        "p",
        { class: "room-small" },
        here.note,
        ...(here.command ? [" ", element("code", {}, here.command)] : []),
      ),
      element(
        "p",
        { class: "room-small" },
        t(
          "If phones cannot open it, the Wi-Fi keeps devices apart. Open a hotspot on your laptop or phone, and join that.",
        ),
      ),
    )
    const form = element("div", { class: "room-ask" }, ...this.fields, ask)
    const steering = element("div", { class: "room-steering" }, lock, reveal, clear, back, next, download, end)
    this.root.replaceChildren(
      element(
        "div",
        { class: "room-teacher" },
        element(
          "div",
          {},
          this.away,
          element("h1", { class: "room-title" }, t("How positive is it?")),
          this.question,
          this.count,
          this.outcome.node,
          steering,
          this.notice,
          form,
          this.reviews,
        ),
        join,
      ),
    )
  }

  /** @param {string} words */
  tell(words) {
    this.notice.textContent = words
    this.notice.hidden = words === ""
  }

  /** @param {State} state */
  show(state) {
    if (state.phase === "ended") return this.over()
    this.phase = state.phase
    const { phase, texts = [], answered = 0, number = 0, questions = 0 } = state
    Object.assign(this, { number, questions })
    const lines = texts.map((text, k) => element("p", { class: "room-text" }, ...letter(k, texts.length), text))
    const words = lines.length ? lines : [element("p", { class: "room-quiet" }, t("Type a sentence below and ask."))]
    if (this.question.textContent !== words.map(({ textContent }) => textContent).join("")) {
      this.question.replaceChildren(...words)
    }
    this.root.classList.toggle("room-waiting", phase === "waiting")
    this.count.textContent = this.countOf(phase, answered, number, questions)
    this.outcome.node.hidden = phase !== "revealed"
    if (phase === "revealed") this.outcome.show(state)
    const { lock, reveal, clear, back, next, download } = this.buttons
    lock.textContent = phase === "locked" ? t("Unlock") : t("Lock")
    lock.disabled = phase === "waiting" || phase === "revealed"
    reveal.disabled = phase === "waiting" || phase === "revealed"
    clear.disabled = phase === "waiting"
    back.disabled = number <= 1
    next.disabled = number >= questions
    download.disabled = questions === 0
    this.listReviews(state.reviews ?? 0)
    return undefined
  }

  /**
   * @param {string} phase
   * @param {number} answered
   * @param {number} number
   * @param {number} questions
   */
  countOf(phase, answered, number, questions) {
    if (phase === "waiting") return t("Phones wait for your first question.")
    const values = { answered, number, questions }
    if (phase === "locked") return t("Question {number} of {questions}. Answers: {answered}. Closed.", values)
    return t("Question {number} of {questions}. Answers: {answered}.", values)
  }

  async ask() {
    const texts = this.fields.map(({ value }) => value).filter(text => text.trim())
    const taken = await this.send({ do: "ask", number: this.questions + 1, texts })
    if (taken) this.fields.forEach(field => (field.value = ""))
  }

  /** @param {string} what */
  steer(what) {
    return this.send({ do: what })
  }

  /**
   * @param {object} body
   * @returns {Promise<boolean>} whether it was taken
   */
  async send(body) {
    if (!this.own) return false
    try {
      await send(addressOf(this.own.code), { body, secret: this.own.secret })
      this.tell("")
      return true
    } catch (error) {
      this.tell(messageOf(error))
      return false
    }
  }

  askEnd() {
    if (confirm(t("End the class? All answers are deleted. Download them first if you want to keep them."))) {
      this.steer("end")
    }
  }

  async download() {
    if (!this.own) return
    try {
      const { code, secret } = this.own
      const answer = await send(addressOf(code, "answers"), { method: "GET", secret })
      save("class-answers.csv", await answer.text(), "text/csv")
    } catch (error) {
      this.tell(messageOf(error))
    }
  }

  /** @param {number} count */
  async listReviews(count) {
    if (count === this.listed || !this.own) return
    this.listed = count
    const { code, secret } = this.own
    /** @type {{ number: number, review: string }[]} */
    const found = count
      ? await send(addressOf(code, "reviews"), { method: "GET", secret })
          .then(answer => answer.json())
          .catch(() => [])
      : []
    this.reviews.replaceChildren(...(found.length ? [this.reviewsFold(found)] : []))
  }

  /**
   * Folded, so that nothing stands on the projector that the teacher has not chosen.
   * @param {{ number: number, review: string }[]} found
   */
  reviewsFold(found) {
    const items = found.map(({ number, review }) =>
      element(
        "li",
        {},
        element("span", { class: "room-text-small" }, review),
        button(t("Take as A"), {}, () => (this.fields[0].value = review)),
        button(t("Take as B"), {}, () => (this.fields[1].value = review)),
        button(t("Remove"), {}, () => this.send({ do: "remove", review: number })),
      ),
    )
    const summary = element("summary", {}, t("Reviews handed in: {count}", { count: found.length }))
    return element("details", {}, summary, element("ul", {}, ...items))
  }
}

/**
 * @param {HTMLElement} place
 * @param {string} link
 */
async function drawCode(place, link) {
  try {
    const answer = await send(new URL("qr", base), { body: { text: link } })
    place.replaceChildren(await image(await answer.text()))
  } catch {
    place.textContent = t("The code could not be drawn. Type the address above.")
  }
}

speak(start.messages)
new Teacher(/** @type {HTMLElement} */ (document.getElementById("room")))
