// A page without a browser, for tests: a document, and no more of a window than the board asks for.
import { parseHTML } from "linkedom"

const { document, window } = parseHTML("<!doctype html><html><body></body></html>")
Object.assign(globalThis, { document, window, Element: window.Element, HTMLElement: window.HTMLElement })
