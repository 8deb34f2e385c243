import type { ChatStatus, RoomMessage, RoomStatus } from '@meerkat-chat/sdk';
/** `chat-send`: the person is about to send. `preventDefault()` keeps the text in the composer. */
export class ChatSendEvent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('chat-send', { bubbles: true, composed: true, cancelable: true });
    this.text = text;
  }
}

/** `chat-draft`: the person has changed what is written and not sent; empty after sending. */
export class ChatDraftEvent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('chat-draft', { bubbles: true, composed: true });
    this.text = text;
  }
}

/** `chat-message`: a message arrived just now (not one of the history). Whether it is one's own stands in it. */
export class ChatMessageEvent extends Event {
  readonly message: RoomMessage;
  /** Somebody else says the person's name in it. */
  readonly mention: boolean;

  constructor(message: RoomMessage, mention: boolean) {
    super('chat-message', { bubbles: true, composed: true });
    this.message = message;
    this.mention = mention;
  }
}

/** `chat-status`: the connection or one's place in the room changed. */
export class ChatStatusEvent extends Event {
  readonly chat: ChatStatus;
  readonly room: RoomStatus;

  constructor(chat: ChatStatus, room: RoomStatus) {
    super('chat-status', { bubbles: true, composed: true });
    this.chat = chat;
    this.room = room;
  }
}

declare global {
  interface HTMLElementEventMap {
    'chat-send': ChatSendEvent;
    'chat-draft': ChatDraftEvent;
    'chat-message': ChatMessageEvent;
    'chat-status': ChatStatusEvent;
  }
}
