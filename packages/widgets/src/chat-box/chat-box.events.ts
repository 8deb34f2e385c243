import type { BoxState } from './box-state.js';

/** `chat-unread`: another number of messages is unread, while the box is minimised or the tab hidden. */
export class ChatUnreadEvent extends Event {
  /** At most 100, which means "more than 99". */
  readonly count: number;

  constructor(count: number) {
    super('chat-unread', { bubbles: true, composed: true });
    this.count = count;
  }
}

/** `chat-box-state`: the box was opened, minimised or closed, here or in another tab. */
export class ChatBoxStateEvent extends Event {
  readonly state: BoxState;

  constructor(state: BoxState) {
    super('chat-box-state', { bubbles: true, composed: true });
    this.state = state;
  }
}

declare global {
  interface HTMLElementEventMap {
    'chat-unread': ChatUnreadEvent;
    'chat-box-state': ChatBoxStateEvent;
  }
}
