// Refusal: why the server cannot answer, which it says as {"error": "…"} where the models cannot be used.

const UNUSABLE = 503

export class Refusal extends Error {}

/**
 * What the server says of models that cannot be used; empty where it says nothing, or something else answered for it.
 * @param {Response} response
 */
export async function refusalOf(response) {
  if (response.status !== UNUSABLE) return ""
  try {
    const { error } = await response.json()
    return typeof error === "string" ? error : ""
  } catch {
    return ""
  }
}
