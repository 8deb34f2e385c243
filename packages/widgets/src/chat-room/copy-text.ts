/**
 * Puts a text on the clipboard; false where the page may not. A frame whose page does not give it the clipboard can
 * still copy what is selected, while it handles a press.
 *
 * @param root where a field may stand for a moment
 */
export async function copyText(text: string, root: Node): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text, root);
  }
}

function copySelected(text: string, root: Node): boolean {
  const field = document.createElement('textarea');
  field.className = 'copied';
  field.value = text;
  root.appendChild(field);
  field.select();
  try {
    return document.execCommand('copy');
  } finally {
    field.remove();
  }
}
