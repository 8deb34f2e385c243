import { child, childText, type Element, el, is, NS, serialize } from '@meerkat-chat/xmpp';
import { linkPair, type PairedLink } from '@meerkat-chat/xmpp/testing';
import type { Peer } from '../link/server-link.js';
import { parseXml } from './parse-xml.js';
import type { TestServer } from './test-server.js';

/** A client that is nothing but frames, for what stands before and beside a session. */
export class FrameClient {
  readonly link: PairedLink;
  readonly #heard: Element[] = [];
  #waiting: (() => void) | undefined;
  #requests = 0;

  constructor(server: TestServer, peer?: Partial<Peer>) {
    const [mine, theirs] = linkPair({ auto: true });
    this.link = mine;
    mine.onText((text) => {
      const element = parseXml(text);
      if (!element) throw new Error(`not well-formed: ${text}`);
      this.#heard.push(element);
      this.#waiting?.();
    });
    server.accept(theirs, peer);
  }

  say(element: Element): void {
    this.link.send(serialize(element));
  }

  /** The next element that fits; those before it are let go. */
  async hears(fits: (element: Element) => boolean): Promise<Element> {
    for (;;) {
      for (let next = this.#heard.shift(); next; next = this.#heard.shift()) if (fits(next)) return next;
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
  }

  /** Opens the stream; gives its features. */
  async open(): Promise<Element> {
    this.say(el('open', NS.framing, { to: 'localhost', version: '1.0' }));
    return this.hears((e) => is(e, 'features', NS.streams));
  }

  /** Sends a request and gives its answer. */
  async asks(type: 'get' | 'set', payload: Element, to?: string): Promise<Element> {
    const id = `r${++this.#requests}`;
    this.say(el('iq', NS.client, { type, id, ...(to === undefined ? {} : { to }) }, payload));
    return this.hears((e) => e.name === 'iq' && e.attrs.id === id);
  }

  /** Signs in on an open stream by what PLAIN sends; gives what the server says of it: `success` or a condition. */
  async authenticate(
    name: string,
    password: string,
    mechanism: 'PLAIN' | 'X-OAUTH2' = 'PLAIN',
  ): Promise<string> {
    const said = Buffer.from(`\0${name}\0${password}`).toString('base64');
    this.say(el('auth', NS.sasl, { mechanism }, said));
    const answer = await this.hears((e) => e.ns === NS.sasl);
    return answer.name === 'success'
      ? 'success'
      : (answer.children.find((node) => typeof node !== 'string')?.name ?? '');
  }

  /** Signs in and binds (RFC 6120), without stream management; a guest where no name is given. @returns its address */
  async signIn(name?: string, password = '', mechanism?: 'PLAIN' | 'X-OAUTH2'): Promise<string> {
    await this.open();
    const outcome =
      name === undefined ? await this.#asGuest() : await this.authenticate(name, password, mechanism);
    if (outcome !== 'success') throw new Error(outcome);
    await this.open();
    const answer = await this.asks('set', el('bind', NS.bind));
    const bind = child(answer, 'bind', NS.bind);
    return (bind && childText(bind, 'jid')) ?? '';
  }

  async #asGuest(): Promise<string> {
    this.say(el('auth', NS.sasl, { mechanism: 'ANONYMOUS' }));
    return (await this.hears((e) => e.ns === NS.sasl)).name;
  }
}
