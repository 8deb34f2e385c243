import type { Env } from '@meerkat-chat/xmpp';
import type { Logger } from '../../kernel/logger.js';
import { deriveKey } from '../server-key.js';
import type { SiteFetch } from '../site/site-inquiry.js';
import { GuestDoor } from './guest-door.js';
import type { GuestSettings } from './settings.js';
import { SiteProofs } from './site-proofs.js';
import { WorkProofs } from './work-proofs.js';

/** What the door for guests is made with. */
export interface CreateGuestDoorOptions {
  readonly env: Env;
  readonly log: Logger;
  readonly settings: GuestSettings;
  readonly serverKey: Buffer;
  readonly fetch: SiteFetch;
  /** Whether an address is of a network that many people share. */
  readonly isShared: (address: string) => boolean;
}

/** Makes the door for guests as it is set. */
export function createGuestDoor(options: CreateGuestDoorOptions): GuestDoor {
  const { env, isShared, settings } = options;
  return new GuestDoor({ env, settings, isShared, proofs: proofsOf(options) });
}

function proofsOf({ env, fetch, log, serverKey, settings }: CreateGuestDoorOptions) {
  const { bits, kind, time, url = '' } = settings.proof;
  switch (kind) {
    case 'off':
      return undefined;
    case 'work':
      return new WorkProofs({ env, secret: deriveKey(serverKey, 'guest-work'), bits, time });
    case 'site':
      // The settings see to it that there is one.
      return new SiteProofs({ clock: env.clock, log, fetch, settings: { ...settings.proof, url } });
  }
}
