import { snippet } from '../snippet.js';

const text = snippet(location.origin);
const code = document.querySelector('#snippet');
const button = document.querySelector<HTMLButtonElement>('#copy');
const status = document.querySelector('#copied');
if (code) code.textContent = text;

/** Marks the lines, so that they can be copied by hand where the clipboard may not be used (plain http). */
function select(): void {
  if (code) getSelection()?.selectAllChildren(code);
}

button?.addEventListener('click', async () => {
  let said = 'Copied. Paste it into an empty file.';
  try {
    await navigator.clipboard.writeText(text);
    button.dataset.done = '';
    button.textContent = 'Copied';
  } catch {
    select();
    said = 'The lines are marked: copy them with the keyboard.';
  }
  if (status) status.textContent = said;
});

// The confirmation stays until the pointer or the focus has gone elsewhere.
for (const event of ['pointerleave', 'blur']) {
  button?.addEventListener(event, () => {
    if (!button || button.matches(':focus-visible')) return;
    delete button.dataset.done;
    button.textContent = 'Copy';
    if (status) status.textContent = '';
  });
}
