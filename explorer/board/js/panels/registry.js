// The kinds of panels that a board can hold.
import { Cell } from "./cell.js"
import { Chart } from "./chart.js"
import { element } from "../dom.js"
import { Layers } from "./layers.js"
import { Matrix } from "./matrix.js"
import { Panel } from "./panel.js"
import { Parts } from "./contributions.js"
import { Plane } from "./plane.js"
import { Plot } from "./plot.js"
import { Slid } from "./sliders.js"
import { Slots } from "./slots.js"
import { folded, tabulated } from "../data_table.js"

class TimeChart extends Chart {
  constructor(id, { onStep, ask }) {
    super(id, onStep, row => ask({ unit: row }))
  }
}

export class Still extends Panel {
  async fill(panel, look) {
    if (this.plot) this.plot.receive(panel)
    else this.plot = new Plot(panel)
    const numbers = panel.table ? [folded([tabulated(panel)])] : []
    this.body.replaceChildren(this.plot.node, ...numbers)
    await this.plot.draw(look)
  }

  fit(width) {
    this.plot?.fit(width)
  }

  close() {
    this.plot?.close()
  }
}

class Table extends Panel {
  async fill(panel) {
    this.node.classList.add("stage-titled")
    this.body.replaceChildren(...(panel.sentences ?? []).map(text => element("p", {}, text)), tabulated(panel))
  }
}

// A heading and a sentence, where there is nothing to draw yet.
class Text extends Panel {}

export const KINDS = {
  text: Text,
  chart: TimeChart,
  plot: Still,
  table: Table,
  cell: Cell,
  matrix: Matrix,
  parts: Parts,
  plane: Plane,
  slid: Slid,
  layers: Layers,
  slots: Slots,
}
