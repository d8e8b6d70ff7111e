import assert from "node:assert/strict"
import { test } from "node:test"
import { Refusal, refusalOf } from "../refusal.js"
import { LevelsClient } from "../zoom/levels_client.js"

const SAID = "gru.json is missing."

test("models that cannot be used are told in the server's words", async () => {
  assert.equal(await refusalOf(Response.json({ error: SAID }, { status: 503 })), SAID)
})

test("what a proxy answers in the server's place is no reason", async () => {
  assert.equal(await refusalOf(new Response("<h1>Bad Gateway</h1>", { status: 503 })), "")
  assert.equal(await refusalOf(Response.json({ error: 3 }, { status: 503 })), "")
  assert.equal(await refusalOf(Response.json({ error: SAID }, { status: 502 })), "")
})

test("a level that cannot be computed rejects with the reason", async t => {
  t.mock.method(globalThis, "fetch", () => Response.json({ error: SAID }, { status: 503 }))
  globalThis.document = /** @type {Document} */ ({ baseURI: "http://localhost/" })
  t.after(() => Reflect.deleteProperty(globalThis, "document"))
  await assert.rejects(
    new LevelsClient().run("good", "gru", 1),
    error => error instanceof Refusal && error.message === SAID,
  )
})
