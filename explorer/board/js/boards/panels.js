// The board of the pages that show panels of several kinds.
/** @import { Panel as PanelData, PanelBoard } from "../payloads.js" */
/** @import { Panel, Tools } from "../panels/panel.js" */
import { Board } from "../board.js"
import { mounted } from "../component.js"
import { PANELS } from "../panels/registry.js"

/** @extends {Board<PanelBoard, PanelData>} */
class Panels extends Board {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root)
  }

  /**
   * @override
   * @param {PanelBoard} data
   */
  partsOf({ panels }) {
    return panels
  }

  /**
   * @override
   * @param {PanelData} part
   */
  classOf({ kind }) {
    // a panel is drawn by the class of its own kind, which TypeScript cannot follow through the union
    return /** @type {new (id: string, tools: Tools) => Panel<PanelData>} */ (/** @type {unknown} */ (PANELS[kind]))
  }

  /**
   * @override
   * @param {PanelBoard} data
   */
  stamp(data) {
    this.root.dataset.text = data.typed
    if ("typed_b" in data) this.root.dataset.textB = String(data.typed_b)
  }

  /**
   * @override
   * @param {number} unit
   */
  pickUnit(unit) {
    this.tools.ask({ unit })
  }
}

export const { show, leave } = mounted(Panels)
