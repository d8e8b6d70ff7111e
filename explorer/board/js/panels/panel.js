// A part of a board: a heading, what is drawn, and a sentence below it. Kinds of panels fill `body`.
import { element, typeset } from "../dom.js"

export class Panel {
  // `tools`: onStep(step) moves the time cursor, ask(value) asks the server, now() tells the time cursor, slid the sliders.
  constructor(id, tools) {
    this.id = id
    this.tools = tools
    this.title = element("h2", { id: `panel-title-${id}` })
    this.body = element("div")
    this.sentence = element("p", { class: "stage-sentence" })
    this.node = element(
      "section",
      { class: "stage-chart", "aria-labelledby": this.title.id, "data-testid": `panel-${id}` },
      this.title,
      this.body,
      this.sentence,
    )
  }

  async draw(panel, look) {
    this.panel = panel
    this.look = look
    this.title.textContent = panel.title
    this.sentence.textContent = typeset(panel.sentence ?? "")
    this.sentence.hidden = !panel.sentence
    await this.fill(panel, look)
  }

  // Kinds draw themselves here.
  async fill() {}

  // The time cursor stands at this step, counted from 1.
  moveTo() {}

  fit() {}

  close() {}
}
