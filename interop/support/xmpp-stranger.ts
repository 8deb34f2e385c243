import { client, xml } from '@xmpp/client';
import { WebSocket } from 'ws';
import { type Arrival, DOMAIN, MUC, SignInError, type Stranger } from './stranger.js';

type Client = ReturnType<typeof client>;
type XmlElement = ReturnType<typeof xml>;

/** A list that can be waited on. */
class Seen {
  readonly #stanzas: XmlElement[] = [];
  readonly #waiting = new Set<() => void>();

  add(stanza: XmlElement): void {
    this.#stanzas.push(stanza);
    for (const look of [...this.#waiting]) look();
  }

  filter(wanted: (stanza: XmlElement) => boolean): XmlElement[] {
    return this.#stanzas.filter(wanted);
  }

  until(what: string, wanted: (stanza: XmlElement) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`${what} did not come`));
      }, 10_000);
      const look = () => {
        if (!this.#stanzas.some(wanted)) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }
}

/** @xmpp/client as published, in Node, where it takes its WebSocket from the global. */
export class XmppStranger implements Stranger {
  readonly #client: Client;
  readonly #seen = new Seen();
  #jid = '';
  #mechanism = '';

  private constructor(xmpp: Client) {
    this.#client = xmpp;
  }

  /** @throws {SignInError} */
  static async arrive({ account, service }: Arrival): Promise<XmppStranger> {
    globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket;
    const xmpp = client({
      service,
      domain: DOMAIN,
      ...(account === undefined ? {} : { username: account.name, password: account.password }),
    });
    const stranger = new XmppStranger(xmpp);
    await stranger.#start();
    return stranger;
  }

  get jid(): string {
    return this.#jid;
  }

  async mechanism(): Promise<string> {
    return this.#mechanism;
  }

  async join(room: string, nick: string): Promise<void> {
    await this.#client.send(xml('presence', { to: `${room}/${nick}` }, xml('x', { xmlns: MUC })));
    await this.#seen.until(
      `${nick} in ${room}`,
      (stanza) =>
        stanza.is('presence') &&
        stanza.attrs.from === `${room}/${nick}` &&
        stanza.getChildElements().some((x) => x.getChildElements().some(({ attrs }) => attrs.code === '110')),
    );
  }

  async say(room: string, text: string): Promise<void> {
    await this.#client.send(xml('message', { to: room, type: 'groupchat' }, xml('body', {}, text)));
  }

  async tell(jid: string, text: string): Promise<void> {
    await this.#client.send(xml('message', { to: jid, type: 'chat' }, xml('body', {}, text)));
  }

  hears(text: string): Promise<void> {
    return this.#seen.until(`«${text}»`, (stanza) => stanza.getChildText('body') === text);
  }

  async heard(): Promise<readonly string[]> {
    return this.#seen
      .filter((stanza) => stanza.is('message'))
      .flatMap((stanza) => stanza.getChildText('body') ?? []);
  }

  sees(room: string, nick: string): Promise<void> {
    const from = `${room}/${nick}`;
    return this.#seen.until(from, (stanza) => stanza.is('presence') && stanza.attrs.from === from);
  }

  /** Waits until somebody has left. */
  seesLeave(room: string, nick: string): Promise<void> {
    const from = `${room}/${nick}`;
    return this.#seen.until(
      `the leave of ${from}`,
      ({ attrs, name }) => name === 'presence' && attrs.from === from && attrs.type === 'unavailable',
    );
  }

  async departures(room: string, nick: string): Promise<number> {
    return this.#seen.filter(
      ({ attrs, name }) =>
        name === 'presence' && attrs.from === `${room}/${nick}` && attrs.type === 'unavailable',
    ).length;
  }

  /** Cuts the socket as a dead network does; the client connects again by itself. */
  async lose(): Promise<void> {
    const resumed = new Promise<void>((resolve, reject) => {
      // It is an emitter too, which its types do not say.
      (this.#client.streamManagement as unknown as NodeJS.EventEmitter).once('resumed', resolve);
      this.#client.once('online', () => reject(new Error('it had to bind anew')));
    });
    const { socket } = this.#client as unknown as { readonly socket: { readonly socket: WebSocket } };
    socket.socket.terminate();
    await resumed;
  }

  async leave(): Promise<void> {
    await this.#client.stop();
  }

  async #start(): Promise<void> {
    const xmpp = this.#client;
    xmpp.on('send', (element: XmlElement) => {
      if (element.name === 'auth' || element.name === 'authenticate') {
        this.#mechanism = String(element.attrs.mechanism);
      }
    });
    xmpp.on('stanza', (stanza: XmlElement) => this.#seen.add(stanza));
    // Heard elsewhere too: `start` rejects.
    xmpp.on('error', () => {});
    try {
      this.#jid = String(await xmpp.start());
    } catch (error) {
      xmpp.reconnect.stop();
      await xmpp.stop();
      throw new SignInError(error instanceof Error ? error.message : String(error));
    }
    await xmpp.send(xml('presence'));
  }
}
