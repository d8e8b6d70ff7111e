import assert from "node:assert/strict"
import { mock, test } from "node:test"
import "./page.js"
import { Announcer } from "../announcer.js"

test("a text shows at once and is read out once it has come to rest", () => {
  mock.timers.enable(
    /** @type {never} */ (Number(process.versions.node.split(".")[0]) < 20 ? ["setTimeout"] : { apis: ["setTimeout"] }),
  )
  const announcer = new Announcer("stage-summary")
  const { text, live } = announcer
  for (const typed of ["g", "go", "goo", "good"]) {
    announcer.show(typed)
    assert.equal(text.textContent, typed)
    mock.timers.tick(300)
    assert.equal(live.textContent, "")
  }
  mock.timers.tick(700)
  assert.equal(live.textContent, "good")
  announcer.show("good") // nothing new
  announcer.show("good film")
  announcer.close()
  mock.timers.tick(2000)
  assert.equal(live.textContent, "good")
  mock.timers.reset()
})

test("the text that is seen is no live region", () => {
  const { text, live } = new Announcer("stage-summary")
  assert.equal(text.getAttribute("role"), null)
  assert.equal(live.getAttribute("role"), "status")
  assert.ok(live.classList.contains("stage-unseen"))
})
