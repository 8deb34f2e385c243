import { createHmac, randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';

const PATIENCE = 15_000;

interface Waiting {
  readonly fits: (frame: string) => boolean;
  readonly fulfil: (frame: string) => void;
}

/** One message of an archive, as a reader of the wire sees it. */
export interface Archived {
  readonly id: string;
  readonly body: string;
}

/** Where a session can be gone on with. */
export interface Resumption {
  readonly previd: string;
  readonly h: number;
}

/** How somebody signs in: as a guest, with a token (XEP-0484), or as the text of another `<authenticate/>` says. */
export interface BareSignIn {
  readonly clientId?: string;
  /** Attributes and content of the element, but for what every sign-in asks for. */
  readonly initial?: { readonly mechanism: string; readonly content: string };
  readonly resume?: Resumption;
  /** Headers of the upgrade, as a browser sends them: `Cookie`, `Origin`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long the session is to be kept without a link, in seconds; the server's own time by default. */
  readonly max?: number;
}

/** Signs in by a token (HT-SHA-256-NONE). @param jid any address of the account */
export function byToken(jid: string, token: string, count: number): NonNullable<BareSignIn['initial']> {
  const proof = createHmac('sha256', token).update('Initiator').digest();
  const [user = ''] = jid.split('@');
  const response = Buffer.concat([Buffer.from(`${user}\0`), proof]).toString('base64');
  return {
    mechanism: 'HT-SHA-256-NONE',
    content: `<initial-response>${response}</initial-response><fast xmlns="urn:xmpp:fast:0" count="${count}"/>`,
  };
}

/** Signs in by a password (PLAIN). */
export function byPassword(user: string, password: string): NonNullable<BareSignIn['initial']> {
  const response = Buffer.from(`\0${user}\0${password}`).toString('base64');
  return { mechanism: 'PLAIN', content: `<initial-response>${response}</initial-response>` };
}

/** Signs in by a token of the site (OAUTHBEARER). */
export function byBearer(token: string): NonNullable<BareSignIn['initial']> {
  const response = Buffer.from(`n,,\x01auth=Bearer ${token}\x01\x01`).toString('base64');
  return { mechanism: 'OAUTHBEARER', content: `<initial-response>${response}</initial-response>` };
}

/** Signs in by what the upgrade brought along (EXTERNAL). */
export const byCookie: NonNullable<BareSignIn['initial']> = {
  mechanism: 'EXTERNAL',
  content: '<initial-response/>',
};

/** A client of a few lines, which does nothing by itself: it says frames, and writes down those that it hears. */
export class BareClient {
  /** Everything heard, oldest first. */
  readonly heard: string[] = [];
  /** The count of the last `<a/>`. */
  acknowledged = 0;
  jid = '';
  readonly clientId: string;
  readonly #socket: WebSocket;
  #waiting: Waiting[] = [];
  #nextId = 0;

  private constructor(socket: WebSocket, clientId: string) {
    this.#socket = socket;
    this.clientId = clientId;
    // A server that is killed resets the connection.
    socket.on('error', () => {});
    socket.on('message', (data) => this.#hear(String(data)));
  }

  /** Connects, and signs in by SASL2 with everything in one flight. */
  static async arrive(url: string, signIn: BareSignIn = {}): Promise<BareClient> {
    const socket = new WebSocket(url, 'xmpp', { headers: signIn.headers ?? {} });
    const client = new BareClient(socket, signIn.clientId ?? randomUUID());
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const { mechanism, content } = signIn.initial ?? {
      mechanism: 'ANONYMOUS',
      content: '<initial-response/>',
    };
    const resume = signIn.resume
      ? `<resume xmlns="urn:xmpp:sm:3" previd="${signIn.resume.previd}" h="${signIn.resume.h}"/>`
      : '';
    client.say('<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="localhost" version="1.0"/>');
    client.say(
      `<authenticate xmlns="urn:xmpp:sasl:2" mechanism="${mechanism}">${content}` +
        `<user-agent id="${client.clientId}"/>${resume}` +
        '<request-token xmlns="urn:xmpp:fast:0" mechanism="HT-SHA-256-NONE"/>' +
        '<bind xmlns="urn:xmpp:bind:0"><enable xmlns="urn:xmpp:sm:3" resume="true"' +
        `${signIn.max === undefined ? '' : ` max="${signIn.max}"`}/></bind></authenticate>`,
    );
    const answer = await client.hears((frame) => /^<(success|failure|challenge)/.test(frame));
    client.jid = /<authorization-identifier>(.*?)</.exec(answer)?.[1] ?? '';
    return client;
  }

  /** What the sign-in was answered with. */
  get answer(): string {
    return this.heard.find((frame) => /^<(success|failure|challenge)/.test(frame)) ?? '';
  }

  /** The token that came with the sign-in (XEP-0484). */
  get token(): string {
    return /<token[^>]* token="([^"]+)"/.exec(this.answer)?.[1] ?? '';
  }

  /** The id to resume by. */
  get previd(): string {
    return /<enabled[^>]* id="([^"]+)"/.exec(this.answer)?.[1] ?? '';
  }

  /** How many stanzas were heard in this session. */
  get handled(): number {
    return this.heard.filter((frame) => /^<(message|presence|iq)/.test(frame)).length;
  }

  get open(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  say(frame: string): void {
    if (this.open) this.#socket.send(frame);
  }

  /** Waits for a frame that fits, from now on. */
  hears(fits: (frame: string) => boolean): Promise<string> {
    return new Promise((fulfil, reject) => {
      const last = () => this.heard.slice(-3).join('\n');
      const late = setTimeout(() => reject(new Error(`it did not come; last:\n${last()}`)), PATIENCE);
      this.#waiting.push({
        fits,
        fulfil: (frame) => {
          clearTimeout(late);
          fulfil(frame);
        },
      });
    });
  }

  /** Enters a room. @returns its own presence */
  async join(room: string, nick: string): Promise<string> {
    const here = this.hears((frame) => frame.startsWith('<presence') && frame.includes('code="110"'));
    this.say(
      `<presence xmlns="jabber:client" to="${room}/${nick}"><x xmlns="http://jabber.org/protocol/muc">` +
        '<history maxstanzas="0"/></x></presence>',
    );
    return here;
  }

  speak(room: string, text: string): void {
    this.say(
      `<message xmlns="jabber:client" to="${room}" type="groupchat" id="${text}"><body>${text}</body></message>`,
    );
  }

  /** Reads a whole archive, page by page. */
  async archive(room: string): Promise<readonly Archived[]> {
    const found: Archived[] = [];
    for (let after: string | undefined = ''; after !== undefined; ) {
      const id = `q${this.#nextId++}`;
      const from = this.heard.length;
      const fin = this.hears((frame) => frame.startsWith('<iq') && frame.includes(`id="${id}"`));
      this.say(
        `<iq xmlns="jabber:client" type="set" id="${id}" to="${room}"><query xmlns="urn:xmpp:mam:2" queryid="${id}">` +
          `<set xmlns="http://jabber.org/protocol/rsm"><max>100</max>${after && `<after>${after}</after>`}</set></query></iq>`,
      );
      const end = await fin;
      if (end.includes('type="error"')) throw new Error(end);
      for (const frame of this.heard.slice(from)) {
        const result = /<result[^>]*id="([^"]+)"/.exec(frame)?.[1];
        const body = /<body>(.*?)<\/body>/.exec(frame)?.[1];
        if (result !== undefined && body !== undefined) found.push({ id: result, body });
      }
      after = end.includes('complete="true"') ? undefined : /<last>(.*?)<\/last>/.exec(end)?.[1];
    }
    return found;
  }

  /** The network is gone, from one moment to the next. */
  cut(): void {
    this.#socket.terminate();
  }

  #hear(frame: string): void {
    this.heard.push(frame);
    const h = /^<a [^>]*\bh="(\d+)"/.exec(frame)?.[1];
    if (h !== undefined) this.acknowledged = Number(h);
    if (frame.startsWith('<close')) this.#socket.close();
    if (frame.startsWith('<r ')) this.say(`<a xmlns="urn:xmpp:sm:3" h="${this.handled}"/>`);
    const fitting = this.#waiting.filter(({ fits }) => fits(frame));
    this.#waiting = this.#waiting.filter((waiting) => !fitting.includes(waiting));
    for (const { fulfil } of fitting) fulfil(frame);
  }
}
