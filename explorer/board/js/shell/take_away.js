// What the shell starts once: keys of the presenter view, embedding, printing.
import { startEmbed } from "./embed.js"
import { startPresenter } from "./presenter.js"
import { startPrint } from "./print.js"

export function startTakeAway() {
  startPresenter()
  startEmbed()
  startPrint()
}
