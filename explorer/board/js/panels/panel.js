// A part of a board: a heading, what is drawn, and a sentence below it. Kinds of panels fill `body`.
/** @import { MovedSliders, PanelEvent } from "../payloads.js" */
/** @import { Picture } from "../shell/pictures.js" */
/** @import { Theme } from "../theme.js" */
import { element } from "../dom.js"
import { typeset } from "../text.js"

/**
 * What a board lends its panels.
 * @typedef {object} Tools
 * @property {(step: number) => void} onStep moves the time cursor
 * @property {(unit: number) => void} onUnit a row of a heatmap was clicked
 * @property {(event: PanelEvent) => void} ask asks the server
 * @property {() => number} now where the time cursor stands; 0 before it was set
 * @property {MovedSliders} moved where the sliders of all panels stand that were moved
 */

/** @template {{ title: string, sentence?: string }} Data */
export class Panel {
  pictured = true // it has something to look at, which can be presented and saved

  /**
   * @param {string} id
   * @param {Tools} tools
   */
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
    /** @type {Data | undefined} */
    this.data = undefined
    /** @type {Theme | undefined} */
    this.theme = undefined
  }

  /**
   * @param {Data} data
   * @param {Theme} theme
   */
  async draw(data, theme) {
    this.data = data
    this.theme = theme
    this.title.textContent = data.title
    this.sentence.textContent = typeset(data.sentence ?? "")
    this.sentence.hidden = !data.sentence
    await this.fill(data, theme)
  }

  /**
   * Kinds draw themselves here.
   * @param {Data} _data
   * @param {Theme} _theme
   * @returns {Promise<void>}
   */
  async fill(_data, _theme) {}

  /**
   * The time cursor stands at this step, counted from 1.
   * @param {number} _step
   */
  moveTo(_step) {}

  /**
   * What a screen reader is told of a step that no phrase stands for; "" for nothing.
   * @param {number} _step
   * @returns {string}
   */
  readout(_step) {
    return ""
  }

  /**
   * What of it can be presented and saved.
   * @param {string} title
   * @returns {Picture[]}
   */
  pictures(title) {
    return this.pictured ? [{ id: this.id, title, node: this.node }] : []
  }

  /**
   * Its picture is the page's main one, or is not.
   * @param {boolean} main
   */
  mark(main) {
    if (main) this.body.dataset.picture = "main"
    else delete this.body.dataset.picture
  }

  /**
   * The page is wider or narrower than before.
   * @param {number} _width in pixels
   */
  fit(_width) {}

  close() {}
}
