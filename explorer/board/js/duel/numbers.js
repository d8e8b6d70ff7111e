// Probabilities as people read them.
import { t } from "../messages.js"

export const UNSURE = [0.4, 0.6] // P(positive) between these is no verdict

/**
 * Never rounded to certainty.
 * @param {number} probability
 */
export function percent(probability) {
  if (probability > 0.99) return t(">99%")
  if (probability < 0.01) return t("<1%")
  return t("{number}%", { number: Math.round(100 * probability) })
}

/**
 * Without the sign, for where there is little room.
 * @param {number} probability
 */
export function short(probability) {
  if (probability > 0.99) return ">99"
  if (probability < 0.01) return "<1"
  return String(Math.round(100 * probability))
}

/**
 * @param {number} probability
 * @returns {"positive" | "negative" | "unsure"}
 */
export function verdict(probability) {
  if (probability >= UNSURE[0] && probability <= UNSURE[1]) return "unsure"
  return probability > UNSURE[1] ? "positive" : "negative"
}

/**
 * How much of the colour of its side a probability has, 0…100; none at 50%.
 * @param {number} probability
 */
export function strength(probability) {
  return Math.round(Math.min(1, 2.2 * Math.abs(probability - 0.5)) * 100)
}

/**
 * The colour of a probability, as CSS mixes it.
 * @param {number} probability
 */
export function colour(probability) {
  const side = probability >= 0.5 ? "positive" : "negative"
  return `color-mix(in srgb, var(--${side}) ${strength(probability)}%, var(--unsure))`
}
