import type { PageLink } from './page-link.js';

/** What a framed room says of itself while somebody is signed in to it. */
export type FramedAuth = 'cookie' | 'token';

/** A framed room whose visitors the page around signs in. */
export interface SignedRoom {
  /** By what one signs in now. */
  auth: FramedAuth;
}

/** What asks our own server, at `/embed/session`. */
export interface SessionServer {
  /** Begins or renews a session. @returns the account; undefined where the token is not taken. Rejects where nobody answers */
  begin(token: string): Promise<string | undefined>;
  end(): Promise<void>;
}

/**
 * Keeps a session of the chat server's own for whoever the page around has signed in, so that a reload needs to ask
 * nobody first. Who was signed in so is looked at with the page all the same: it may know somebody else by now, or nobody.
 */
export class FrameSession {
  readonly #room: SignedRoom;
  readonly #link: Pick<PageLink, 'token'>;
  readonly #server: SessionServer;
  /** The account of the session that the page came with. */
  readonly #account: string | undefined;
  #kept = false;

  constructor(
    room: SignedRoom,
    link: Pick<PageLink, 'token'>,
    server: SessionServer,
    account: string | undefined,
  ) {
    this.#room = room;
    this.#link = link;
    this.#server = server;
    this.#account = account;
  }

  /** Somebody is signed in. */
  async online(): Promise<void> {
    if (this.#kept) return;
    this.#kept = true;
    try {
      const token = await this.#link.token();
      const account = token === null ? undefined : await this.#server.begin(token);
      if (this.#room.auth === 'token' || account === this.#account) return;
      await this.#server.end();
      // Another one signs in, or a guest: as the page says when it is asked.
      this.#room.auth = 'token';
    } catch {
      // Without it a reload asks the page, as the first time.
    }
  }

  /** The server takes the sign-in no more: a session of ours may have ended before its time. */
  refused(): void {
    if (this.#room.auth === 'cookie') this.#room.auth = 'token';
  }

  /** Nobody is signed in any more. */
  closed(): void {
    // Who signs in after that gets a session again.
    this.#kept = false;
    this.#server.end().catch(() => {});
  }
}

/** Our own server. */
export const sessionServer: SessionServer = {
  async begin(token) {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch('/embed/session', { method: 'POST', headers });
    if (answer.status === 401) return undefined;
    const said: unknown = answer.ok ? await answer.json() : undefined;
    const account: unknown = Object(said).account;
    return typeof account === 'string' ? account : undefined;
  },
  async end() {
    await fetch('/embed/session', { method: 'DELETE' });
  },
};
