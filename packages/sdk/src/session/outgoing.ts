import { type Element, NS } from '@meerkat-chat/xmpp';
import { parseFrame } from './frame.js';
import type { Snapshot } from './snapshot.js';
import type { Stream } from './stream.js';
import { StreamManagement } from './stream-management.js';

/** Stanzas that may wait until somebody is signed in. */
export const MAX_WAITING = 1_000;

/** What is kept of it for the next page. */
export type KeptOutgoing = Pick<Snapshot, 'sm' | 'unacknowledged' | 'waiting'>;

/**
 * What is on its way to the server. A stanza is in one place at a time, over links and pages, until the server has
 * acknowledged it: it waits for a session, or stands in the session's queue, or was lost with a session.
 */
export class Outgoing {
  #sm = new StreamManagement();
  /** Of a session that is gone; told with the next fresh one. */
  #unacknowledged: string[] = [];
  #waiting: string[] = [];
  /** Whether it is not known yet what becomes of the session of the page before: until then nothing joins its queue. */
  #undecided = true;

  /** The state of the session that we have, or are about to take up again. */
  get sm(): StreamManagement {
    return this.#sm;
  }

  /** Takes up what the page before has left. @param resumable whether its session is to be gone on with */
  restore(kept: KeptOutgoing | undefined, resumable: boolean): void {
    this.#sm = new StreamManagement(resumable ? kept?.sm : undefined);
    if (!kept) return;
    this.#unacknowledged = [...kept.unacknowledged, ...((!resumable && kept.sm?.queue) || [])];
    this.#waiting.unshift(...kept.waiting);
  }

  /**
   * @param stream the one in use, where there is one
   * @throws {RangeError} when too many wait for a session
   */
  send(text: string, stream: Pick<Stream, 'send'> | undefined): void {
    if (stream || (this.#sm.counting && !this.#undecided)) {
      this.#sm.add(text);
      stream?.send(text);
    } else if (this.#waiting.push(text) > MAX_WAITING) {
      this.#waiting.pop();
      throw new RangeError('too many stanzas wait for the sign-in');
    }
  }

  /** Whether a stanza with that id has been sent and not been confirmed. */
  holds(id: string): boolean {
    const mark = ` id="${id}"`;
    return [...this.#sm.queue, ...this.#waiting, ...this.#unacknowledged].some((text) => text.includes(mark));
  }

  /** A new session was bound: what was sent meanwhile takes its turn behind what features send on it. */
  bound(): void {
    this.#waiting.push(...this.#sm.withdraw());
  }

  /** It is known what becomes of the session of the page before: a stream has it. */
  settled(): void {
    this.#undecided = false;
  }

  /** It is known as well, but there is no stream: what waited takes its place in the queue of the session to be resumed. */
  decided(): void {
    this.#undecided = false;
    if (this.#sm.id === undefined) return;
    for (const text of this.#waiting.splice(0)) this.#sm.add(text);
  }

  /** Sends what waited. */
  flush(stream: Pick<Stream, 'send'>): void {
    for (const text of this.#waiting.splice(0)) this.send(text, stream);
  }

  /** Keeps what the server never confirmed of a session that is gone, for `takeUnacknowledged`. */
  lost(texts: readonly string[]): void {
    this.#unacknowledged.push(...texts);
  }

  /** The same of all that was sent and not confirmed, the session that we have included, which is given up. */
  abandon(): readonly Element[] {
    this.lost([...this.#sm.reset(), ...this.#waiting.splice(0)]);
    return this.takeUnacknowledged();
  }

  /** Messages and presences of sessions that are gone; a request is repeated by whoever made it. */
  takeUnacknowledged(): readonly Element[] {
    return this.#unacknowledged.splice(0).flatMap((text) => {
      const element = parseFrame(text);
      return element && element.ns === NS.client && element.name !== 'iq' ? [element] : [];
    });
  }

  keep(): KeptOutgoing {
    return { sm: this.#sm.save(), unacknowledged: this.#unacknowledged, waiting: this.#waiting };
  }

  /** Lets go of what another page goes on with. */
  leave(): void {
    this.#waiting = [];
    this.#unacknowledged = [];
    this.#undecided = true;
  }

  /** Signed out: nothing is sent any more, and the session is gone. */
  forget(): void {
    this.#sm.reset();
    this.#waiting = [];
    this.#unacknowledged = [];
  }
}
