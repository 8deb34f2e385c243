import type { BareJid } from '@meerkat-chat/xmpp';
import type { Occupant, RoomMessage, RoomStatus } from '../chat.js';
import type { RoomChange, RoomSnapshot } from '../port/protocol.js';
import { countOf, listedOf, type Occupants } from './occupants.js';

/** Everything of a room that is shown, at one moment. Parts that did not change are the same objects. */
export interface RoomView {
  readonly jid: BareJid | undefined;
  readonly name: string;
  readonly status: RoomStatus;
  readonly rows: readonly RoomMessage[];
  readonly occupants: Occupants;
  readonly subject: string;
  readonly self: Occupant | undefined;
  readonly older: RoomSnapshot['older'];
  readonly typing: readonly string[];
}

/** A view as a store that just came needs it. */
export function snapshotOf(view: RoomView): RoomSnapshot {
  return {
    jid: view.jid,
    name: view.name,
    status: view.status,
    messages: view.rows,
    occupants: listedOf(view.occupants),
    occupantCount: countOf(view.occupants),
    subject: view.subject,
    self: view.self,
    older: view.older,
    typing: view.typing,
  };
}

/** What changed from one view to the next; nothing, or one change. @param news keys of rows that were said just now */
export function changesOf(before: RoomView, after: RoomView, news: readonly string[]): RoomChange[] {
  const [old, now] = [snapshotOf(before), snapshotOf(after)];
  const changed = (Object.keys(now) as (keyof RoomSnapshot)[]).filter((part) => old[part] !== now[part]);
  if (changed.length === 0) return [];
  return [{ kind: 'changed', parts: Object.fromEntries(changed.map((part) => [part, now[part]])), news }];
}
