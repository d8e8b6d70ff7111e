// Whether a visitor has fingers and no keyboard: what is said of keys would make no sense to them.

/** A phone or a tablet by itself. */
export function touchAlone() {
  return window.matchMedia("(hover: none) and (pointer: coarse)").matches
}
