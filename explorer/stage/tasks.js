// The boards of the page on sequence tasks.
import { Board } from "./board.js"
import { Choices } from "./choices.js"
import { mounted } from "./mounted.js"
import { KINDS } from "./panels.js"
import { Unrolled } from "./unrolled.js"

class Tasks extends Board {
  constructor(root) {
    super(root, "this page", { ...KINDS, choices: Choices, unrolled: Unrolled })
  }
}

export const { show, leave } = mounted(Tasks)
