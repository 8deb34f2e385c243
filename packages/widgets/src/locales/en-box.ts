/** Every word that `<chat-box>` itself says; `<chat-room>` inside it has its own. */
export interface BoxStrings {
  /** The name of the box for screen readers; the room in it has its own. */
  readonly box: (label: string) => string;
  /** The launcher's name for screen readers. */
  readonly open: (label: string) => string;
  /** The same with unread messages, `formatted` as the badge shows them. */
  readonly openUnread: (label: string, count: number, formatted: string) => string;
  /** The name of the room of the page that it is on. */
  readonly thisPage: string;
  readonly minimise: string;
  readonly close: string;
  /** On the launcher, until there is something to open. */
  readonly loading: string;
  /** On the launcher, which tries again when pressed. */
  readonly notLoaded: string;
}

/** What `<chat-box>` says in English. */
export const enBox: BoxStrings = {
  box: (label) => `Chat box ${label}`,
  open: (label) => `Open chat ${label}`,
  openUnread: (label, count, formatted) =>
    `Open chat ${label}, ${formatted} unread ${count === 1 ? 'message' : 'messages'}`,
  thisPage: 'This page',
  minimise: 'Minimise',
  close: 'Close chat',
  loading: 'Opening the chat',
  notLoaded: 'Not loaded. Try again',
};
