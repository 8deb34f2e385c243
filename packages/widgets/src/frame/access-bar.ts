import { StorageAccess } from './storage-access.js';

/** The bar of the page that offers to go on as oneself; undefined on a page without one. @param again signs in anew */
export function accessBar(document: Document, again: () => void): StorageAccess | undefined {
  const bar = document.querySelector<HTMLElement>('.access');
  const button = bar?.querySelector('button');
  const text = bar?.querySelector('p');
  if (!bar || !button || !text) return undefined;
  const view = {
    show: () => {
      bar.hidden = false;
    },
    hide: () => {
      bar.hidden = true;
    },
    refused: () => {
      button.remove();
      text.textContent = bar.dataset.refused ?? '';
    },
  };
  const access = new StorageAccess(document, view, again);
  button.addEventListener('click', () => void access.pressed());
  return access;
}
