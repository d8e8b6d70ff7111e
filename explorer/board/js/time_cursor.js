// The time cursor: play, pause, drag, arrow keys. It knows the step; others follow.
import { button, element } from "./dom.js"

const LONGEST = 12_000 // milliseconds of a whole run at most
const EACH = 700 // milliseconds of a step at most

export class TimeCursor {
  /** @param {(step: number) => void} onMove gets the step, counted from 1 */
  constructor(onMove) {
    this.onMove = onMove
    this.steps = 0
    this.step = 0
    /** @type {ReturnType<typeof setInterval> | null} */
    this.timer = null
    this.button = button("Play", {}, () => (this.timer ? this.pause() : this.play()))
    this.slider = element("input", { type: "range", min: 1, max: 1, step: 1, value: 1, "aria-label": "Timestep" })
    this.output = element("span", { class: "stage-now-read" })
    const attributes = { class: "stage-player", role: "group", "aria-label": "Time cursor" }
    this.node = element("div", attributes, this.button, this.slider, this.output)
    this.slider.oninput = () => {
      this.pause()
      this.set(Number(this.slider.value))
    }
  }

  /**
   * As one types the cursor stays at the end if it was there, and where it was if one had moved it.
   * @param {number} steps
   */
  reach(steps) {
    const atEnd = this.step === this.steps
    this.steps = steps
    this.slider.max = String(Math.max(steps, 1))
    this.set(atEnd ? steps : Math.min(this.step, steps))
  }

  /** @param {number} step */
  set(step) {
    this.step = step
    this.slider.value = String(step)
    this.onMove(step)
  }

  play() {
    if (this.step >= this.steps) this.set(1)
    this.button.textContent = "Pause"
    const next = () => (this.step >= this.steps ? this.pause() : this.set(this.step + 1))
    this.timer = setInterval(next, Math.max(30, Math.min(EACH, LONGEST / this.steps)))
  }

  pause() {
    if (this.timer) clearInterval(this.timer)
    this.timer = null
    this.button.textContent = "Play"
  }

  /**
   * @param {number} step
   * @param {string[]} readouts what each phrase says at this step
   */
  tell(step, readouts) {
    const text = `Step ${step} of ${this.steps}: ${readouts.join("; ")}`
    this.output.textContent = text
    this.slider.setAttribute("aria-valuetext", text)
  }
}
