// The button that asks the server for a spreadsheet, and what came of it.
/** @import { SpreadsheetFile } from "../payloads.js" */
import { button, element, save } from "../dom.js"
import { t } from "../messages.js"

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

export class Spreadsheet {
  /** @param {() => void} onAsk */
  constructor(onAsk) {
    const title = t("Download as a spreadsheet with working formulas")
    this.button = button(
      t("Spreadsheet"),
      { "aria-label": t("Spreadsheet: download with working formulas"), title },
      onAsk,
    )
    this.status = element("span", { role: "status", class: "stage-small" })
    /** @type {number | null} of the request that waits for its answer */
    this.number = null
  }

  /** @param {number} number of the request */
  wait(number) {
    this.number = number
    this.status.textContent = t("The spreadsheet is being made.")
  }

  /**
   * Each request is answered once; what another one got is left alone.
   * @param {SpreadsheetFile | null} file
   */
  take(file) {
    if (!file || file.number === null || file.number !== this.number) return
    this.number = null
    this.status.textContent = file.trouble ?? t("Saved, with the weights as they were when you asked.")
    if (!file.data) return
    const bytes = Uint8Array.from(atob(file.data), character => character.charCodeAt(0))
    save("by-hand.xlsx", bytes, XLSX)
  }
}
