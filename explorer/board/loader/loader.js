// What Streamlit loads for a board: it fetches the board's own module, from the folder of the files that the page came with.
/** @typedef {{ parentElement: HTMLElement }} Component */

const shell = /** @type {HTMLScriptElement} */ (document.querySelector('script[src$="/shell/shell.js"]'))

/** @param {Component} component */
export default function load(component) {
  const stage = /** @type {HTMLElement} */ (component.parentElement.querySelector(".stage"))
  const board = import(new URL(`../${stage.dataset.source}`, shell.src).href)
  board.then(module => module.show(component)).catch(() => {
    stage.textContent = "The charts could not be loaded. Reload the page."
  })
  return () => board.then(module => module.leave(component))
}
