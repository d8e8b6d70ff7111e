// Labels of the axis of timesteps: as many words as there is room for.
/** @import { Layout } from "../plotly_types.js" */
import { axesOf, escaped, unescaped } from "../figure.js"
import { shortened } from "../text.js"

const LETTER = 8 // pixels that a letter of a word on the axis needs
const SLANTED = 26 // pixels that a slanted word or a number needs
const LONGEST = 11 // letters of a slanted word: more would be cut off below
const ROUND = [1, 2, 5, 10, 20, 50, 100, 200, 500]

/** @typedef {{ tickvals: number[], ticktext: string[] }} Labels of all steps */

/**
 * The labels of each axis of timesteps of a figure, by the axis's name.
 * @param {Layout} layout
 * @returns {Record<string, Labels>}
 */
export function labelsOf(layout) {
  const axes = axesOf(layout, /^xaxis\d*$/)
  return Object.fromEntries(axes.map(([name, { tickvals = [], ticktext = [] }]) => [name, { tickvals, ticktext }]))
}

/**
 * The labels for which there is room; all are whole in the strip above, the hover and the table. Where two phrases
 * share an axis and their words would touch, the steps are numbered: two slanted words would not be read as one step.
 * @param {Labels} labels
 * @param {[number, number]} range of steps that are seen; more than there are labels beside a longer phrase
 * @param {number} width of that range, in pixels
 */
export function ticks({ tickvals, ticktext }, [from, to], width) {
  const seen = [...tickvals.keys()].filter(i => tickvals[i] >= from && tickvals[i] <= to)
  const steps = Math.max(1, to - from)
  const letters = seen.flatMap(i => ticktext[i].split("<br>")).map(line => unescaped(line).length)
  if (Math.max(0, ...letters) * LETTER <= width / steps) return pick(seen, i => ticktext[i])
  const stride = Math.max(1, Math.ceil((steps * SLANTED) / width))
  if (ticktext.some(text => text.includes("<br>"))) {
    const round = ROUND.find(number => number >= stride) ?? stride
    return pick(
      seen.filter(i => (i + 1) % round === 0),
      i => String(i + 1),
    )
  }
  const some = seen.filter((_, k) => (seen.length - 1 - k) % stride === 0) // the last word is always among them
  return { ...pick(some, i => escaped(shortened(unescaped(ticktext[i]), LONGEST))), tickangle: -45 }
}

/**
 * @param {number[]} steps from 0
 * @param {(step: number) => string} label
 */
function pick(steps, label) {
  return { tickvals: steps.map(i => i + 1), ticktext: steps.map(label), tickangle: 0 }
}
