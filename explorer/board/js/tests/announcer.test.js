import assert from "node:assert/strict"
import { test } from "node:test"
import "./page.js"
import { Announcer } from "../announcer.js"
import { withClock } from "./clock.js"

test("a text shows at once and is read out once it has come to rest", () => {
  withClock(pass => {
    const announcer = new Announcer("stage-summary")
    const { text, live } = announcer
    for (const typed of ["g", "go", "goo", "good"]) {
      announcer.show(typed)
      assert.equal(text.textContent, typed)
      pass(300)
      assert.equal(live.textContent, "")
    }
    pass(700)
    assert.equal(live.textContent, "good")
    announcer.show("good") // nothing new
    announcer.show("good film")
    announcer.close()
    pass(2000)
    assert.equal(live.textContent, "good")
  })
})

test("the text that is seen is no live region", () => {
  const { text, live } = new Announcer("stage-summary")
  assert.equal(text.getAttribute("role"), null)
  assert.equal(live.getAttribute("role"), "status")
  assert.ok(live.classList.contains("stage-unseen"))
})
