// Time that passes when a test says so; the timers of node's own test runner differ between its versions.

/** @typedef {{ at: number, run: () => void }} Timer */

/**
 * Runs `test` with setTimeout and clearTimeout replaced; `pass(milliseconds)` lets time pass.
 * @param {(pass: (milliseconds: number) => void) => void} test
 */
export function withClock(test) {
  const { setTimeout: setReal, clearTimeout: clearReal } = globalThis
  /** @type {Map<number, Timer>} */
  const timers = new Map()
  let now = 0
  let last = 0
  const fake = {
    /**
     * @param {() => void} run
     * @param {number} delay
     */
    setTimeout(run, delay) {
      timers.set(++last, { at: now + delay, run })
      return last
    },
    /** @param {number} timer */
    clearTimeout(timer) {
      timers.delete(timer)
    },
  }
  Object.assign(globalThis, fake)
  try {
    test(milliseconds => {
      now += milliseconds
      for (const [timer, { at, run }] of [...timers]) {
        if (at > now || !timers.delete(timer)) continue
        run()
      }
    })
  } finally {
    Object.assign(globalThis, { setTimeout: setReal, clearTimeout: clearReal })
  }
}
