// What the levels say in words, from their numbers. Plain text, never markup.
/** @import { Run } from "./run.js" */
import { t } from "../messages.js"
import { shortened } from "../text.js"

const UNSURE = [0.4, 0.6] // between these a belief is no verdict
const STILL = 0.01 // a smaller move is none

/**
 * A belief as a reader takes it in; never rounded to certainty.
 * @param {number} belief 0…1
 */
export function percent(belief) {
  if (belief > 0.99) return t("over 99%")
  if (belief < 0.01) return t("under 1%")
  return `${Math.round(100 * belief)}%`
}

/**
 * The same where there is little room.
 * @param {number} belief 0…1
 */
export function briefly(belief) {
  if (belief > 0.99) return ">99%"
  return belief < 0.01 ? "<1%" : percent(belief)
}

/** @param {number} belief */
function side(belief) {
  if (belief >= UNSURE[0] && belief <= UNSURE[1]) return 0
  return belief > UNSURE[1] ? 1 : -1
}

/**
 * What one word did to the belief.
 * @param {string} model as people call it
 * @param {string} word
 * @param {number} before P(positive) before it, 0…1
 * @param {number} after
 */
export function happened(model, word, before, after) {
  const values = { model, word: shortened(word, 24), before: percent(before), after: percent(after) }
  if (Math.abs(after - before) < STILL || values.before === values.after) {
    return t("“{word}” changes little: the {model} stays at {after}.", values)
  }
  const [was, is] = [side(before), side(after)]
  if (was !== 0 && is !== 0 && was !== is) {
    return t("“{word}” changes the mind of the {model}: {before} → {after}.", values)
  }
  if (was === 0 && is === 0) return t("After “{word}” the {model} is still undecided: {before} → {after}.", values)
  if (was === 0 && is !== 0) return t("“{word}” decides it: the {model} goes from {before} to {after}.", values)
  if (is === 0 && was !== 0) return t("After “{word}” the {model} is undecided: {before} → {after}.", values)
  const surer = Math.abs(after - 0.5) > Math.abs(before - 0.5)
  return surer
    ? t("After “{word}” the {model} is surer: {before} → {after}.", values)
    : t("After “{word}” the {model} is less sure: {before} → {after}.", values)
}

/**
 * What a unit does after a word.
 * @param {Run} run
 * @param {number} step
 * @param {number} unit
 * @param {(value: number, digits?: number) => string} written
 */
export function unitAfter(run, step, unit, written) {
  const value = run.values("hidden", step)[unit]
  const push = value * run.readout[unit]
  const values = {
    unit,
    word: shortened(run.tokens[step - 1], 24),
    value: written(value, 2),
    push: written(Math.abs(push), 3).replace("+", ""),
  }
  if (Math.abs(push) < 0.0005) {
    return t("Unit {unit} after “{word}”: activation {value}. It hardly pushes either way.", values)
  }
  return push > 0
    ? t("Unit {unit} after “{word}”: activation {value}. It pushes towards positive, by {push}.", values)
    : t("Unit {unit} after “{word}”: activation {value}. It pushes towards negative, by {push}.", values)
}

/**
 * Why a model without a memory has nothing to show here.
 * @param {string} model its name in the code
 * @param {string} label
 */
export function memoryless(model, label) {
  if (model === "per-word") {
    return t(
      "This model has no memory. It scores each word on its own and takes the average, so there is nothing inside to carry from word to word.",
    )
  }
  if (model === "concat") {
    return t(
      "This model has no memory. It reads all the words at once, each in its own slot, so there is nothing inside to carry from word to word.",
    )
  }
  return t("The {model} has no memory: nothing is carried from word to word.", { model: label })
}
