// A table of a report with its download. Words are always text nodes.
import { csv, element, save, table } from "./dom.js"
import { link } from "./links.js"

export function folded(numbers) {
  return element("details", {}, element("summary", {}, "The numbers as a table"), ...numbers)
}

export function tabulated({ id, title, table: { columns, rows } }) {
  const button = element("button", { type: "button", class: "stage-button" }, "Download as CSV")
  button.setAttribute("aria-label", `Download as CSV: ${title}`)
  button.onclick = () => save(`${id}.csv`, csv([columns, ...rows.map(row => row.map(textOf))]), "text/csv")
  const holder = element(
    "div",
    { class: "stage-scroll stage-rows", tabindex: "0", role: "region", "aria-label": `Table: ${title}` },
    table(
      title,
      columns,
      rows.map(row => row.map(drawn)),
    ),
  )
  const more = rows.length > SEEN ? [element("span", { class: "stage-small" }, ` ${rows.length} rows in all`)] : []
  return element("div", {}, holder, element("p", {}, button, ...more))
}

function textOf(cell) {
  return typeof cell === "string" ? cell : cell.text
}

function drawn(cell) {
  if (typeof cell === "string") return element("span", { class: cell.length > LONG ? "stage-long" : "" }, cell)
  return link(cell.text, cell.href, cell.asked, { title: "Open in Compare", class: "stage-link stage-long" })
}

const SEEN = 14 // rows that are seen without scrolling
const LONG = 24 // letters; longer cells may break
