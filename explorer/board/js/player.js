// The one player of the page: which step is shown, and whether it moves by itself. The bar draws its buttons; pictures
// follow it. Steps are counted from 1.

const LONGEST = 12_000 // milliseconds of a whole run at most
const EACH = 700 // milliseconds of a step at most

export class Player {
  constructor() {
    this.steps = 0
    this.step = 0
    this.text = "" // what the pictures say of this step
    /** @type {ReturnType<typeof setInterval> | null} */
    this.timer = null
    /** @type {Set<(player: Player) => void>} */
    this.followers = new Set()
  }

  get playing() {
    return this.timer !== null
  }

  /**
   * @param {(player: Player) => void} follower is called after each change
   * @returns {() => void} stops following
   */
  follow(follower) {
    this.followers.add(follower)
    return () => this.followers.delete(follower)
  }

  /**
   * As one types the player stays at the end if it was there, and where it was if one had moved it.
   * @param {number} steps
   */
  reach(steps) {
    const atEnd = this.step === this.steps
    this.steps = steps
    this.move(atEnd ? steps : Math.min(this.step, steps))
  }

  /**
   * The visitor chose a step: nothing moves by itself any more.
   * @param {number} step
   */
  set(step) {
    this.stop()
    this.move(step)
  }

  play() {
    if (this.playing || this.steps === 0) return
    if (this.step >= this.steps) this.move(1)
    const next = () => (this.step >= this.steps ? this.pause() : this.move(this.step + 1))
    this.timer = setInterval(next, Math.max(30, Math.min(EACH, LONGEST / this.steps)))
    this.tell()
  }

  pause() {
    this.stop()
    this.tell()
  }

  /**
   * What the pictures say of the step, for the bar and for screen readers.
   * @param {string} text
   */
  say(text) {
    if (text === this.text) return
    this.text = text
    this.tell()
  }

  stop() {
    if (this.timer !== null) clearInterval(this.timer)
    this.timer = null
  }

  /** @param {number} step */
  move(step) {
    this.step = Math.max(Math.min(step, this.steps), Math.min(1, this.steps))
    this.tell()
  }

  tell() {
    this.followers.forEach(follower => follower(this))
  }
}

export const player = new Player()
