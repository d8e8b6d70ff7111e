// What each lane says of both phrases, side by side.
import { element, table } from "./dom.js"
import { link } from "./links.js"

export function verdicts(rows) {
  if (rows.length === 0) return element("span", { hidden: true })
  const columns = ["Lane", "P(positive) of A", "P(positive) of B", "A − B", "Right on SST-2 dev"]
  const cells = rows.map(row => [
    named(row),
    answer(row.a, row.said[0], "a"),
    answer(row.b, row.said[1], "b"),
    row.difference,
    row.measured,
  ])
  const node = element(
    "div",
    { class: "stage-scroll", tabindex: "0", role: "region", "aria-label": "Verdicts of all lanes" },
    table("What each lane says", columns, cells),
  )
  node.classList.add("stage-verdicts")
  return node
}

// A lane's name and the ways to its card and, for a recurrent one, into it.
function named({ lane: network, name, chosen, inside }) {
  const said = element("span", { class: chosen ? "stage-chosen" : "" }, name + (chosen ? " (shown below)" : ""))
  const card = link("model card", `cards?lane=${network}`, network, { "aria-label": `model card: ${name}` })
  const within = inside
    ? [link("look inside A", inside, { inside: network }, { "aria-label": `look inside the ${name} while it reads A` })]
    : []
  return element("span", { class: "stage-lane" }, said, card, ...within)
}

function answer(probability, said, phrase) {
  return element(
    "span",
    { class: "stage-answer" },
    element("span", { class: "stage-number" }, probability.toFixed(3)),
    element(
      "span",
      { class: `stage-bar stage-bar-${phrase}`, "aria-hidden": "true" },
      element("span", { style: `width: ${(100 * probability).toFixed(1)}%` }),
    ),
    element("span", { class: said.endsWith("wrong") ? "stage-said stage-wrong" : "stage-said" }, said),
  )
}
