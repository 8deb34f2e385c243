import type { Env, Millis } from '@meerkat-chat/xmpp';
import type { Identity } from './identity.js';
import { pause } from './pause.js';
import type { SiteTokens } from './sasl/site-token.js';

/** How long to wait when a new token could not be had, or the server did not take it. */
const AGAIN_AFTER: Millis = 15_000;

/** What renewing needs of the session. */
export interface RenewalHost {
  readonly env: Env;
  readonly tokens: SiteTokens;
  /** Goes on with the session on another link, signed in with the new token; false when it stays where it is. */
  move(signal: AbortSignal): Promise<boolean>;
}

/**
 * Sees to it that the session never comes to the end of its token: before that, another one is asked for, and the
 * session is resumed with it on a second link, so that nobody sees anything and nothing is lost.
 */
export async function keepRenewed({ env, move, tokens }: RenewalHost, signal: AbortSignal): Promise<void> {
  const { clock } = env;
  const at = tokens.renewAt;
  if (at === undefined || signal.aborted) return;
  // Not all who came at once come back at once.
  await pause(clock, (at - clock.now()) * (0.9 + env.random.number() / 10), signal);
  while (!signal.aborted) {
    const moved = await tokens.fresh().then(
      () => !signal.aborted && move(signal),
      () => false,
    );
    if (moved || signal.aborted) return;
    await pause(clock, AGAIN_AFTER, signal);
  }
}

/** The same for an identity. @param move as in `RenewalHost` */
export async function renewAlong(
  env: Env,
  identity: Identity,
  move: RenewalHost['move'],
  signal: AbortSignal,
): Promise<void> {
  const moveAnew = async (): Promise<boolean> => {
    identity.renewing = true;
    try {
      return await move(signal);
    } finally {
      identity.renewing = false;
    }
  };
  await keepRenewed({ env, tokens: await identity.siteTokens.load(), move: moveAnew }, signal);
}
