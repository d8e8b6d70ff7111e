// The board of Compare: two phrases with the verdicts of all models above them. It has charts alone, so the other kinds
// of panels need not be fetched.
/** @import { CompareBoard, CompareChart } from "../payloads.js" */
import { Board } from "../board.js"
import { mounted } from "../component.js"
import { element } from "../dom.js"
import { Chart } from "../panels/chart.js"
import { verdicts } from "../verdicts.js"

/** @extends {Board<CompareBoard, CompareChart>} */
class Compare extends Board {
  /** @param {HTMLElement} root */
  constructor(root) {
    const answers = element("div")
    super(root, "this comparison", [answers])
    this.answers = answers
  }

  /**
   * @override
   * @param {CompareBoard} data
   */
  async draw(data) {
    this.answers.replaceChildren(verdicts(data.verdicts))
    await super.draw(data)
  }

  /**
   * @override
   * @param {CompareBoard} data
   */
  partsOf({ charts }) {
    return charts
  }

  /** @override */
  classOf() {
    return Chart
  }

  /**
   * @override
   * @param {CompareBoard} data
   */
  stamp({ typed: [a, b] }) {
    this.root.dataset.textA = a
    this.root.dataset.textB = b
  }
}

export const { show, leave } = mounted(Compare)
