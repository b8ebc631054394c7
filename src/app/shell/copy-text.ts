/**
 * Puts a text on the clipboard.
 *
 * @returns false where the browser would not: over plain http there is no clipboard, and elsewhere it may be refused.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    // Missing, whatever the types say, where the page came over plain http.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (clipboard === undefined) return copySelected(text);
    await clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** The way of old, which asks for no secure context: what is selected is copied. */
function copySelected(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
  }
}
