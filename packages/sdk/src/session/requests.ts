import {
  bareOf,
  type Clock,
  decodeStanzaError,
  domainOf,
  type Element,
  el,
  type FullJid,
  type Millis,
  NS,
  type Off,
  parseJid,
} from '@meerkat-chat/xmpp';
import { noAnswer, RequestError } from './xmpp-session.js';

/** How long an answer may take. */
export const REQUEST_TIMEOUT: Millis = 30_000;

interface Request {
  readonly to: string | undefined;
  readonly stopTimer: Off;
  resolve(result: Element): void;
  reject(error: RequestError): void;
}

/** Requests of ours that wait for an answer. They outlive a link, and end with the session. */
export class Requests {
  readonly #clock: Clock;
  readonly #pending = new Map<string, Request>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Waits for the answer. @param iq with its `id` @throws {RequestError} by rejection */
  wait(iq: Element): Promise<Element> {
    const id = iq.attrs.id ?? '';
    return new Promise((resolve, reject) => {
      const stopTimer = this.#clock.after(REQUEST_TIMEOUT, () => this.#fail(id, 'no answer in time'));
      this.#pending.set(id, { to: iq.attrs.to, stopTimer, resolve, reject });
    });
  }

  /**
   * Takes an iq of type result or error. One that comes from another address than was asked is not an answer
   * (RFC 6120 section 8.1.2.1), so that nobody can answer for somebody else.
   */
  settle(iq: Element, me: FullJid | undefined): void {
    const id = iq.attrs.id ?? '';
    const request = this.#pending.get(id);
    if (!request || !mayAnswer(iq.attrs.from, request.to, me)) return;
    this.#take(id);
    if (iq.attrs.type === 'error') request.reject(new RequestError(decodeStanzaError(iq)));
    else request.resolve(iq);
  }

  /** The session that they were sent on is gone: no answer will come. */
  failAll(): void {
    for (const id of [...this.#pending.keys()]) this.#fail(id, 'the session ended');
  }

  #fail(id: string, text: string): void {
    this.#take(id)?.reject(noAnswer(text));
  }

  #take(id: string): Request | undefined {
    const request = this.#pending.get(id);
    this.#pending.delete(id);
    request?.stopTimer();
    return request;
  }
}

function mayAnswer(from: string | undefined, to: string | undefined, me: FullJid | undefined): boolean {
  if (me === undefined) return false;
  const asked = parseJid(to ?? '');
  const answers = parseJid(from ?? '');
  const account = bareOf(me);
  if (asked !== undefined && asked !== account) return answers === asked;
  // Our own account, named or not: the server answers for it under any of these names.
  return from === undefined || answers === account || answers === me || answers === domainOf(me);
}

/** The answer to a request of somebody else: there is nothing here that could be asked for (RFC 6120 section 8.4). */
export function declined(iq: Element): Element {
  const error = el('error', NS.client, { type: 'cancel' }, el('service-unavailable', NS.stanzaErrors));
  return el('iq', NS.client, { type: 'error', id: iq.attrs.id, to: iq.attrs.from }, error);
}
