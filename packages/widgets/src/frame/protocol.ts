/**
 * What the page of a framed room (`/embed/room/NAME`) and the loader on the page around it (`/embed/frame.js`) say to
 * each other by postMessage, version 1. Types alone, since the two are built apart; who hears a message parses it by
 * `from-frame.ts` or `from-page.ts` and drops what is anything else.
 *
 * The frame says `ready` when it has loaded, the loader `hello` with a fresh nonce; from then on every message carries
 * that nonce, so that what an earlier document in the same window still says is not taken for the room's. The loader
 * believes the frame's window and origin (`null` for a sandboxed one), the frame believes its parent window and pins
 * that one's origin with the first `hello`.
 *
 * A room that is to sign in as whoever the page knows (`?auth=token`) asks for a token with `token-wanted`, at first and
 * before the last one ends; the page answers with `token`. It asks, and takes an answer, only from a page whose origin the
 * server names (`embed.tokenOrigins`). Such a page may say `signed-out` at any time.
 *
 * Where the server wants guests to show that they are no machines, the room says `proof-wanted`, again for each try that
 * was not good enough; the page shows its captcha and answers with `proof`. Any page may: its back end judges it.
 */

/** What every message has. Another version is another language: it is not answered. */
interface Versioned {
  readonly meerkat: 1;
}

/** `blocked` is the loader's own word: the frame has loaded, and does not answer. */
export type FrameStatus = 'blocked' | 'connecting' | 'offline' | 'online' | 'reconnecting' | 'refused';

/** CSS pixels of the frame that something lies over: the soft keyboard, or the edge of the panned screen. */
export interface Insets {
  readonly top: number;
  readonly bottom: number;
}

/** A token of whoever is signed in to the page: null where nobody is, undefined where that cannot be said now. */
export interface GivenToken {
  readonly token?: string | null | undefined;
}

/** What a captcha of the page has found out: 1 to 4,096 characters. */
export interface GivenProof {
  readonly answer: string;
}

/** Something was said in the room. */
export interface FramedMessage {
  /** The same for the same message, as long as the frame is loaded. */
  readonly id: string;
  readonly own: boolean;
  /** Who and what: only for pages whose origin the server's `embed.ancestors` names. */
  readonly nick?: string | undefined;
  readonly text?: string | undefined;
}

/** From the loader. */
export type FromPage = Versioned & { readonly nonce: string } & (
    | { readonly type: 'hello' }
    | ({ readonly type: 'insets' } & Insets)
    | ({ readonly type: 'token' } & GivenToken)
    | PageWord
  );

/**
 * What a page has the loader say, as the `detail` of the event `meerkat:tell` that it dispatches on the `<iframe>`:
 * that nobody is signed in to it any more, or what its captcha has found out.
 */
export type PageWord = { readonly type: 'signed-out' } | ({ readonly type: 'proof' } & GivenProof);

/** From the framed room. */
export type FromFrame = Versioned &
  (
    | { readonly type: 'ready' }
    | ({ readonly nonce: string } & (
        | { readonly type: 'status'; readonly status: FrameStatus }
        /** Messages of others since the frame was last seen. */
        | { readonly type: 'unread'; readonly count: number }
        /** CSS pixels that it would like to have. */
        | { readonly type: 'height'; readonly height: number }
        | ({ readonly type: 'message' } & FramedMessage)
        | { readonly type: 'proof-wanted' | 'token-wanted' }
      ))
  );

/** The events that the loader dispatches on the `<iframe>`. They do not bubble. */
export interface FrameEventMap {
  'meerkat:message': CustomEvent<FramedMessage>;
  /** A guest is to show that they are no machine: until a `meerkat:status` says something else. */
  'meerkat:proof-wanted': CustomEvent<object>;
  'meerkat:status': CustomEvent<{ readonly status: FrameStatus }>;
  'meerkat:unread': CustomEvent<{ readonly count: number }>;
}

/** The events that a page dispatches on the `<iframe>` for the loader to hear. */
export interface PageEventMap {
  'meerkat:tell': CustomEvent<PageWord>;
}

declare global {
  interface HTMLElementEventMap extends FrameEventMap, PageEventMap {}
}
