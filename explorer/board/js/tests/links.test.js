import assert from "node:assert/strict"
import { test } from "node:test"
import "./page.js"
import { element } from "../dom.js"
import { follow, link } from "../links.js"

test("a plain click on a link asks the server, one with a key does not, nor does another link", () => {
  /** @type {unknown[]} */
  const asked = []
  const inner = element("b", {}, "x")
  const anchor = link("good", "./?a=good", { a: "good" })
  const other = element("a", { href: "#" })
  anchor.append(inner)
  const root = element("div", {}, anchor, other)
  follow(root, event => asked.push(event))
  /**
   * @param {Element} node
   * @param {Record<string, boolean>} keys
   */
  const click = (node, keys = {}) => {
    const event = Object.assign(new window.Event("click", { bubbles: true, cancelable: true }), { button: 0, ...keys })
    node.dispatchEvent(event)
    return event.defaultPrevented
  }
  assert.deepEqual([click(inner), click(anchor, { ctrlKey: true }), click(other)], [true, false, false])
  assert.deepEqual(asked, [{ a: "good" }])
})
