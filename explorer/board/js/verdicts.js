// What each model says of both phrases, side by side.
/** @import { Verdict } from "./payloads.js" */
import { element, scrollBox, table } from "./dom.js"
import { link } from "./links.js"

/**
 * @param {Verdict[]} rows
 * @returns {HTMLElement}
 */
export function verdicts(rows) {
  if (rows.length === 0) return element("span", { hidden: true })
  const columns = ["Model", "P(positive) of A", "P(positive) of B", "A − B", "Right on SST-2 dev"]
  const cells = rows.map(row => [
    model(row),
    answer(row.a, row.verdicts[0], "a"),
    answer(row.b, row.verdicts[1], "b"),
    row.difference,
    row.measured,
  ])
  return scrollBox("Verdicts of all models", "stage-verdicts", table("What each model says", columns, cells))
}

/**
 * A model's name and the ways to its card and, for a recurrent one, into it.
 * @param {Verdict} verdict
 */
function model({ model: key, name, chosen, inside }) {
  const label = element("span", { class: chosen ? "stage-chosen" : "" }, name + (chosen ? " (shown below)" : ""))
  const card = link("model card", `cards?model=${key}`, key, { "aria-label": `model card: ${name}` })
  const spoken = { "aria-label": `look inside the ${name} while it reads A` }
  const within = inside ? [link("look inside A", inside, { inside: key }, spoken)] : []
  return element("span", { class: "stage-model" }, label, card, ...within)
}

/**
 * @param {number} probability
 * @param {string} verdict
 * @param {"a" | "b"} phrase
 */
function answer(probability, verdict, phrase) {
  const wrong = verdict.endsWith("wrong")
  return element(
    "span",
    { class: "stage-answer" },
    element("span", { class: "stage-number" }, probability.toFixed(3)),
    bar(probability, phrase),
    element("span", { class: wrong ? "stage-verdict stage-wrong" : "stage-verdict" }, verdict),
  )
}

/**
 * A share, 0…1, as a bar.
 * @param {number} share
 * @param {"a" | "b"} phrase whose colour it has
 */
export function bar(share, phrase) {
  const filled = element("span", { style: `width: ${(100 * share).toFixed(1)}%` })
  return element("span", { class: `stage-bar stage-bar-${phrase}`, "aria-hidden": "true" }, filled)
}
