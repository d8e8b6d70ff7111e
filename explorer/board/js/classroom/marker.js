// A marker that one drags from "negative" to "positive": how likely one thinks a text is positive.
import { percent } from "../duel/numbers.js"
import { element } from "../dom.js"
import { t } from "../messages.js"

export class Marker {
  /**
   * @param {string} label
   * @param {(value: number) => void} onChange 0…1, at rest
   */
  constructor(label, onChange) {
    this.range = element("input", {
      type: "range",
      class: "room-range",
      min: "0",
      max: "100",
      step: "1",
      value: "50",
      "aria-label": label,
    })
    this.value = element("output", { class: "room-value" }, t("Drag the marker, or tap the line."))
    const ends = element(
      "span",
      { class: "room-ends", "aria-hidden": "true" },
      element("span", {}, t("negative")),
      element("span", {}, t("can’t say")),
      element("span", {}, t("positive")),
    )
    this.range.oninput = () => this.tell()
    // a tap in the middle changes nothing of the value, but it is an answer
    this.range.onchange = this.range.onclick = () => onChange(Number(this.range.value) / 100)
    this.node = element("div", { class: "room-marker" }, this.range, ends, this.value)
  }

  tell() {
    const probability = Number(this.range.value) / 100
    this.value.textContent = t("You say {percent} positive.", { percent: percent(probability) })
    this.range.setAttribute("aria-valuetext", this.value.textContent)
    this.node.classList.add("room-answered")
  }

  /** @param {number} value 0…1 */
  put(value) {
    this.range.value = String(Math.round(100 * value))
    this.tell()
  }

  /** @param {boolean} enabled */
  enable(enabled) {
    this.range.disabled = !enabled
  }
}
