// How a component of Streamlit becomes something that stays: one board for each place on the page.

/**
 * @template Data
 * @typedef {{ receive(data: Data): Promise<void>, close(): void, ask: (event: unknown) => void }} Staying
 */

/**
 * @template Data
 * @typedef {{ data: Data, parentElement: HTMLElement, setTriggerValue(name: string, value: unknown): void }} Component
 */

/**
 * The functions that the server's component calls; `ask` of a board tells the server.
 * @template Data
 * @param {new (root: HTMLElement) => Staying<Data>} BoardClass
 */
export function mounted(BoardClass) {
  /** @type {WeakMap<HTMLElement, Staying<Data>>} */
  const boards = new WeakMap()
  return {
    /** @param {Component<Data>} component */
    show(component) {
      const root = rootOf(component)
      if (!root) return undefined
      const board = boards.get(root) ?? new BoardClass(root)
      boards.set(root, board)
      board.ask = event => component.setTriggerValue("asked", event)
      return board.receive(component.data)
    },
    /** @param {Component<Data>} component */
    leave(component) {
      const root = rootOf(component)
      if (!root) return
      boards.get(root)?.close()
      boards.delete(root)
    },
  }
}

/**
 * @param {Component<unknown>} component
 * @returns {HTMLElement | null}
 */
function rootOf(component) {
  return component.parentElement.querySelector(".stage")
}

/**
 * Answers can come faster than they are drawn: one is drawn at a time, and of those that wait only the newest.
 * @template Data
 * @param {(data: Data) => Promise<void>} draw
 * @returns {(data: Data) => Promise<void>}
 */
export function latest(draw) {
  /** @type {{ data: Data } | null} */
  let waiting = null
  let drawing = false
  return async data => {
    waiting = { data }
    if (drawing) return
    drawing = true
    try {
      while (waiting) {
        /** @type {{ data: Data }} */
        const next = waiting
        waiting = null
        await draw(next.data)
      }
    } finally {
      drawing = false
    }
  }
}
