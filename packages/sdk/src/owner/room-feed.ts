import type { BareJid } from '@meerkat-chat/xmpp';
import type { Occupant, RoomMessage, RoomStatus } from '../chat.js';
import { diffList } from '../port/list-diff.js';
import type { RoomChange, RoomSnapshot } from '../port/protocol.js';
import { countOf, diffOccupants, listedOf, type Occupants } from './occupants.js';

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
    occupants: [...listedOf(view.occupants).values()],
    occupantCount: countOf(view.occupants),
    subject: view.subject,
    self: view.self,
    older: view.older,
    typing: view.typing,
  };
}

/** What changed from one view to the next. @param news keys of rows that were said just now */
export function changesOf(before: RoomView, after: RoomView, news: readonly string[]): RoomChange[] {
  const changes: RoomChange[] = [];
  if (after.jid !== undefined && (before.jid !== after.jid || before.name !== after.name)) {
    changes.push({ kind: 'address', jid: after.jid, name: after.name });
  }
  if (before.subject !== after.subject) changes.push({ kind: 'subject', subject: after.subject });
  const crowd = diffOccupants(before.occupants, after.occupants);
  if (crowd) {
    changes.push({ kind: 'occupants', diff: crowd, count: countOf(after.occupants), self: after.self });
  }
  if (before.status !== after.status || before.self !== after.self) {
    changes.push({ kind: 'status', status: after.status, self: after.self });
  }
  const rows = diffList(before.rows, after.rows);
  if (rows) changes.push({ kind: 'messages', diff: rows, news });
  if (before.typing !== after.typing) changes.push({ kind: 'typing', nicks: after.typing });
  if (before.older !== after.older) changes.push({ kind: 'older', older: after.older });
  return changes;
}
