// The numbers behind a picture: a table in a box that scrolls, with a button that downloads all of it. Words are text
// nodes.
/** @import { Cell, Table } from "./payloads.js" */
import { csv } from "./csv.js"
import { button, element, save, scrollBox, table } from "./dom.js"
import { link } from "./links.js"

const SEEN = 14 // rows that are seen without scrolling
const LONG = 24 // letters; longer cells may break

export class DataTable {
  /**
   * @param {string} file name of the download
   * @param {string} label of its button
   */
  constructor(file, label = "Download as CSV") {
    this.button = button(label, {}, () => this.download())
    this.label = label
    this.file = file
    this.holder = scrollBox("Table", "stage-rows")
    this.more = element("span", { class: "stage-small" })
    this.node = element("div", {}, this.holder, element("p", {}, this.button, this.more))
    // What the download holds: the rows that are shown, unless it is set otherwise.
    /** @type {() => (string | number)[][]} */
    this.records = () => []
  }

  /**
   * A table of the server's; `title` says what it is of.
   * @param {string} title
   * @param {Table} given
   * @param {number} most rows in the page; the download has them all
   */
  draw(title, { columns, rows }, most = Infinity) {
    this.records = () => [columns, ...rows.map(row => row.map(textOf))]
    const cells = rows.slice(0, most).map(row => row.map(drawn))
    this.show(title, columns, cells, { count: rows.length })
  }

  /**
   * Nodes or words as they are to be shown.
   * @param {string} title
   * @param {string[]} columns
   * @param {(Node | string)[][]} rows
   * @param {{ caption?: string, count?: number }} more `count`: of all rows, where some are left out
   */
  show(title, columns, rows, { caption = title, count = rows.length } = {}) {
    const cut = count > rows.length ? ` (the first ${rows.length} of ${count} rows)` : ""
    this.name(title)
    this.holder.replaceChildren(table(caption + cut, columns, rows))
    this.more.textContent = count > SEEN ? ` ${count} rows in all` : ""
  }

  /**
   * A page has several tables, so the button and the box say of what they are.
   * @param {string} title
   */
  name(title) {
    this.button.setAttribute("aria-label", `${this.label}: ${title}`)
    this.holder.setAttribute("aria-label", `Table: ${title}`)
  }

  download() {
    save(this.file, csv(this.records()), "text/csv")
  }
}

/**
 * A table of the server's, drawn once.
 * @param {{ id: string, title: string }} named
 * @param {Table} given
 */
export function dataTable({ id, title }, given) {
  const drawnTable = new DataTable(`${id}.csv`)
  drawnTable.draw(title, given)
  return drawnTable.node
}

/**
 * What opens to show the numbers behind a picture.
 * @param {...Node} nodes
 */
export function folded(...nodes) {
  return element("details", {}, element("summary", {}, "The numbers as a table"), ...nodes)
}

/** @param {Cell} cell */
function textOf(cell) {
  return typeof cell === "string" ? cell : cell.text
}

/**
 * @param {Cell} cell
 * @returns {HTMLElement}
 */
function drawn(cell) {
  if (typeof cell === "string") return element("span", { class: cell.length > LONG ? "stage-long" : "" }, cell)
  return link(cell.text, cell.href, cell.asked, { title: "Open in Compare", class: "stage-link stage-long" })
}
