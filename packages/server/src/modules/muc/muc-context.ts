import {
  type BareJid,
  type DomainJid,
  errorOf,
  type FullJid,
  type Stanza,
  type StanzaError,
  withResource,
} from '@meerkat-chat/xmpp';
import type { ModuleContext } from '../../kernel/module.js';
import type { OccupantIds } from '../../kernel/occupant-ids.js';
import type { MessageFilters } from './message-filters.js';
import type { OccupantCounts } from './occupant-counts.js';
import type { ReservedNicks } from './reserved-nicks.js';
import type { Rooms } from './rooms.js';
import type { MucSettings } from './settings.js';
import type { Typing } from './typing.js';

/** What the parts of this module share. */
export interface MucContext {
  readonly module: ModuleContext<MucSettings>;
  readonly settings: MucSettings;
  readonly rooms: Rooms;
  readonly counts: OccupantCounts;
  readonly filters: MessageFilters;
  readonly typing: Typing;
  readonly reserved: ReservedNicks;
  readonly host: DomainJid;
  readonly occupantIds: OccupantIds;
}

/** The address of a nick in a room. @param nick prepared as a resource */
export function occupantJid(room: BareJid, nick: string): FullJid {
  const jid = withResource(room, nick);
  if (jid === undefined) throw new TypeError('a nick that is no resource came this far');
  return jid;
}

/** Sends the sender of a stanza an error, where its kind may have one (RFC 6120 section 8.3.1). */
export function refuse(muc: MucContext, stanza: Stanza, error: StanzaError): undefined {
  const { kind, type } = stanza;
  if (type === 'error' || (kind === 'iq' && type === 'result')) return undefined;
  if (kind === 'presence' && type !== 'available') return undefined;
  muc.module.outlet.send(errorOf(stanza, error));
  return undefined;
}

/** True when the element is no longer than that as text, in bytes. */
export function fits(xml: string, bytes: number): boolean {
  return xml.length <= bytes && (xml.length * 3 <= bytes || Buffer.byteLength(xml) <= bytes);
}

/** A reason as it may be shown to others: cut to its bound. */
export function boundedReason(muc: MucContext, reason: string | undefined): string | undefined {
  if (reason === undefined || fits(reason, muc.settings.reasonBytes)) return reason;
  return Buffer.from(reason)
    .subarray(0, muc.settings.reasonBytes)
    .toString()
    .replace(/\ufffd+$/u, '');
}
