// The stage of Compare: a board of two phrases with the verdicts of all lanes above it. It has charts alone, so the other kinds
// of panels need not be fetched.
import { Board } from "../board.js"
import { Chart } from "../panels/chart.js"
import { element } from "../dom.js"
import { follow } from "../links.js"
import { mounted } from "../component.js"
import { verdicts } from "../verdicts.js"

class Picture extends Chart {
  constructor(id, { onStep }) {
    super(id, onStep)
  }
}

class Stage extends Board {
  constructor(root) {
    const answers = element("div")
    super(root, "this comparison", { chart: Picture }, [answers])
    this.verdicts = answers
    follow(root, value => {
      this.share.write() // the way back leads to this very comparison
      this.ask(value)
    })
  }

  draw(data) {
    this.verdicts.replaceChildren(verdicts(data.verdicts))
    return super.draw({ ...data, panels: data.charts.map(chart => ({ kind: "chart", ...chart })) })
  }

  stamp({ typed: [a, b] }) {
    this.root.dataset.textA = a
    this.root.dataset.textB = b
  }
}

export const { show, leave } = mounted(Stage)
