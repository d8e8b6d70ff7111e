// Small helpers for nodes.
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(key, "")
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value)
  }
  node.append(...children)
  return node
}

// A sentence of the server with its minus signs as such.
export function typeset(sentence) {
  return sentence.replace(/(?<=^|[\s(])-(?=\d)/g, "−")
}

// A word as far as there is room for it; a visitor's can have thousands of letters.
export function shortened(word, most = 40) {
  return word.length > most ? `${word.slice(0, most - 1)}…` : word
}

export function fill(node, children) {
  node.replaceChildren(...children)
  node.hidden = children.length === 0
}

// A table with its first column as row headers.
export function table(caption, columns, rows) {
  return element(
    "table",
    {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...columns.map(column => element("th", { scope: "col" }, column)))),
    element(
      "tbody",
      {},
      ...rows.map(row =>
        element("tr", {}, ...row.map((cell, i) => element(i ? "td" : "th", i ? {} : { scope: "row" }, cell))),
      ),
    ),
  )
}

export function save(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const anchor = element("a", { href: address, download: name })
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(address), 1000)
}

// A cell that begins like a formula is kept from being one in a spreadsheet.
export function csv(rows) {
  const cell = value => {
    const text = /^[=+@\t\r]|^-(?![\d.])/.test(String(value)) ? `'${value}` : String(value)
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return rows.map(row => row.map(cell).join(",")).join("\n") + "\n"
}
