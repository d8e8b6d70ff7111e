// What a page and the bar above it tell each other; there is nothing to see here.
/** @import { BarBoard } from "../payloads.js" */
/** @import { Component } from "../component.js" */
import { connect, disconnect } from "../shell/bridge.js"

/** @param {Component<BarBoard>} component */
export function show(component) {
  const root = component.parentElement.querySelector(".stage")
  connect(component)
  if (!(root instanceof HTMLElement)) return
  root.hidden = true
  root.dataset.drawn = "1"
}

/** @param {Component<BarBoard>} component */
export function leave(component) {
  disconnect(component)
}
