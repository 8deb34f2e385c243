import { type FullJid, parseFullJid } from '@meerkat-chat/xmpp';
import { type BoshState, readBoshState } from '../link/bosh-state.js';
import { fits } from '../stored.js';
import type { SafeStorage } from './storage.js';
import { readStreamManagement, type SavedStreamManagement } from './stream-management.js';

/** Changes with each change of the shape that older pages could not read. */
const VERSION = 2;

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

const STORED = {
  v: 'count',
  id: 'string',
  exact: 'boolean',
  'untold?': 'boolean',
  'jid?': 'string',
  unacknowledged: ['string'],
  waiting: ['string'],
  kept: {},
} as const;

/** Reads a snapshot; undefined when there is none, or one of another version. What cannot be resumed by is left out. */
export function loadSnapshot(storage: SafeStorage, key: string): Snapshot | undefined {
  const value = storage.getJson(key);
  if (!fits(value, STORED) || value.v !== VERSION) return undefined;
  const { sm, bosh } = value as { readonly sm?: unknown; readonly bosh?: unknown };
  const state = fits(bosh, { url: 'string', state: {} }) ? readBoshState(bosh.state) : undefined;
  return {
    ...value,
    jid: value.jid === undefined ? undefined : parseFullJid(value.jid),
    sm: readStreamManagement(sm),
    bosh: state && { url: (bosh as { readonly url: string }).url, state },
    kept: new Map(Object.entries(value.kept)),
  };
}
