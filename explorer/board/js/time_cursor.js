// A board's place in time: it follows the page's one player, up to its own last step, and says what it shows there.
import { element } from "./dom.js"
import { t } from "./messages.js"
import { player } from "./player.js"

/** @type {Set<TimeCursor>} of all boards on the page */
const cursors = new Set()

export class TimeCursor {
  /** @param {(step: number) => void} onMove gets the step, counted from 1 */
  constructor(onMove) {
    this.onMove = onMove
    this.steps = 0
    this.step = 0
    this.node = element("p", { class: "stage-now-read" })
    this.unfollow = player.follow(() => this.catchUp())
    cursors.add(this)
  }

  /**
   * As one types the cursor stays at the end if it was there, and where it was if one had moved it.
   * @param {number} steps
   */
  reach(steps) {
    this.steps = steps
    this.step = -1 // what is shown at the step is new, wherever it is
    player.reach(Math.max(...[...cursors].map(cursor => cursor.steps)))
  }

  /** @param {number} step */
  set(step) {
    player.set(step)
  }

  pause() {
    player.pause()
  }

  catchUp() {
    const step = Math.min(player.step, this.steps)
    if (step !== this.step) this.show(step)
  }

  /** @param {number} step */
  show(step) {
    this.step = step
    this.onMove(step)
  }

  /**
   * @param {number} step
   * @param {string[]} readouts what each phrase says at this step
   */
  tell(step, readouts) {
    const place = t("Step {step} of {steps}", { step, steps: this.steps })
    const text = readouts.length ? `${place}: ${readouts.join("; ")}` : place
    this.node.textContent = text
    player.say(text)
  }

  close() {
    cursors.delete(this)
    this.unfollow()
    player.stop()
    if (cursors.size) player.reach(Math.max(...[...cursors].map(cursor => cursor.steps)))
  }
}
