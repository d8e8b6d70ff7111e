import assert from "node:assert/strict"
import { test } from "node:test"
import "./page.js"

const { attempts } = await import("../shell/type_size.js")
const { fileName, lines } = await import("../shell/picture_files.js")
const { offerPicture, onPictures, pictures, shownPictures, withdrawPicture } = await import("../shell/pictures.js")
const { COMMAND, reach, snippet } = await import("../shell/reach.js")

test("pictures come in the order of the page, the main one first where one is chosen", () => {
  document.body.innerHTML = '<p id="x"></p><p id="y" hidden></p><p id="z" data-picture="main"></p>'
  let told = 0
  const stop = onPictures(() => told++)
  for (const id of ["z", "y", "x", "x"]) {
    offerPicture({ id, title: id, node: /** @type {HTMLElement} */ (document.getElementById(id)) })
  }
  assert.equal(told, 3) // the same again is no change
  assert.deepEqual(
    pictures()
      .map(({ id }) => id)
      .join(""),
    "xyz",
  )
  assert.deepEqual(
    shownPictures()
      .map(({ id }) => id)
      .join(""),
    "zx",
  ) // y is hidden
  document.getElementById("x")?.remove()
  withdrawPicture("z")
  withdrawPicture("z")
  assert.equal(told, 4)
  assert.deepEqual(
    pictures()
      .map(({ id }) => id)
      .join(""),
    "y",
  )
  stop()
  withdrawPicture("y")
  assert.equal(told, 4)
})

test("a link keeps the address by which one came, and says who can open it", () => {
  const asked = "/memory?phrase=a%26b&present=1&only=x&controls=none#page"
  const abroad = reach(`https://lecture.example:8501${asked}`, null)
  assert.equal(abroad.link, "https://lecture.example:8501/memory?phrase=a%26b")
  assert.equal(abroad.command, null)
  assert.match(abroad.note, /lecture\.example:8501/)
  for (const host of ["localhost", "127.0.0.1", "127.0.1.9", "[::1]", "a.localhost"]) {
    const here = reach(`http://${host}:8501${asked}`, null)
    assert.equal(here.link, `http://${host}:8501/memory?phrase=a%26b`)
    assert.equal(here.command, COMMAND)
    const shared = reach(`http://${host}:8501${asked}`, "http://192.168.1.7:8501")
    assert.equal(shared.link, "http://192.168.1.7:8501/memory?phrase=a%26b")
    assert.equal(shared.command, null)
  }
  const other = reach("http://192.168.1.8:8501/", "http://192.168.1.7:8501")
  assert.equal(other.link, "http://192.168.1.8:8501/")
  assert.equal(reach("http://localhost/?kept=a", null).link, null)
})

test("the snippet is HTML of one frame, whatever the texts are", () => {
  const link = reach("http://h:1/?a=%22%3E%26", null, { only: "x&y", controls: "none" }).link ?? ""
  const title = '"><script>alert(1)</script>&amp;'
  const holder = document.createElement("div")
  holder.innerHTML = snippet(link, title)
  assert.equal(holder.children.length, 1)
  const frame = /** @type {Element} */ (holder.firstElementChild)
  assert.equal(frame.getAttribute("title"), title)
  const source = new URL(frame.getAttribute("src") ?? "")
  assert.deepEqual(Object.fromEntries(source.searchParams), { a: '">&', only: "x&y", controls: "none" })
})

test("type for the back row: 30 px at the least on a projector, larger where there is room", () => {
  assert.equal(Math.min(...attempts(1280, 800).map(({ size }) => size)), 30)
  assert.deepEqual(attempts(1920, 1080)[0], { size: 48, tight: false })
  assert.deepEqual(attempts(1920, 1080).at(-1), { size: 30, tight: true })
  assert.ok(attempts(375, 667).every(({ size }) => size >= 18 && size < 30))
})

test("a file is called as the picture is", () => {
  assert.equal(fileName("Belief: “good”/<i>bad</i>"), "belief-good-i-bad-i")
  assert.equal(fileName("a⟨t⟩ über 97%"), "a-t-über-97")
  assert.equal(fileName("…"), "picture")
  assert.ok(fileName("x".repeat(300)).length <= 60)
})

test("long texts are broken into lines and nothing is lost", () => {
  assert.deepEqual(lines("one two three", 7), ["one two", "three"])
  assert.deepEqual(lines("", 7), [])
  const address = `http://h/?a=${"x".repeat(50)}`
  assert.equal(lines(address, 20).join(""), address)
  assert.ok(lines(`${address} and more words here`, 20).every(line => line.length <= 20))
})
