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
 * Where the label of each point of a path stands: off the path where there is room, never over another label or a
 * point. The last point comes first and always has its label; another one for which there is no room has none (null).
 * @param {Point[]} points
 * @param {number[]} widths of the labels in pixels; 0 for none
 * @param {number} height of a label in pixels
 * @param {number} radius of a point in pixels
 * @param {Box} frame no label leaves it
 * @param {Box[]} taken boxes that are taken; those of the labels are added
 * @returns {(string | null)[]}
 */
export function beside(points, widths, height, radius, frame, taken = []) {
  const dots = points.map(point => around(point, radius, radius))
  const line = points.slice(1).flatMap((point, i) => along(points[i], point))
  /** @type {(string | null)[]} */
  const found = points.map(() => null)
  const last = points.length - 1
  for (const i of [last, ...points.keys()].slice(0, points.length)) {
    if (!widths[i]) continue
    const boxes = POSITIONS.map(([name, across, down]) => {
      const x = points[i].x + across * (radius + widths[i] / 2)
      const y = points[i].y + down * (radius + height / 2)
      return { name, box: around({ x, y }, widths[i] / 2, height / 2) }
    }).filter(({ box }) => inside(box, frame))
    const clear = (/** @type {Box[]} */ ...others) => boxes.find(({ box }) => !others.some(other => touch(box, other)))
    const free = clear(...taken, ...dots, ...line) ?? clear(...taken, ...dots) ?? (i === last ? boxes[0] : undefined)
    if (!free) continue
    found[i] = free.name
    taken.push(free.box)
  }
  return found
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
