// What each part of a cell is for, in words. A network of one's own is told by the titles that it gives.
/** @import { Quantity } from "./run.js" */
import { t } from "../messages.js"

/** @typedef {{ title: string, sentence: string }} Described */

/** @type {Record<string, () => Described>} by model and quantity */
const PARTS = {
  "gru reset": () => ({
    title: t("Reset gate"),
    sentence: t("How much of the old memory the candidate may see."),
  }),
  "gru update": () => ({
    title: t("Update gate"),
    sentence: t("How much of the old memory is kept: 1 keeps it, 0 takes the candidate."),
  }),
  "gru candidate": () => ({
    title: t("Candidate"),
    sentence: t("What this word would like to write."),
  }),
  "lstm input": () => ({
    title: t("Input gate"),
    sentence: t("How much of the candidate is written."),
  }),
  "lstm forget": () => ({
    title: t("Forget gate"),
    sentence: t("How much of the old cell state is kept: 1 keeps it, 0 forgets it."),
  }),
  "lstm candidate": () => ({
    title: t("Candidate"),
    sentence: t("What this word would like to write."),
  }),
  "lstm output": () => ({
    title: t("Output gate"),
    sentence: t("How much of the cell state is shown."),
  }),
  "lstm cell": () => ({
    title: t("New cell state"),
    sentence: t("What was kept plus what was written."),
  }),
  "lstm cell old": () => ({
    title: t("Old cell state"),
    sentence: t("The LSTM's long memory before this word."),
  }),
  "lstm hidden": () => ({
    title: t("New memory"),
    sentence: t("What the output gate shows of the cell state."),
  }),
  "rnn preactivation": () => ({
    title: t("Sum"),
    sentence: t("The word and the old memory, each times its weights, added up."),
  }),
  "rnn hidden": () => ({
    title: t("New memory"),
    sentence: t("The sum, squeezed by tanh to between −1 and 1."),
  }),
  "gru hidden": () => ({
    title: t("New memory"),
    sentence: t("z of the old memory plus 1 − z of the candidate."),
  }),
}

/**
 * @param {string} model
 * @param {Quantity} quantity
 * @param {boolean} old the state before the step
 * @returns {Described}
 */
export function described(model, { name, title }, old) {
  const part = PARTS[`${model} ${name}${old ? " old" : ""}`]
  if (part) return part()
  if (old) return { title: t("Old memory"), sentence: t("All that is left of the words before.") }
  if (name === "hidden") return { title: t("New memory"), sentence: t("What goes on to the next word.") }
  return { title, sentence: "" }
}

/**
 * How many units of a gate are open.
 * @param {string} model
 * @param {string} name
 * @param {number} count of units above one half
 * @param {number} units
 */
export function counted(model, name, count, units) {
  const values = { count, units }
  if (`${model} ${name}` === "gru update" || `${model} ${name}` === "lstm forget") {
    return t("{count} of {units} units keep more than half.", values)
  }
  if (`${model} ${name}` === "lstm input") return t("{count} of {units} units write more than half.", values)
  if (`${model} ${name}` === "lstm output") return t("{count} of {units} units show more than half.", values)
  if (`${model} ${name}` === "gru reset") return t("{count} of {units} units let more than half through.", values)
  return t("{count} of {units} units are above one half.", values)
}

/**
 * How the new memory comes about, of all units at once.
 * @param {string} model
 */
export function formulaOf(model) {
  if (model === "gru") return "a^<t> = z^<t> ⊙ a^<t-1> + (1 − z^<t>) ⊙ n^<t>"
  if (model === "lstm") return "c^<t> = f^<t> ⊙ c^<t-1> + i^<t> ⊙ g^<t>,   a^<t> = o^<t> ⊙ tanh(c^<t>)"
  if (model === "rnn") return "a^<t> = tanh(s^<t>)"
  return ""
}

/**
 * What one must know of a cell's conventions.
 * @param {string} model
 */
export function noteOf(model) {
  if (model === "gru") {
    return t(
      "Here z = 1 keeps the old memory, as in PyTorch. The course whose notation we use (x⟨t⟩, a⟨t⟩) calls this gate Γᵤ and turns it round: Γᵤ = 1 − z, so its Γᵤ = 1 takes the candidate.",
    )
  }
  if (model === "rnn") {
    return t("A simple RNN has no gates. It overwrites its whole memory at every word, which is why it forgets soon.")
  }
  return ""
}
