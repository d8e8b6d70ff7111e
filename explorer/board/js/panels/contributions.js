// What each unit says for the verdict at the step of the time cursor: readout weight times activation; the parts sum to the log-odds.
import { unpack } from "./chart.js"
import { csv, element, save, table, shortened } from "../dom.js"
import { Panel } from "./panel.js"

const SHOWN = 6 // units on each side

export class Parts extends Panel {
  async fill(panel) {
    const {
      flat,
      shape: [steps, units],
    } = unpack(panel.parts)
    Object.assign(this, { flat, steps, units })
    this.holder = element("div", {
      class: "stage-scroll",
      tabindex: "0",
      role: "region",
      "aria-label": `Table: ${panel.title}`,
    })
    this.save = element("button", { type: "button", class: "stage-button" }, "Download all units as CSV")
    this.save.onclick = () => this.download()
    this.body.replaceChildren(this.holder, element("p", {}, this.save))
    this.moveTo(Math.min(this.tools.now() || 1, steps))
  }

  // Units from what speaks most for positive to what speaks most against it.
  at(step) {
    const start = (step - 1) * this.units
    const parts = Array.from(this.flat.subarray(start, start + this.units), (part, unit) => ({ unit, part }))
    return parts.sort((one, other) => other.part - one.part || one.unit - other.unit)
  }

  moveTo(step) {
    this.step = Math.min(Math.max(step, 1), this.steps)
    const parts = this.at(this.step)
    const { bias, logit, tokens, belief } = this.panel
    const middle = parts.slice(SHOWN, -SHOWN)
    const rest = middle.reduce((sum, { part }) => sum + part, 0)
    const most = Math.max(...parts.map(({ part }) => Math.abs(part)), Math.abs(bias), 1e-9)
    const rows = [
      ...parts.slice(0, SHOWN).map(one => this.row(one, most)),
      ...(middle.length ? [[`the ${middle.length} units between`, number(rest), ""]] : []),
      ...parts.slice(-SHOWN).map(one => this.row(one, most)),
      ["bias b", number(bias), ""],
      [
        "sum: log-odds",
        number(logit[this.step - 1]),
        `σ(${number(logit[this.step - 1])}) = ${belief[this.step - 1].toFixed(3)}`,
      ],
    ]
    const caption = `After step ${this.step}, “${shortened(tokens[this.step - 1])}”`
    const scrolled = this.holder.querySelector(":focus")
    this.holder.replaceChildren(table(caption, ["Unit", "Its part of the log-odds", "Against 0 … for positive"], rows))
    if (scrolled?.dataset.unit) this.holder.querySelector(`[data-unit="${scrolled.dataset.unit}"]`)?.focus()
  }

  row({ unit, part }, most) {
    const chosen = unit === this.panel.unit
    const button = element(
      "button",
      { type: "button", class: "stage-button parts-unit", "data-unit": unit, "aria-pressed": String(chosen) },
      `unit ${unit}`,
    )
    button.onclick = () => this.tools.ask({ unit })
    const share = `${(50 * Math.abs(part)) / most}%`
    const bar = element("span", {
      class: `parts-bar ${part < 0 ? "parts-against" : "parts-for"}`,
      style: `width: ${share}`,
    })
    return [button, number(part), element("span", { class: "parts-track", "aria-hidden": "true" }, bar)]
  }

  download() {
    const columns = [
      "step",
      "word",
      ...Array.from({ length: this.units }, (_, unit) => `unit ${unit}`),
      "bias",
      "log-odds",
    ]
    const rows = Array.from({ length: this.steps }, (_, t) => [
      t + 1,
      this.panel.tokens[t],
      ...Array.from(this.flat.subarray(t * this.units, (t + 1) * this.units), part => part.toFixed(6)),
      this.panel.bias.toFixed(6),
      this.panel.logit[t].toFixed(6),
    ])
    save("parts.csv", csv([columns, ...rows]), "text/csv")
  }
}

function number(value) {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`
}
