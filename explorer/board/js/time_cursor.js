// The time cursor: play, pause, drag, arrow keys. It knows the step; others follow.
import { element } from "./dom.js"

const LONGEST = 12_000,
  EACH = 700 // milliseconds: of a whole run at most, of a step at most

export class Player {
  constructor(onMove) {
    this.onMove = onMove
    this.steps = this.step = 0
    this.button = element("button", { type: "button", class: "stage-button" }, "Play")
    this.slider = element("input", { type: "range", min: 1, max: 1, step: 1, value: 1, "aria-label": "Timestep" })
    this.output = element("span", { class: "stage-now-read" })
    this.node = element(
      "div",
      { class: "stage-player", role: "group", "aria-label": "Time cursor" },
      this.button,
      this.slider,
      this.output,
    )
    this.button.onclick = () => (this.timer ? this.pause() : this.play())
    this.slider.oninput = () => {
      this.pause()
      this.set(Number(this.slider.value))
    }
  }

  // As one types the cursor stays at the end if it was there, and where it was if one had moved it.
  reach(steps) {
    const atEnd = this.step === this.steps
    this.steps = steps
    this.slider.max = Math.max(steps, 1)
    this.set(atEnd ? steps : Math.min(this.step, steps))
  }

  set(step) {
    this.step = step
    this.slider.value = step
    this.onMove(step)
  }

  play() {
    if (this.step >= this.steps) this.set(1)
    this.button.textContent = "Pause"
    this.timer = setInterval(
      () => {
        if (this.step >= this.steps) this.pause()
        else this.set(this.step + 1)
      },
      Math.max(30, Math.min(EACH, LONGEST / this.steps)),
    )
  }

  pause() {
    clearInterval(this.timer)
    this.timer = null
    this.button.textContent = "Play"
  }

  say(step, readouts) {
    const text = `Step ${step} of ${this.steps}: ${readouts.join("; ")}`
    this.output.textContent = text
    this.slider.setAttribute("aria-valuetext", text)
  }
}
