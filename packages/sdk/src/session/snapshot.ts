import { type FullJid, parseFullJid } from '@meerkat-chat/xmpp';
import { type BoshState, readBoshState } from '../link/bosh-state.js';
import type { SafeStorage } from './storage.js';
import { readStreamManagement, type SavedStreamManagement } from './stream-management.js';

/** Changes with each change of the shape that older pages could not read. */
const VERSION = 1;

/** What one page leaves to the next in the same tab. Plain values that survive JSON. */
export interface Snapshot {
  /** Which session this is: claimed by one document at a time. */
  readonly id: string;
  /**
   * Written when its page let go: the counts are exact. Otherwise that page crashed or is still there, and only what
   * features keep may be used.
   */
  readonly exact: boolean;
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
  const { kept, ...rest } = snapshot;
  const plain = { v: VERSION, ...rest, kept: [...kept] };
  if (!storage.setJson(key, plain)) storage.setJson(key, { ...plain, kept: [] });
}

/** Reads a snapshot; undefined when there is none, or one of another version. Parts that are malformed are left out. */
export function loadSnapshot(storage: SafeStorage, key: string): Snapshot | undefined {
  const value = storage.getJson(key);
  if (typeof value !== 'object' || value === null) return undefined;
  const raw = value as Readonly<Record<string, unknown>>;
  if (raw.v !== VERSION || typeof raw.id !== 'string') return undefined;
  const bosh = raw.bosh as { url?: unknown; state?: unknown } | undefined;
  const state = readBoshState(bosh?.state);
  return {
    id: raw.id,
    exact: raw.exact === true,
    jid: typeof raw.jid === 'string' ? parseFullJid(raw.jid) : undefined,
    sm: readStreamManagement(raw.sm),
    bosh: state && typeof bosh?.url === 'string' ? { url: bosh.url, state } : undefined,
    unacknowledged: texts(raw.unacknowledged),
    waiting: texts(raw.waiting),
    kept: new Map(Array.isArray(raw.kept) ? raw.kept.filter(isEntry) : []),
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}

function isEntry(value: unknown): value is [string, unknown] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string';
}
