import type { Env } from '@meerkat-chat/xmpp';
import { pause } from './pause.js';
import type { SessionSettings } from './settings.js';

/**
 * While the session is on BOSH: looks now and then whether a WebSocket can be had. The pauses grow with each failure.
 * @param tryMove tries to move the session there; true when it is there. Rejects where what does it cannot be loaded
 */
export async function keepProbing(
  { clock, random }: Env,
  { probeFirst, probeMax }: Pick<SessionSettings, 'probeFirst' | 'probeMax'>,
  tryMove: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  let moved = false;
  for (let next = probeFirst; !moved && !signal.aborted; next = Math.min(next * 2, probeMax)) {
    await pause(clock, next * (0.75 + random.number() / 2), signal);
    if (!signal.aborted) moved = await tryMove().catch(() => false);
  }
}
