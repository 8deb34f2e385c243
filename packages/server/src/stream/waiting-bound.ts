import { streamError } from '@meerkat-chat/xmpp';
import type { StreamContext } from './context.js';

/** So much of the bound is left when sessions have been ended for it, in eighths: not each second one more has to go. */
const EIGHTHS_LEFT = 7;

/**
 * Keeps what waits for all clients together within `limits.totalWaitingBytes`: where it is more, sessions are ended,
 * those first for which most waits. That is who takes nothing or has been away longest; who keeps up is never among them.
 * Called now and then, so that nothing is looked for on the path of a stanza.
 */
export function boundWaiting(context: StreamContext): void {
  const { held, host, sessions } = context;
  const most = host.limits.totalWaitingBytes;
  let inLinks = 0;
  for (const session of sessions) inLinks += session.linkBytes;
  const before = held.bytes + inLinks;
  if (before <= most) return;
  const byWeight = [...sessions]
    .map((session) => ({ session, bytes: session.linkBytes + session.keptBytes }))
    .sort((one, other) => other.bytes - one.bytes);
  let ended = 0;
  for (const { session } of byWeight) {
    if (held.bytes + inLinks <= (most / 8) * EIGHTHS_LEFT) break;
    inLinks -= session.linkBytes;
    session.finish('overflow', streamError('resource-constraint', 'too much waits for you'));
    ended++;
  }
  host.log.warn({ bytes: before, ended }, 'too much waited for slow and absent clients');
}
