import { createHmac } from 'node:crypto';
import type { BareJid } from '@meerkat-chat/xmpp';
import type { FormerStore } from '../storage/storage.js';

const AT_ONCE = 1000;

/** The purpose under which the module of rooms derives the key of occupant ids from the server's: `ID PURPOSE`. */
export const OCCUPANT_ID_PURPOSE = { module: 'muc', purpose: 'occupant-id' } as const;

/**
 * The ids of accounts in rooms (XEP-0421): the same at each visit and over restarts, another in each room, and nothing
 * that leads back to the account for whoever does not have the key. Who gets the name of an account that was deleted has
 * other ids than who had it: nothing that was said counts as theirs.
 */
export class OccupantIds {
  readonly #key: Uint8Array;
  readonly #store: FormerStore;
  /** How many had a name and are gone, by the digest of the name. */
  readonly #former = new Map<string, number>();

  private constructor(key: Uint8Array, store: FormerStore) {
    this.#key = key;
    this.#store = store;
  }

  /** Reads which names have been had before. */
  static async open(key: Uint8Array, store: FormerStore): Promise<OccupantIds> {
    const ids = new OccupantIds(key, store);
    for (let after: string | undefined; ; ) {
      const page = await store.list({ ...(after === undefined ? {} : { after }), limit: AT_ONCE });
      for (const { digest, times } of page) ids.#former.set(digest, times);
      after = page.at(-1)?.digest;
      if (page.length < AT_ONCE) return ids;
    }
  }

  /** The id of whoever has that name now. 144 bits. */
  of(room: BareJid, account: BareJid): string {
    return this.#make(room, account, this.#times(account));
  }

  /** The ids of all who had that name and are gone. */
  ofFormer(room: BareJid, account: BareJid): readonly string[] {
    return Array.from({ length: this.#times(account) }, (_, times) => this.#make(room, account, times));
  }

  /** Whoever gets that name from now on is somebody else. */
  async retire(account: BareJid): Promise<void> {
    const digest = this.#digest(account);
    this.#former.set(digest, await this.#store.add(digest));
  }

  #times(account: BareJid): number {
    // Most servers have never deleted an account, and then nothing is reckoned for those who come in.
    return this.#former.size === 0 ? 0 : (this.#former.get(this.#digest(account)) ?? 0);
  }

  #make(room: BareJid, account: BareJid, times: number): string {
    return createHmac('sha256', this.#key)
      .update(times === 0 ? `${room}\n${account}` : `${room}\n${account}\n${times}`)
      .digest()
      .subarray(0, 18)
      .toString('base64url');
  }

  #digest(account: BareJid): string {
    return createHmac('sha256', this.#key).update(`former\n${account}`).digest('base64url');
  }
}
