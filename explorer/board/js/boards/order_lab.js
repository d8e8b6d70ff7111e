// The board of the order lab: no time cursor, links and points that open a text in Compare, words that can be moved.
import { Board } from "../board.js"
import { Chips } from "../panels/chips.js"
import { Cloud } from "../panels/cloud.js"
import { follow } from "../links.js"
import { mounted } from "../component.js"
import { KINDS } from "../panels/registry.js"

class Lab extends Board {
  constructor(root) {
    super(root, "this page", { ...KINDS, chips: Chips, cloud: Cloud })
    follow(root, value => {
      this.share.write() // the way back leads to this very page
      this.ask(value)
    })
  }
}

export const { show, leave } = mounted(Lab)
