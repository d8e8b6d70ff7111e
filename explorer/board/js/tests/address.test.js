import assert from "node:assert/strict"
import { test } from "node:test"
import { addressWith } from "../address.js"

const OURS = ["phrase", "unit"]

test("an address has the settings that are given, and keeps what others put there", () => {
  const where = { pathname: "/inside", search: "?embed=true&phrase=old&unit=3" }
  assert.equal(addressWith("?phrase=s%C3%BC%C3%9F", OURS, where), "/inside?embed=true&phrase=s%C3%BC%C3%9F")
})

test("an address without settings has no question mark", () => {
  assert.equal(addressWith("?", OURS, { pathname: "/inside", search: "?phrase=old" }), "/inside")
})
