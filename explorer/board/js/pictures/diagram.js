// An unrolled network: inputs below, cells in the middle, outputs above, as many as the run had steps. Where a row is
// too long it goes on in the next one; in a small picture, what does not fit stands as one cell of dots.
/** @import { DiagramStep } from "../payloads.js" */
/** @import { Drawing, Room } from "./drawing.js" */
import { shape } from "../svg.js"
import { canvas, fitting, widthOfWord } from "./drawing.js"

// All in em.
const NARROWEST = 4.1 // of a step
const SMALL = 3.9 // of a step in a small picture
const WIDEST = 8
const SPACIOUS = 6 // of a step whose words need less
const ARROW = { least: 1, most: 2.4 }
const CELL = 2 // height of a cell
const LINE = 1.35 // height of a line of words
const HEADING = 1.7
const LOOKS = 4 // height of the lines of attention
const TURN = 1.4 // between the rows of a part
const EDGE = 1.6 // at both sides, for what goes around
const LARGEST = 2 // times the page's type, of a diagram of few steps
const SPILL = 0.5 // that the first word of a row may take of the edge

/** @typedef {{ step: DiagramStep, t: number } | { gap: true, t: number }} Cell `t`: its step, from 0 */
/** @typedef {{ part: string, cells: Cell[], first: boolean, outputs: boolean }} Row */
/** @typedef {{ rows: Row[], column: number, wrapped: boolean }} Plan `column`: width of a step, in em */

/**
 * The places of the steps in the run, from 0: some may be left out.
 * @param {DiagramStep[]} steps
 */
export function placesOf(steps) {
  let next = 0
  return steps.map(({ skipped = 0 }) => (next += skipped + 1) - 1)
}

const EACH = 20 // steps around the one that is seen that are drawn at a time
const END = 10 // and from both ends

/**
 * Of a network of one part that has very many steps the first, the last, and those around the one that is seen.
 * @param {DiagramStep[]} steps
 * @param {number} step from 1; 0 shows the end
 * @returns {DiagramStep[]}
 */
export function around(steps, step) {
  const count = steps.length
  if (count <= EACH + 2 * END || steps.some(({ part }) => part !== steps[0].part)) return steps
  const turn = Math.floor(((step || count) - 1 - END) / EACH)
  const from = Math.max(END, Math.min(END + turn * EACH, count - END - EACH))
  const middle = skipping(steps.slice(from, from + EACH), from - END)
  const end = skipping(steps.slice(count - END), count - END - from - EACH)
  return [...steps.slice(0, END), ...middle, ...end]
}

/**
 * @param {DiagramStep[]} steps
 * @param {number} skipped steps before them
 */
function skipping([first, ...rest], skipped) {
  return [skipped ? { ...first, skipped } : first, ...rest]
}

/**
 * The parts of a network, in their order.
 * @param {DiagramStep[]} steps
 * @returns {{ part: string, cells: { step: DiagramStep, t: number }[] }[]}
 */
export function partsOf(steps) {
  const places = placesOf(steps)
  /** @type {{ part: string, cells: { step: DiagramStep, t: number }[] }[]} */
  const parts = []
  steps.forEach((step, i) => {
    if (i === 0 || step.part !== steps[i - 1].part) parts.push({ part: step.part, cells: [] })
    parts[parts.length - 1].cells.push({ step, t: places[i] })
  })
  return parts
}

/**
 * The cells of a part, with dots for what is left out.
 * @param {{ step: DiagramStep, t: number }[]} cells
 * @returns {Cell[]}
 */
function withGaps(cells) {
  return cells.flatMap(cell => (cell.step.skipped ? [{ gap: true, t: cell.t }, cell] : [cell]))
}

/**
 * How wide the steps want to be: as their words.
 * @param {DiagramStep[]} steps
 */
function wanted(steps) {
  const words = steps.flatMap(({ input, output, names }) => [input ?? "", output ?? "", ...names])
  return Math.min(WIDEST, Math.max(NARROWEST, ...words.map(word => widthOfWord(word) + 0.4)))
}

/**
 * Rows for all steps: one a part where there is room, the decoder above the encoder; else in lines, as a text.
 * @param {DiagramStep[]} steps
 * @param {number} room in em
 * @returns {Plan}
 */
export function inRows(steps, room) {
  const parts = partsOf(steps).map(({ part, cells }) => ({ part, cells: withGaps(cells) }))
  const longest = Math.max(...parts.map(({ cells }) => cells.length))
  const want = wanted(steps)
  const fits = longest * NARROWEST <= room
  const column = fits ? Math.min(Math.max(want, SPACIOUS), room / longest) : Math.min(want, room)
  const each = fits ? longest : Math.max(1, Math.floor(room / column))
  /** @type {Row[]} */
  const rows = parts.flatMap(({ part, cells }) => {
    const outputs = cells.some(cell => !("gap" in cell) && cell.step.output !== null)
    return Array.from({ length: Math.ceil(cells.length / each) }, (_, i) => ({
      part,
      cells: cells.slice(i * each, (i + 1) * each),
      first: i === 0,
      outputs,
    }))
  })
  const wrapped = rows.length > parts.length
  return { rows: wrapped ? rows : rows.reverse(), column: wrapped ? Math.max(column, room / each) : column, wrapped }
}

/**
 * One row of all parts, with dots where there is no room.
 * @param {DiagramStep[]} steps
 * @param {number} room in em
 * @returns {Plan}
 */
export function inOneRow(steps, room) {
  const want = wanted(steps)
  const parts = partsOf(steps)
  const slots = Math.max(2 * parts.length, Math.floor(room / Math.min(want, SMALL)))
  const shares = shared(
    parts.map(({ cells }) => cells.length),
    slots,
  )
  const cells = parts.flatMap((part, i) => shortenedTo(part.cells, shares[i]))
  const column = Math.min(room / cells.length, Math.max(want, SPACIOUS))
  return { rows: [{ part: "", cells, first: false, outputs: true }], column, wrapped: false }
}

/**
 * How many slots each part gets: as many as it needs, and of too few an equal share; the last parts get what is over.
 * @param {number[]} needs
 * @param {number} slots
 */
function shared(needs, slots) {
  const equal = Math.floor(slots / needs.length)
  let left = needs.reduce((sum, need) => sum - Math.min(need, equal), slots)
  return needs.reduceRight((/** @type {number[]} */ shares, need) => {
    const more = Math.max(0, Math.min(need - equal, left))
    left -= more
    return [Math.min(need, equal) + more, ...shares]
  }, [])
}

/**
 * The first and the last of some cells, with a gap between them.
 * @param {{ step: DiagramStep, t: number }[]} cells
 * @param {number} most
 * @returns {Cell[]}
 */
function shortenedTo(cells, most) {
  if (cells.length <= most) return cells
  const tail = most > 2 ? Math.floor((most - 1) / 2) : 0
  const head = most - 1 - tail
  return [...cells.slice(0, head), { gap: true, t: cells[head].t }, ...cells.slice(cells.length - tail)]
}

/**
 * A diagram in the room there is, that of few steps larger. Each of a page has an arrow's tip of its own.
 * @param {{ steps: DiagramStep[], alt: string }} data
 * @param {Room} room `height`: that the diagram should not pass when it is made larger, or of a small one
 * @param {string} tip id
 * @param {boolean} small
 * @returns {Drawing}
 */
export function diagram({ steps, alt }, room, tip, small = false) {
  const { width, height, em } = room
  const edge = small ? 0 : EDGE
  const plan = (small ? inOneRow : inRows)(steps, width / em - 2 * edge)
  const place = placed(plan, small && height ? height / em : null)
  const columns = Math.max(...plan.rows.map(({ cells }) => cells.length))
  const wide = small || plan.wrapped ? width : Math.min(width, em * (plan.column * columns + 2 * edge))
  const left = Math.max(edge, (wide / em - plan.column * columns) / 2)
  const sketch = new Sketch(steps, plan, place, { em, left, tip, small })
  const tall = Math.ceil(place.height * em)
  const node = canvas(Math.round(wide), tall, "unrolled", small ? "" : alt, ...sketch.shapes())
  if (!small) grow(node, Math.min(LARGEST, width / wide, Math.max(1, (height ?? Infinity) / tall)))
  return { node, moveTo: step => follow(node, steps, step) }
}

/**
 * A drawing with its type, larger.
 * @param {Element} node
 * @param {number} times
 */
function grow(node, times) {
  for (const side of ["width", "height"]) {
    node.setAttribute(side, String(Math.round(Number(node.getAttribute(side)) * times)))
  }
}

/** @typedef {{ tops: number[], arrow: number, height: number }} Places in em: the tops of rows, length of arrows */

/**
 * Where the rows stand. A row: its heading, the output's name and word, an arrow, the cell, an arrow, the input's word
 * and name.
 * @param {Plan} plan
 * @param {number | null} height in em, if it is given
 * @returns {Places}
 */
function placed({ rows, wrapped }, height) {
  const fixed = 4 * LINE + CELL + 0.6
  const given = height === null ? ARROW.least : (height - fixed) / 2
  const arrow = Math.min(ARROW.most, Math.max(0.7, given))
  let top = height === null ? 0 : Math.max(0, (height - fixed - 2 * arrow) / 2)
  const tops = rows.map((_, i) => {
    const above = rows[i - 1]
    if (above) top += heightOf(above, arrow) + (wrapped ? TURN : LOOKS)
    return top
  })
  const last = rows[rows.length - 1]
  return { tops, arrow, height: height ?? tops[tops.length - 1] + heightOf(last, arrow) }
}

/**
 * @param {Row} row
 * @param {number} arrow
 */
function heightOf({ first, outputs }, arrow) {
  return (first ? HEADING : 0) + (outputs ? 2 * LINE + arrow : 0.2) + CELL + arrow + 2 * LINE + 0.4
}

class Sketch {
  /**
   * @param {DiagramStep[]} steps
   * @param {Plan} plan
   * @param {Places} places
   * @param {{ em: number, left: number, tip: string, small: boolean }} look `left` in em
   */
  constructor(steps, plan, places, look) {
    this.steps = steps
    this.plan = plan
    this.places = places
    this.look = look
    this.box = Math.min(plan.column - 1.15, 5)
  }

  shapes() {
    const { rows, wrapped } = this.plan
    const drawn = rows.map((row, i) => this.row(row, i))
    const between = wrapped
      ? rows.slice(1).map((_, i) => this.turn(i, i + 1))
      : rows.slice(1).flatMap((_, i) => [...this.looks(i, i + 1), this.handed(i, i + 1)])
    return [arrowTip(this.look.tip), ...between, ...drawn]
  }

  /** @param {number} em */
  px(em) {
    return Math.round(em * this.look.em * 10) / 10
  }

  /** @param {number} i of a row */
  middle(i) {
    return this.look.left + this.plan.column * (i + 0.5)
  }

  /**
   * The base lines of a row, in em.
   * @param {number} place
   */
  lines(place) {
    const { first, outputs } = this.plan.rows[place]
    const top = this.places.tops[place] + (first ? HEADING : 0)
    const said = top + 2 * LINE
    const cell = outputs ? said + 0.3 + this.places.arrow : top + 0.2
    const input = cell + CELL + this.places.arrow + LINE - 0.2
    return { heading: top - 0.6, name: top + LINE - 0.3, said: said - 0.2, cell, input, named: input + LINE }
  }

  /**
   * @param {Row} row
   * @param {number} place
   */
  row({ part, cells, first }, place) {
    const at = this.lines(place)
    const heading = first
      ? [fitting(this.px(this.look.left), this.px(at.heading), part, 40, { classes: "unrolled-part", anchor: "start" })]
      : []
    const drawn = cells.map((cell, i) =>
      "gap" in cell ? this.gap(i, at) : this.cell(cell, i, at, cells[i - 1] !== undefined),
    )
    return shape("g", {}, ...heading, ...drawn)
  }

  /**
   * @param {number} i
   * @param {{ cell: number }} at
   */
  gap(i, { cell }) {
    const x = this.middle(i)
    const y = cell + CELL / 2
    const dots = fitting(this.px(x), this.px(y + 0.2), "…", 3, { classes: "unrolled-dots" })
    return shape("g", {}, this.across(i, cell), dots)
  }

  /**
   * The state that comes from the left.
   * @param {number} i
   * @param {number} cell
   */
  across(i, cell) {
    const y = this.px(cell + CELL / 2)
    const to = this.middle(i) - this.box / 2
    return this.arrow(`M${this.px(to - this.plan.column + this.box)} ${y}H${this.px(to - 0.15)}`, "unrolled-state")
  }

  /**
   * A cell with what goes in and what comes out.
   * @param {{ step: DiagramStep, t: number }} cell
   * @param {number} i of its row
   * @param {ReturnType<Sketch["lines"]>} at
   * @param {boolean} after whether there is one before it in its row
   */
  cell({ step, t }, i, at, after) {
    const x = this.middle(i)
    const [of, state, out] = step.names
    const room = this.plan.column + (i === 0 ? SPILL : -0.3)
    const box = {
      x: this.px(x - this.box / 2),
      y: this.px(at.cell),
      width: this.px(this.box),
      height: this.px(CELL),
      rx: this.px(0.4),
    }
    /** @type {SVGElement[]} */
    const shapes = [
      shape("rect", { ...box, class: "unrolled-box" }),
      fitting(this.px(x), this.px(at.cell + CELL / 2 + 0.35), state, Infinity, { classes: "unrolled-name" }),
    ]
    if (step.memory && after) shapes.push(this.across(i, at.cell))
    if (step.input !== null) shapes.push(...this.input(step.input, of, x, at, room))
    if (step.output !== null) shapes.push(...this.output(step, out, x, at, room))
    if (step.fed && after) shapes.push(this.fed(x, at))
    return shape("g", { class: "unrolled-cell", "data-step": t + 1 }, ...shapes)
  }

  /**
   * @param {string} word
   * @param {string} name
   * @param {number} x
   * @param {ReturnType<Sketch["lines"]>} at
   * @param {number} room
   */
  input(word, name, x, at, room) {
    const from = at.input - LINE + 0.3
    return [
      this.arrow(`M${this.px(x)} ${this.px(from)}V${this.px(at.cell + CELL + 0.15)}`),
      fitting(this.px(x), this.px(at.input), word, room, { classes: "unrolled-word" }),
      fitting(this.px(x), this.px(at.named), name, Infinity, { classes: "unrolled-name" }),
    ]
  }

  /**
   * @param {DiagramStep} step
   * @param {string} name
   * @param {number} x
   * @param {ReturnType<Sketch["lines"]>} at
   * @param {number} room
   */
  output({ output, belief }, name, x, at, room) {
    const mood = belief === null ? "" : ` unrolled-${belief > 0.6 ? "positive" : belief < 0.4 ? "negative" : "unsure"}`
    return [
      this.arrow(`M${this.px(x)} ${this.px(at.cell - 0.05)}V${this.px(at.said + 0.35)}`),
      fitting(this.px(x), this.px(at.said), output ?? "", room, { classes: `unrolled-word${mood}` }),
      fitting(this.px(x), this.px(at.name), name, Infinity, { classes: "unrolled-name" }),
    ]
  }

  /**
   * What was put out goes in at the next step.
   * @param {number} x
   * @param {ReturnType<Sketch["lines"]>} at
   */
  fed(x, at) {
    const { column } = this.plan
    const between = this.px(x - column / 2)
    const [from, to] = [this.px(x - column + 0.4), this.px(x - 0.1)] // below the word, and into the arrow to the cell
    const [high, low] = [this.px(at.said + 0.55), this.px(at.cell + CELL + 0.6 * this.places.arrow)]
    return this.arrow(`M${from} ${high}C${between} ${high} ${between} ${low} ${to} ${low}`, "unrolled-fed")
  }

  /**
   * Where the steps of the upper row looked in the lower one when their outputs were chosen: from the state that was
   * looked at to the cell that looked.
   * @param {number} above
   * @param {number} below
   */
  looks(above, below) {
    const upper = this.plan.rows[above].cells
    const lower = this.plan.rows[below].cells
    const top = this.px(this.lines(below).cell)
    const bottom = this.px(this.lines(above).named + 0.5)
    return upper.flatMap((cell, i) => {
      if ("gap" in cell) return []
      return cell.step.looks
        .filter(([at]) => at < lower.length)
        .map(([at, weight]) => {
          const d = `M${this.px(this.middle(at))} ${top}L${this.px(this.middle(i))} ${bottom}`
          const width = { "stroke-width": this.px(0.05 + 0.3 * weight), "stroke-opacity": 0.25 + 0.75 * weight }
          return shape("path", { d, class: "unrolled-look", ...width, "data-of": cell.t + 1 })
        })
    })
  }

  /**
   * The last state of the lower row goes around to the first cell of the upper one.
   * @param {number} above
   * @param {number} below
   */
  handed(above, below) {
    const last = this.plan.rows[below].cells.length - 1
    const from = this.lines(below).cell + CELL / 2
    const to = this.lines(above).cell + CELL / 2
    const right = this.middle(last) + this.box / 2
    const way = this.lines(below).cell - HEADING - 0.3
    const out = this.px(Math.min(right + 0.8, this.middle(last) + this.plan.column / 2 + 0.9))
    const aside = this.px(this.look.left - 0.9)
    const start = `M${this.px(right)} ${this.px(from)}H${out}V${this.px(way)}H${aside}V${this.px(to)}`
    return this.arrow(`${start}H${this.px(this.middle(0) - this.box / 2 - 0.15)}`, "unrolled-state unrolled-handed")
  }

  /**
   * A row goes on in the next one: the last state goes around to its first cell.
   * @param {number} above
   * @param {number} below
   */
  turn(above, below) {
    const upper = this.plan.rows[above].cells.length - 1
    const from = this.lines(above).cell + CELL / 2
    const to = this.lines(below).cell + CELL / 2
    const right = this.middle(upper) + this.box / 2
    const way = this.places.tops[below] - TURN / 2
    const out = this.px(this.middle(upper) + this.plan.column / 2 + 0.5)
    const aside = this.px(this.look.left - 0.9)
    const start = `M${this.px(right)} ${this.px(from)}H${out}V${this.px(way)}H${aside}V${this.px(to)}`
    return this.arrow(`${start}H${this.px(this.middle(0) - this.box / 2 - 0.15)}`, "unrolled-state")
  }

  /**
   * @param {string} d
   * @param {string} classes
   */
  arrow(d, classes = "") {
    return shape("path", { d, class: `unrolled-arrow ${classes}`.trim(), "marker-end": `url(#${this.look.tip})` })
  }
}

/** @param {string} id */
function arrowTip(id) {
  const size = { viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" }
  return shape(
    "defs",
    {},
    shape("marker", { id, markerUnits: "userSpaceOnUse", ...size }, shape("path", { d: "M0 0 8 4 0 8z" })),
  )
}

/**
 * The step that is shown stands out, those after it are pale; the words that it looked at are tinted.
 * @param {Element} node
 * @param {DiagramStep[]} steps
 * @param {number} step from 1; 0 and the last one show all
 */
function follow(node, steps, step) {
  const places = placesOf(steps)
  const whole = step === 0 || step > places[places.length - 1]
  const looks = new Map(steps[places.indexOf(step - 1)]?.looks ?? [])
  for (const cell of node.querySelectorAll("[data-step]")) {
    const t = Number(cell.getAttribute("data-step"))
    cell.classList.toggle("unrolled-now", t === step)
    cell.classList.toggle("unrolled-later", !whole && t > step)
    const weight = looks.get(t - 1) ?? 0
    const tint = weight && t < step ? `--looked: ${Math.round(15 + 70 * weight)}%` : ""
    cell.setAttribute("style", tint)
    cell.classList.toggle("unrolled-looked", Boolean(tint))
  }
  for (const line of node.querySelectorAll("[data-of]")) {
    const of = Number(line.getAttribute("data-of"))
    line.classList.toggle("unrolled-later", !whole && of !== step)
  }
}
