import type { Clock, Millis, Off } from '@meerkat-chat/xmpp';
import type { Page } from '../platform.js';

/** How often we look whether the machine slept, and how much longer than that counts as sleep. */
const TICK: Millis = 5_000;
const SLEPT: Millis = 10_000;

/**
 * Tells when a link that seems open may be dead: the network changed, the page came back, or the machine slept (the
 * clock made a jump between two ticks).
 */
export function onWake(page: Page, clock: Clock, woke: () => void): Off {
  let last = clock.now();
  const offs = [
    page.on('online', woke),
    page.on('visible', woke),
    clock.every(TICK, () => {
      const slept = clock.now() - last - TICK > SLEPT;
      last = clock.now();
      if (slept) woke();
    }),
  ];
  return () => {
    for (const off of offs) off();
  };
}
