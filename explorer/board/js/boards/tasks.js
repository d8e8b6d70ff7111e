// The boards of the page on sequence tasks.
import { Board } from "../board.js"
import { Choices } from "../panels/choices.js"
import { mounted } from "../component.js"
import { KINDS } from "../panels/registry.js"
import { Unrolled } from "../panels/unrolled.js"

class Tasks extends Board {
  constructor(root) {
    super(root, "this page", { ...KINDS, choices: Choices, unrolled: Unrolled })
  }
}

export const { show, leave } = mounted(Tasks)
