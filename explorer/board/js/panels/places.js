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
 * Where the label of each point stands, in order of importance: the last point first, then from the first one on.
 * A label for which there is no room is left out: its position is null.
 * @param {Point[]} points
 * @param {number[]} widths of the labels in pixels
 * @param {number} height of a label in pixels
 * @param {number} radius of a point in pixels
 * @param {Box} frame no label leaves it
 * @param {Box[]} taken boxes that are taken; those of the labels are added
 * @returns {(string | null)[]}
 */
export function beside(points, widths, height, radius, frame, taken = []) {
  const dots = points.map(point => around(point, radius, radius))
  /** @type {(string | null)[]} */
  const found = points.map(() => null)
  const order = [points.length - 1, ...points.keys()].slice(0, points.length)
  for (const i of order) {
    for (const [name, across, down] of POSITIONS) {
      const box = around(
        {
          x: points[i].x + across * (radius + widths[i] / 2),
          y: points[i].y + down * (radius + height / 2),
        },
        widths[i] / 2,
        height / 2,
      )
      const free = inside(box, frame) && !taken.some(other => touch(box, other)) && !dots.some(dot => touch(box, dot))
      if (!free) continue
      found[i] = name
      taken.push(box)
      break
    }
  }
  return found
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
