import { session } from '@hotwired/turbo';

// Only the links between the two leaves are Turbo's; the rest of the site is walked as ever.
session.drive = false;

let turns = -1;

document.addEventListener('turbo:load', () => {
  turns++;
  const shown = document.querySelector('#turns');
  if (shown) shown.textContent = String(turns);
});
