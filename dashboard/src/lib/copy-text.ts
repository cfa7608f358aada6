/** Copies the text of a field that is put into the page for it: the old way, which needs no secure context. */
function copyByField(text: string): boolean {
  const field = document.createElement('textarea');
  const focused = document.activeElement;
  field.value = text;
  field.readOnly = true;
  field.className = 'hidden-words';
  document.body.append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}

/**
 * Puts a text on the clipboard and tells whether it is there. Over plain http by a name of the local network a page has no
 * `navigator.clipboard`, and where it has one a browser may still refuse it: then it is tried the old way.
 */
export async function copyText(text: string): Promise<boolean> {
  const clipboard = (navigator as Partial<Navigator>).clipboard;
  if (clipboard) {
    try {
      await clipboard.writeText(text);
      return true;
    } catch {
      // Refused by the browser or its policy.
    }
  }
  return copyByField(text);
}
