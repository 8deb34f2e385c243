/** Every word that `<chat-box>` itself says; `<chat-room>` inside it has its own. */
export interface BoxStrings {
  /** The launcher's name for screen readers. */
  readonly open: (label: string) => string;
  /** The same with unread messages, `formatted` as the badge shows them. */
  readonly openUnread: (label: string, count: number, formatted: string) => string;
  /** The name of the room of the page that it is on. */
  readonly thisPage: string;
  readonly minimise: string;
  readonly close: string;
  readonly loading: string;
  readonly notLoaded: string;
  readonly tryAgain: string;
}

/** What `<chat-box>` says in English. */
export const enBox: BoxStrings = {
  open: (label) => `Open chat ${label}`,
  openUnread: (label, count, formatted) =>
    `Open chat ${label}, ${formatted} unread ${count === 1 ? 'message' : 'messages'}`,
  thisPage: 'This page',
  minimise: 'Minimise',
  close: 'Close chat',
  loading: 'Opening the chat',
  notLoaded: 'The chat could not be loaded.',
  tryAgain: 'Try again',
};
