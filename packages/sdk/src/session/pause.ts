import type { Clock, Millis } from '@meerkat-chat/xmpp';

/** Waits for so long, or until it is given up. */
export function pause(clock: Clock, time: Millis, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const off = clock.after(Math.max(time, 0), resolve);
    signal.addEventListener('abort', () => {
      off();
      resolve();
    });
  });
}
