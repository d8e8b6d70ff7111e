// How a component of Streamlit becomes something that stays: one thing for each place on the page.

// The functions that the server's component calls. `Kind` is made for a place, and has `receive(data)` and `close()`; its
// `ask(value)` tells the server.
export function mounted(Kind) {
  const kept = new WeakMap()
  return {
    show(component) {
      const root = component.parentElement.querySelector(".stage")
      if (!root) return
      if (!kept.has(root)) kept.set(root, new Kind(root))
      const one = kept.get(root)
      one.ask = value => component.setTriggerValue("asked", value)
      return one.receive(component.data)
    },
    leave(component) {
      const root = component.parentElement.querySelector(".stage")
      kept.get(root)?.close()
      kept.delete(root)
    },
  }
}

// Answers can come faster than they are drawn: one is drawn at a time, and of those that wait only the newest.
export function latest(draw) {
  let waiting = null,
    drawing = false
  return async data => {
    waiting = data
    if (drawing) return
    drawing = true
    try {
      while (waiting) {
        const next = waiting
        waiting = null
        await draw(next)
      }
    } finally {
      drawing = false
    }
  }
}
