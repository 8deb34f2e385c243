/** Undoes a registration. Calling it again does nothing. */
export type Off = () => void;

/** Why a link ended: `clean` when a side closed it in order, else what went wrong, for logs. */
export interface LinkEnd {
  readonly clean: boolean;
  readonly reason?: string;
}

/**
 * A transport of text, in order: over a WebSocket one frame is one text, over BOSH one child of `<body/>`.
 * Nothing is said after `onClose` has been called, and `send` after that does nothing.
 */
export interface Link {
  /** Sends one complete document: a stanza, or an element of the stream's own. */
  send(text: string): void;
  /** Ends the link in order, after what was sent before. */
  close(reason?: string): void;
  /** Hears each incoming text. Texts that came before the first listener are kept for it. */
  onText(listener: (text: string) => void): Off;
  /** Hears the end, once; at once when the link has ended already. */
  onClose(listener: (end: LinkEnd) => void): Off;
}
