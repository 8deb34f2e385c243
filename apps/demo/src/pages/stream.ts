const player = document.querySelector<HTMLElement>('#player');
const button = document.querySelector<HTMLButtonElement>('#pause');
const elapsed = document.querySelector('#elapsed');
const still = matchMedia('(prefers-reduced-motion: reduce)');
const paused = () => player?.hasAttribute('data-paused') ?? true;

function pause(on: boolean): void {
  player?.toggleAttribute('data-paused', on);
  button?.setAttribute('aria-label', on ? 'Play' : 'Pause');
}

button?.addEventListener('click', () => pause(!paused()));

/** Whoever wants no motion gets a still, with nothing to pause. */
function settle(): void {
  if (button) button.hidden = still.matches;
  pause(still.matches);
}
still.addEventListener('change', settle);
settle();

let seconds = 0;
setInterval(() => {
  if (paused() || document.hidden) return;
  seconds++;
  const rest = String(seconds % 60).padStart(2, '0');
  if (elapsed) elapsed.textContent = `${Math.floor(seconds / 60)}:${rest}`;
}, 1_000);

// What `/embed/frame.js` tells of the chat in the frame.
let messages = 0;
document.querySelector('iframe')?.addEventListener('meerkat:message', () => {
  messages++;
  const heard = document.querySelector('#heard');
  if (heard) heard.textContent = `So far: ${messages === 1 ? 'one message' : `${messages} messages`}.`;
});
