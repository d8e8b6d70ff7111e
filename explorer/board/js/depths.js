// Three depths: what one sees, how to read it, the numbers behind it. The latter two are folded and drawn when opened.
import { element } from "./dom.js"
import { t } from "./messages.js"

/** @typedef {"see" | "explain" | "measure"} Depth */

/** The places of panels by depth, one below the other. */
export class Depths {
  /** @param {() => void} onOpen a folded depth was opened: it is to be drawn */
  constructor(onOpen) {
    this.see = element("div", { class: "stage-see" })
    this.folds = {
      explain: fold("explain", t("How to read this")),
      measure: fold("measure", t("The numbers behind it")),
    }
    Object.values(this.folds).forEach(details => details.addEventListener("toggle", () => details.open && onOpen()))
    this.node = element("div", {}, this.see, ...Object.values(this.folds))
  }

  /**
   * Where panels of a depth stand.
   * @param {Depth} depth
   * @returns {HTMLElement}
   */
  place(depth) {
    return depth === "see" ? this.see : this.folds[depth]
  }

  /**
   * Whether it can be seen, so that it has a width to be drawn in.
   * @param {Depth} depth
   */
  open(depth) {
    return depth === "see" || this.folds[depth].open
  }

  /** Folds without panels are not shown. */
  tidy() {
    for (const details of Object.values(this.folds)) details.hidden = details.children.length === 1
  }
}

/**
 * @param {Depth} depth
 * @param {string} label
 */
function fold(depth, label) {
  const attributes = { class: `stage-depth stage-${depth}`, "data-testid": `depth-${depth}`, hidden: true }
  return element("details", attributes, element("summary", {}, label))
}
