import { parseFullJid } from '@meerkat-chat/xmpp';
import { readBoshState } from '../link/bosh-state.js';
import { fits } from '../stored.js';
import { type Snapshot, VERSION } from './snapshot.js';
import { MAX_UNACKNOWLEDGED, type SavedStreamManagement } from './stream-management.js';

const SAVED = { id: 'string', handled: 'count', acknowledged: 'count', queue: ['string'] } as const;

/** Reads a state that was stored; undefined when it is not one. */
export function readStreamManagement(value: unknown): SavedStreamManagement | undefined {
  if (!fits(value, SAVED) || value.queue.length > MAX_UNACKNOWLEDGED) return undefined;
  return Math.max(value.handled, value.acknowledged) < 2 ** 32 ? value : undefined;
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

/** Reads a snapshot; undefined for anything else, or one of another version. What cannot be resumed by is left out. */
export function readSnapshot(value: unknown): Snapshot | undefined {
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
