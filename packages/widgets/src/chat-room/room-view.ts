import type { Chat, RoomMessage, RoomNotice } from '@meerkat-chat/sdk';
import type { Lease, Shown } from '../connect.js';

/** What an element wants to hear of its room. */
export interface RoomViewHooks {
  /** Something to be shown has changed. */
  readonly onChange: () => void;
  /** The connection, or one's place in the room, has changed. */
  readonly onStatus: () => void;
  /** Somebody said something just now. */
  readonly onMessage: (message: RoomMessage) => void;
  /** Somebody was removed just now. */
  readonly onNotice: (notice: RoomNotice) => void;
  /** The list of people has changed: often, in a big room, and shown only on demand. */
  readonly onPeople: () => void;
}

/** A room as long as an element shows it: holds the lease and every subscription, and lets go of all of them. */
export class RoomView {
  readonly chat: Chat;
  readonly room: Shown;
  readonly #lease: Lease;
  readonly #offs: readonly (() => void)[];

  constructor(lease: Lease, { onChange, onStatus, onMessage, onNotice, onPeople }: RoomViewHooks) {
    const { chat, room } = lease;
    this.chat = chat;
    this.room = room;
    this.#lease = lease;
    this.#offs = [
      chat.status.subscribe(onStatus),
      room.status.subscribe(onStatus),
      chat.me.subscribe(onChange),
      room.name.subscribe(onChange),
      room.subject.subscribe(onChange),
      room.self.subscribe(onChange),
      room.older.subscribe(onChange),
      room.messages.subscribe(onChange),
      room.occupantCount.subscribe(onChange),
      room.occupants.subscribe(onPeople),
      room.typing.subscribe(onChange),
      chat.on('room-notice', ({ room: jid, notice }) => {
        if (jid === room.jid) onNotice(notice);
      }),
      chat.on('room-message', ({ room: jid, message }) => {
        if (jid === room.jid) onMessage(message);
      }),
    ];
  }

  /** @param forGood as `Lease.release` */
  close(forGood: boolean): void {
    for (const off of this.#offs) off();
    this.#lease.release(forGood);
  }
}
