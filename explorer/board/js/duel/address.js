// The texts and the model in the address. What is too long for one stays in this tab, under a key that the address has.

const MOST = 6_000 // characters; browsers and servers take little more in an address

/** @typedef {{ name: string, a: string, b: string }} Pair */
/** @typedef {{ texts: [string, string], model: string, guessing: boolean, lost: boolean }} Place */

/**
 * @param {URLSearchParams} query
 * @param {Pair} first shown where the address names no texts
 * @param {string[]} models
 * @returns {Place} `lost`: the texts were too long for the address, and this tab does not know them
 */
export function placeOf(query, first, models) {
  const asked = query.get("model") ?? query.get("lane") ?? ""
  const model = models.includes(asked) ? asked : models.includes("gru") ? "gru" : models[models.length - 1]
  const guessing = query.get("guess") === "1"
  const key = query.get("kept")
  const kept = key ? recall(key) : null
  const texts = /** @type {[string, string]} */ ([
    query.get("a") ?? query.get("phrase") ?? first.a,
    query.get("b") ?? first.b,
  ])
  return { texts: kept ?? texts, model, guessing, lost: Boolean(key) && !kept }
}

/**
 * The parameters of these texts; null for those that an address without any stands for.
 * @param {[string, string]} texts
 * @param {Pair} first
 * @returns {Record<string, string | null>}
 */
export function parametersOf(texts, first) {
  const [a, b] = texts
  if (encodeURIComponent(a + b).length > MOST) {
    const key = checksum(JSON.stringify(texts))
    if (keep(key, texts)) return { a: null, b: null, phrase: null, kept: key }
  }
  return { a: a === first.a ? null : a, b: b === first.b ? null : b, phrase: null, kept: null }
}

/** @param {string} text */
function checksum(text) {
  let hash = 2166136261
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619)
  return (hash >>> 0).toString(36)
}

/**
 * @param {string} key
 * @param {[string, string]} texts
 */
function keep(key, texts) {
  try {
    sessionStorage.setItem(`duel.${key}`, JSON.stringify(texts))
    return true
  } catch {
    return false // there is no room, or the browser lets nothing be kept
  }
}

/**
 * @param {string} key
 * @returns {[string, string] | null}
 */
function recall(key) {
  try {
    const texts = JSON.parse(sessionStorage.getItem(`duel.${key}`) ?? "null")
    const valid = Array.isArray(texts) && texts.length === 2 && texts.every(text => typeof text === "string")
    return valid ? /** @type {[string, string]} */ (texts) : null
  } catch {
    return null
  }
}
