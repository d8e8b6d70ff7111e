// Copying, also over plain http, where browsers withhold the clipboard.

/**
 * Copies what a field holds; false where no way is open, and then its text is selected.
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 */
export async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value)
    return true
  } catch {
    field.focus()
    field.select()
    return document.execCommand("copy")
  }
}
