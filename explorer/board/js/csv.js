// Tables as text that spreadsheets read.

const FORMULA = /^[=+\-@\t\r]/
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i

/**
 * Rows as CSV. A cell that a spreadsheet would take for a formula gets an apostrophe: of what begins with a sign, a
 * plain finite number alone is left as it is.
 * @param {(string | number)[][]} rows
 */
export function csv(rows) {
  return rows.map(row => `${row.map(cell).join(",")}\n`).join("")
}

/** @param {string | number} value */
function cell(value) {
  const text = String(value)
  const plain = NUMBER.test(text) && Number.isFinite(Number(text))
  const guarded = FORMULA.test(text) && !plain ? `'${text}` : text
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
