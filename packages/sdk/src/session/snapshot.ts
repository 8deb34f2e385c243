import type { FullJid } from '@meerkat-chat/xmpp';
import type { BoshState } from '../link/bosh-state.js';
import type { SafeStorage } from './storage.js';
import type { SavedStreamManagement } from './stream-management.js';

/** Changes with each change of the shape that older pages could not read. */
export const VERSION = 2;

/** What one page leaves to the next in the same tab. Plain values that survive JSON. */
export interface Snapshot {
  /** Which session this is: claimed by one document at a time. */
  readonly id: string;
  /**
   * Written when its page let go: the counts are exact. Otherwise that page crashed or is still there, and only what
   * features keep may be used.
   */
  readonly exact: boolean;
  /** Features had not been told of the session: to those of the next page it is fresh, even if it is resumed. */
  readonly untold?: boolean | undefined;
  readonly jid?: FullJid | undefined;
  readonly sm?: SavedStreamManagement | undefined;
  readonly bosh?: { readonly url: string; readonly state: BoshState } | undefined;
  /** Of a session before, that the server never confirmed; not yet told to anybody. */
  readonly unacknowledged: readonly string[];
  /** Not sent, because nobody was signed in yet. */
  readonly waiting: readonly string[];
  /** What features keep, by section. */
  readonly kept: ReadonlyMap<string, unknown>;
}

/** Writes a snapshot; when it is too large, without what features keep: that can be fetched again. */
export function storeSnapshot(storage: SafeStorage, key: string, snapshot: Snapshot): void {
  const plain = { v: VERSION, ...snapshot, kept: Object.fromEntries(snapshot.kept) };
  if (!storage.setJson(key, plain)) storage.setJson(key, { ...plain, kept: {} });
}
