import { type Random, randomId } from '@meerkat-chat/xmpp';
import type { LocksLike } from '../platform.js';

/** A session id that is ours alone for as long as we hold it. */
export interface Claim {
  readonly id: string;
  /** False when the id that was asked for is another tab's, so that this one is new. */
  readonly kept: boolean;
  release(): void;
}

/**
 * Claims a session for this document. `sessionStorage` is copied when a tab is duplicated, so two tabs may find the same
 * session there; a Web Lock lets one have it. Where there are no locks it is assumed to be ours.
 * @param wanted the id that was stored; undefined for a new one
 */
export async function claimSession(
  locks: LocksLike | undefined,
  random: Random,
  wanted: string | undefined,
): Promise<Claim> {
  if (wanted !== undefined) {
    const release = await lock(locks, wanted);
    if (release) return { id: wanted, kept: true, release };
  }
  const id = randomId(random);
  return { id, kept: false, release: (await lock(locks, id)) ?? (() => {}) };
}

/** @returns what lets go of the lock, or undefined when somebody else has it */
function lock(locks: LocksLike | undefined, id: string): Promise<(() => void) | undefined> {
  if (!locks) return Promise.resolve(() => {});
  return new Promise((resolve) => {
    locks
      .request(`meerkat-session:${id}`, { ifAvailable: true }, (held) => {
        if (held === null) {
          resolve(undefined);
          return Promise.resolve();
        }
        return new Promise<void>((release) => resolve(release));
      })
      // Sandboxed frames have the API and may not use it.
      .catch(() => resolve(() => {}));
  });
}
