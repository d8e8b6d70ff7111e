import assert from "node:assert/strict"
import { test } from "node:test"
import { withClock } from "./clock.js"
import "./page.js"
import { addressWith } from "../address.js"
import { bridge, connect, disconnect } from "../shell/bridge.js"
import { Menu } from "../shell/menu.js"
import { Navigation } from "../shell/navigation.js"
import { changed } from "../shell/route.js"

/** @typedef {{ number: number, texts: Record<string, string>, go?: string }} Sent */

/** @param {Partial<import("../payloads.js").BarBoard>} data */
function componentWith(data) {
  /** @type {[string, Sent][]} */
  const sent = []
  /** @type {import("../payloads.js").BarBoard} */
  const board = { page: "memory", phrase: "", other: null, model: "gru", names: ["gru"], put: 0, typed: 0, ...data }
  const note = (/** @type {string} */ name, /** @type {unknown} */ value) => {
    sent.push([name, /** @type {Sent} */ (value)])
  }
  return { sent, component: { data: board, setStateValue: note, setTriggerValue: note } }
}

test("a query is changed where it is asked to be, and nowhere else", () => {
  assert.equal(changed("?a=x&embed=true&b=y", { b: null, a: "x & y" }), "?a=x+%26+y&embed=true")
  assert.equal(changed("?a=x", { a: null }), "")
})

test("what the first page writes into its address by itself stays where the server writes the rest", () => {
  const where = { pathname: "/", search: "?a=new&zoom=unit&sort=weight&embed=true" }
  const query = addressWith("?a=old&sort=number", ["a", "b", "sort"], where, ["a", "b", "zoom"])
  assert.equal(query, "/?a=new&zoom=unit&embed=true&sort=number")
})

test("of what is typed the server hears the newest, once, at rest", () => {
  withClock(pass => {
    const { sent, component } = componentWith({})
    connect(component)
    bridge.tell({ phrase: "a" })
    bridge.tell({ phrase: "ab" })
    assert.equal(sent.length, 0)
    pass(200)
    assert.deepEqual(
      sent.map(([name, { texts }]) => [name, texts]),
      [["typed", { phrase: "ab" }]],
    )
    pass(200)
    assert.equal(sent.length, 1)
    disconnect(component)
  })
})

test("what is typed before there is a server is told as soon as there is one, and counts more than what it says", () => {
  withClock(pass => {
    bridge.tell({ phrase: "typed early" })
    pass(200)
    const { sent, component } = componentWith({ phrase: "of before" })
    assert.equal(bridge.newer(component.data), false)
    connect(component)
    assert.deepEqual(sent[0][1].texts.phrase, "typed early")
    assert.equal(bridge.newer({ ...component.data, typed: sent[0][1].number }), true)
    disconnect(component)
  })
})

test("another page is asked for with what was typed last", () => {
  const { sent, component } = componentWith({})
  assert.equal(bridge.go("space"), false)
  connect(component)
  sent.length = 0
  bridge.tell({ phrase: "last" })
  assert.equal(bridge.go("space"), true)
  assert.deepEqual([sent[0][0], sent[0][1].go, sent[0][1].texts.phrase], ["asked", "space", "last"])
  disconnect(component)
})

test("a menu says whether it is open, and Escape closes it", () => {
  const link = document.createElement("a")
  const menu = new Menu("Learn", [link])
  document.body.append(menu.node)
  assert.equal(menu.button.getAttribute("aria-expanded"), "false")
  menu.button.click()
  assert.deepEqual([menu.list.hidden, menu.button.getAttribute("aria-expanded")], [false, "true"])
  menu.onKey(/** @type {KeyboardEvent} */ ({ key: "Escape", stopPropagation() {}, preventDefault() {} }))
  assert.deepEqual([menu.list.hidden, menu.button.getAttribute("aria-expanded")], [true, "false"])
})

test("pages stand in their groups, and the current one says so", () => {
  const page = (/** @type {string} */ name, /** @type {string} */ group) => ({
    ...{ name, title: name, path: name, group },
    ...{ phrase: null, model: null },
  })
  const pages = [page("hand", "Learn"), page("memory", "Explore"), page("space", "Explore")]
  const navigation = new Navigation(pages, { go: () => {}, hrefOf: ({ path }) => `/${path}` })
  navigation.show(pages[2])
  assert.deepEqual(
    navigation.menus.map(({ group, menu }) => [group, menu.items.length]),
    [
      ["Learn", 1],
      ["Explore", 2],
    ],
  )
  assert.deepEqual(
    navigation.links.map(({ link }) => link.getAttribute("aria-current")),
    [null, null, "page"],
  )
})
