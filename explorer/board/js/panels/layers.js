// Weight matrices to scale, and the sliders that change their sizes.
/** @import { LayersPanel } from "../payloads.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Tools } from "./panel.js" */
import { DataTable, folded } from "../data_table.js"
import { element } from "../dom.js"
import { layers } from "../pictures/layers.js"
import { rem } from "../theme.js"
import { Panel } from "./panel.js"
import { SliderControls } from "./slider_controls.js"

/** @extends {Panel<LayersPanel>} */
export class Layers extends Panel {
  /**
   * @param {string} id
   * @param {Tools} tools
   */
  constructor(id, tools) {
    super(id, tools)
    this.sliders = new SliderControls(tools, true, () => {})
    this.frame = element("div", { class: "stage-frame layers-frame" })
    this.table = new DataTable(`${id}.csv`)
    this.body.append(this.sliders.node, this.frame)
    this.node.append(folded(this.table.node))
  }

  /**
   * @override
   * @param {LayersPanel} data
   * @param {Theme} theme
   */
  async fill(data, theme) {
    this.sliders.lay(data.sliders)
    this.table.draw(data.title, data.table)
    this.fit(theme.width)
  }

  /**
   * @override
   * @param {number} width
   */
  fit(width) {
    if (!this.data || !this.theme) return
    const { node } = layers(this.data, { width, em: rem(), palette: this.theme.palette })
    this.frame.replaceChildren(node)
  }

  /** @override */
  close() {
    this.sliders.stop()
  }
}
