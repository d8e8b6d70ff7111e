// The boards of the pages that look inside.
import { Board } from "../board.js"
import { mounted } from "../component.js"
import { KINDS } from "../panels/registry.js"

class Inside extends Board {
  constructor(root) {
    super(root, "this page", KINDS)
  }
}

export const { show, leave } = mounted(Inside)
