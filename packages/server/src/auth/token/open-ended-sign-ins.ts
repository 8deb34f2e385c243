import type { Clock } from '@meerkat-chat/xmpp';
import type { Storage } from '../../storage/storage.js';
import { deriveKey } from '../server-key.js';
import { EndedSignIns } from './ended-sign-ins.js';
import type { TokenSettings } from './settings.js';

/** What they are opened with. */
export interface OpenEndedSignInsOptions {
  readonly clock: Clock;
  readonly storage: Pick<Storage, 'endedSignIns'>;
  readonly serverKey: Buffer;
  readonly token: TokenSettings;
  readonly embed: { readonly sessionLife: number };
}

/** The sign-ins that have ended, as a server and its command line keep them. */
export async function openEndedSignIns(options: OpenEndedSignInsOptions): Promise<EndedSignIns> {
  const { clock, embed, serverKey, storage, token } = options;
  const ended = new EndedSignIns({
    clock,
    store: storage.endedSignIns,
    secret: deriveKey(serverKey, 'ended-sign-in'),
    // A token may be good for a while longer at either end, where clocks are apart.
    life: Math.max(token.maxLife + 2 * token.leeway, embed.sessionLife),
    most: token.remembered,
  });
  await ended.load();
  return ended;
}
