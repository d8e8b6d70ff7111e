// One picture inside another page's frame: `only=<picture>`, and `controls=none` hides all that one can set.
import { element } from "../dom.js"
import { t } from "../messages.js"
import { showAlone } from "./alone.js"
import { onPictures, pictures } from "./pictures.js"
import { presenting } from "./presenter.js"

const PATIENCE = 30_000 // milliseconds until a picture that does not come is given up

/** Shows what the address asks for; called once. */
export function startEmbed() {
  const asked = new URLSearchParams(location.search)
  const only = asked.get("only")
  const { dataset } = document.documentElement
  if (asked.get("controls") === "none") dataset.controls = "none"
  if (!only) return
  dataset.only = "waiting"
  const waiting = setTimeout(() => missing(only), PATIENCE)
  const show = () => {
    const picture = pictures().find(({ id }) => id === only)
    if (presenting() || (!picture && dataset.only === "waiting")) return // gone for a moment: it is made anew
    if (picture) {
      clearTimeout(waiting)
      document.querySelector(".embed-missing")?.remove()
      dataset.only = "shown"
    }
    showAlone(picture ?? null)
    window.dispatchEvent(new Event("resize"))
  }
  onPictures(show)
  show()
}

/** @param {string} only */
function missing(only) {
  document.documentElement.dataset.only = "missing"
  const words = t("There is no picture named “{name}” on this page.", { name: only })
  document.body.append(element("p", { class: "embed-missing", role: "status", "data-over": true }, words))
}
