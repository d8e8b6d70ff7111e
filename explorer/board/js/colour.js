// Scales of the palette.

/**
 * A scale of stops [0…1, "#rrggbb"] as a function of 0…1 that gives [red, green, blue], 0…255.
 * @param {[number, string][]} stops
 * @returns {(value: number) => number[]}
 */
export function ramp(stops) {
  const points = stops.map(([place, hex]) => ({ place, parts: [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16)) }))
  return value => {
    const clamped = Math.min(Math.max(value, 0), 1)
    const k = Math.max(
      1,
      points.findIndex(({ place }) => place >= clamped),
    )
    const [low, high] = [points[k - 1], points[k]]
    const share = (clamped - low.place) / (high.place - low.place)
    return low.parts.map((part, i) => Math.round(part + share * (high.parts[i] - part)))
  }
}
