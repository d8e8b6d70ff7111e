// What could come next at the step of the time cursor: the likeliest words with their probabilities, each a button that goes
// on from there with this word. Words are always text nodes.
import { element, table } from "../dom.js"
import { Panel } from "./panel.js"

export class Choices extends Panel {
  async fill(panel) {
    this.holder = element("div", {
      class: "stage-scroll choices",
      tabindex: "0",
      role: "region",
      "aria-label": `Table: ${panel.title}`,
    })
    this.body.replaceChildren(this.holder)
    this.moveTo(Math.min(this.tools.now() || 1, panel.steps.length))
  }

  moveTo(step) {
    const at = Math.min(Math.max(step, 1), this.panel.steps.length)
    const { token, given, candidates, rest } = this.panel.steps[at - 1]
    const focused = this.holder.querySelector(":focus")?.dataset.word
    const rows = candidates.map(([word, p]) => [this.button(at, word, word === token), share(p), bar(p)])
    rows.push(["all other words", share(rest), bar(rest)])
    const said = given ? `“${token}” was given` : `“${token}” was drawn`
    this.holder.replaceChildren(
      table(`What could stand at place ${at}; ${said}`, ["Word", "Probability", "As a bar"], rows),
    )
    if (focused) this.holder.querySelector(`[data-word="${CSS.escape(focused)}"]`)?.focus()
  }

  button(at, word, drawn) {
    const button = element(
      "button",
      { type: "button", class: "stage-button", "data-word": word, "aria-pressed": String(drawn) },
      word,
    )
    button.onclick = () => this.tools.ask({ place: at, word })
    return button
  }
}

function share(p) {
  return p >= 0.0995 ? `${(100 * p).toFixed(0)} %` : `${(100 * p).toFixed(1)} %`
}

function bar(part) {
  const filled = element("span", { style: `width: ${(100 * part).toFixed(1)}%` })
  return element("span", { class: "stage-bar stage-bar-a", "aria-hidden": "true" }, filled)
}
