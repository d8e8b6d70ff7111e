// A heading and a sentence, where there is nothing to draw yet.
/** @import { TextPanel } from "../payloads.js" */
import { Panel } from "./panel.js"

/** @extends {Panel<TextPanel>} */
export class TextOnly extends Panel {
  /** @override */
  pictured = false
}
