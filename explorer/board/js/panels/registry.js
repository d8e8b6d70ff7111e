// The kinds of panels that a board can hold: what draws each. The type says that there is none without.
/** @import { Panel as PanelData } from "../payloads.js" */
/** @import { Panel, Tools } from "./panel.js" */
import { Cards } from "./cards.js"
import { Chart } from "./chart.js"
import { Choices } from "./choices.js"
import { Cloud } from "./cloud.js"
import { Contributions } from "./contributions.js"
import { Layers } from "./layers.js"
import { Matrix } from "./matrix.js"
import { Orders } from "./orders.js"
import { Plane } from "./plane.js"
import { Plot } from "./plot.js"
import { Sliders } from "./sliders.js"
import { Slots } from "./slots.js"
import { TableOnly } from "./table.js"
import { TextOnly } from "./text.js"
import { Transplant } from "./transplant.js"
import { Unrolled } from "./unrolled.js"

/** @typedef {PanelData["kind"]} Kind */

/**
 * What draws panels of a kind.
 * @template {Kind} K
 * @typedef {new (id: string, tools: Tools) => Panel<Extract<PanelData, { kind: K }>>} PanelClass
 */

/** @type {{ [K in Kind]: PanelClass<K> }} */
export const PANELS = {
  cards: Cards,
  chart: Chart,
  choices: Choices,
  cloud: Cloud,
  layers: Layers,
  matrix: Matrix,
  orders: Orders,
  parts: Contributions,
  plane: Plane,
  plot: Plot,
  sliders: Sliders,
  slots: Slots,
  table: TableOnly,
  text: TextOnly,
  transplant: Transplant,
  unrolled: Unrolled,
}
