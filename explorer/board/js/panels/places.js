// Where labels stand, so that none lies over another.

/**
 * Places on an axis moved apart as little as need be, so that each is `least` from the next, in the same order.
 * @param {number[]} places
 * @param {number} least
 */
export function spread(places, least) {
  /** @type {{ sum: number, items: number[] }[]} neighbours that touch; `sum` of their places less their offsets */
  const groups = []
  const start = (/** @type {{ sum: number, items: number[] }} */ { sum, items }) => sum / items.length
  const order = [...places.keys()].sort((a, b) => places[a] - places[b])
  for (const place of order) {
    groups.push({ sum: places[place], items: [place] })
    while (groups.length > 1) {
      const [before, last] = groups.slice(-2)
      if (start(last) >= start(before) + least * before.items.length) break
      before.sum += last.sum - last.items.length * least * before.items.length
      before.items.push(...last.items)
      groups.pop()
    }
  }
  const moved = Array(places.length).fill(0)
  for (const group of groups) group.items.forEach((place, k) => (moved[place] = start(group) + least * k))
  return moved
}

const STRIDE = 6 // pixels from one place of a line that labels keep off to the next

/** @typedef {{ x: number, y: number }} Point in pixels */
/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box in pixels */

/** Where a label can stand beside its point, the best first; as Plotly calls it, and which way that is. */
export const POSITIONS = /** @type {const} */ ([
  ["top center", 0, -1],
  ["bottom center", 0, 1],
  ["middle right", 1, 0],
  ["middle left", -1, 0],
  ["top right", 1, -1],
  ["top left", -1, -1],
  ["bottom right", 1, 1],
  ["bottom left", -1, 1],
])

/**
 * Where the labels of the points of paths stand: off all paths where there is room, never over another label or a
 * point. The last points come first and always have their labels; another one for which there is no room has none.
 * @param {Point[][]} paths
 * @param {number[][]} widths of the labels in pixels; 0 for none
 * @param {number} height of a label in pixels
 * @param {number} radius of a point in pixels
 * @param {Box} frame no label leaves it
 * @returns {(string | null)[][]} null for none
 */
export function beside(paths, widths, height, radius, frame) {
  const dots = paths.flatMap(points => points.map(point => around(point, radius, radius)))
  const lines = paths.flatMap(points => points.slice(1).flatMap((point, i) => along(points[i], point)))
  /** @type {Box[]} */
  const taken = []
  /** @type {(string | null)[][]} */
  const found = paths.map(points => points.map(() => null))
  const ends = paths.map((points, i) => [i, points.length - 1])
  const others = paths.flatMap((points, i) => [...points.keys()].slice(0, -1).map(k => [i, k]))
  for (const [i, k] of [...ends, ...others]) {
    if (!widths[i][k]) continue
    const boxes = candidates(paths[i][k], widths[i][k], height, radius).filter(({ box }) => inside(box, frame))
    const clear = (/** @type {Box[]} */ ...parts) => boxes.find(({ box }) => !parts.some(part => touch(box, part)))
    const last = k === paths[i].length - 1
    const free =
      clear(...taken, ...dots, ...lines) ??
      clear(...taken, ...dots) ??
      (last ? (clear(...taken) ?? boxes[0]) : undefined)
    if (!free) continue
    found[i][k] = free.name
    taken.push(free.box)
  }
  return found
}

/**
 * The boxes in which a label can stand beside a point, the best first.
 * @param {Point} point
 * @param {number} width
 * @param {number} height
 * @param {number} radius
 */
function candidates({ x, y }, width, height, radius) {
  return POSITIONS.map(([name, across, down]) => {
    const middle = { x: x + across * (radius + width / 2), y: y + down * (radius + height / 2) }
    return { name, box: around(middle, width / 2, height / 2) }
  })
}

/**
 * The way from one point to another as small boxes.
 * @param {Point} a
 * @param {Point} b
 */
function along(a, b) {
  const count = Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / STRIDE)
  return Array.from({ length: count }, (_, k) =>
    around({ x: a.x + ((b.x - a.x) * k) / count, y: a.y + ((b.y - a.y) * k) / count }, 2, 2),
  )
}

/**
 * @param {Point} middle
 * @param {number} across half of its width
 * @param {number} down half of its height
 * @returns {Box}
 */
function around({ x, y }, across, down) {
  return { left: x - across, right: x + across, top: y - down, bottom: y + down }
}

/**
 * @param {Box} box
 * @param {Box} frame
 */
function inside(box, frame) {
  return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom
}

/**
 * @param {Box} a
 * @param {Box} b
 */
function touch(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
