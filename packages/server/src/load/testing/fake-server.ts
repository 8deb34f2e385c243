import { type Env, escapeAttr, type Millis, NS } from '@meerkat-chat/xmpp';
import type { Connect } from '../clients/connect.js';
import { attribute, content } from '../clients/frame.js';
import type { Wire, WireListener } from '../clients/wire.js';

/** What becomes of one message to one recipient: `late` comes after the next one to the same recipient. */
export type Fate = 'delivered' | 'lost' | 'doubled' | 'late';

/** How a server of the test behaves. */
export interface FakeServerOptions {
  readonly env: Env;
  /** From when a message came until it is taken up, and passed on to whoever is there then. Default 0. */
  readonly delay?: Millis;
  /** Default: all is delivered. @param recipient the user's index @param id the message's number */
  readonly fate?: (recipient: number, id: number) => Fate;
  /** Users who are refused at sign-in. Default nobody. */
  readonly refuses?: (user: number) => boolean;
  /** True when a lost session can be resumed. Default true. */
  readonly resumes?: boolean;
}

interface Connection {
  readonly index: number;
  readonly jid: string;
  readonly listener: WireListener;
  gone: boolean;
}

interface Session {
  connection: Connection;
  /** What came while there was no connection. */
  readonly waiting: string[];
}

/**
 * A chat server of few words, in memory: sign-in as a guest or by PLAIN, rooms, messages to one another, resumption.
 * It loses, doubles and delays what the test tells it to, so that it can be seen whether that is found.
 */
export class FakeServer {
  readonly #options: FakeServerOptions;
  readonly #sessions = new Map<string, Session>();
  /** Full JIDs by room, with their nicks. */
  readonly #rooms = new Map<string, Map<string, string>>();
  readonly #held = new Map<string, string[]>();
  /** Users that have connected, in order, each as often as it did. */
  readonly connected: number[] = [];

  constructor(options: FakeServerOptions) {
    this.#options = options;
  }

  /** Opens a connection, for a user of the harness. */
  readonly connect: Connect = async (index, listener) => {
    this.connected.push(index);
    const jid = `load-${index}@localhost/${this.connected.length}`;
    const connection: Connection = { index, jid, listener, gone: false };
    const wire: Wire = {
      open: () => this.#answer(connection, '<stream:features/>'),
      send: (element) => {
        if (!connection.gone) this.#hear(connection, element);
      },
      pause: () => {},
      unpause: () => {},
      drop: () => {
        connection.gone = true;
      },
      close: () => {
        connection.gone = true;
        this.#forget(connection.jid);
      },
    };
    return wire;
  };

  /** Ends a user's connection as a network does. */
  cut(index: number, why: string): void {
    for (const { connection } of this.#sessions.values()) {
      if (connection.index !== index || connection.gone) continue;
      connection.gone = true;
      connection.listener.ended(why);
    }
  }

  #hear(connection: Connection, element: string): void {
    const { index, jid } = connection;
    const answer = (text: string): void => this.#answer(connection, text);
    const id = attribute(element, 'id') ?? '';
    if (element.startsWith('<auth ')) {
      const refused = this.#options.refuses?.(index) ?? false;
      answer(refused ? '<failure><not-authorized/></failure>' : `<success xmlns="${NS.sasl}"/>`);
    } else if (element.startsWith('<authenticate ')) this.#authenticate(connection, element);
    else if (element.includes(NS.bind)) {
      this.#sessions.set(jid, { connection, waiting: [] });
      answer(`<iq type="result" id="${id}"><bind><jid>${jid}</jid></bind></iq>`);
    } else if (element.startsWith('<enable ')) answer(`<enabled id="${jid}"/>`);
    else if (element.startsWith('<resume ')) answer(this.#resume(connection, element));
    else if (element.startsWith('<presence ')) this.#presence(connection, element);
    else if (element.startsWith('<message ')) this.#message(this.#sender(connection), element);
    else if (element.startsWith('<iq ') && attribute(element, 'type') !== 'result')
      answer(`<iq type="result" id="${id}"/>`);
  }

  #authenticate(connection: Connection, element: string): void {
    const { jid } = connection;
    if (element.includes('<resume ')) {
      const resumed = this.#resume(connection, element);
      this.#answer(connection, `<success>${resumed}</success>`);
      return;
    }
    this.#sessions.set(jid, { connection, waiting: [] });
    this.#answer(
      connection,
      `<success><authorization-identifier>${jid}</authorization-identifier>` +
        `<token xmlns="${NS.fast}" token="t"/><bound><enabled id="${jid}"/></bound></success>`,
    );
  }

  #resume(connection: Connection, element: string): string {
    const session = this.#sessions.get(attribute(element.slice(element.indexOf('<resume ')), 'previd') ?? '');
    if (!session || this.#options.resumes === false) return '<failed/>';
    session.connection = connection;
    const { waiting } = session;
    queueMicrotask(() => {
      for (const frame of waiting.splice(0)) this.#answer(connection, frame);
    });
    return '<resumed h="0"/>';
  }

  #presence(connection: Connection, element: string): void {
    const to = attribute(element, 'to') ?? '';
    const [room = '', nick = ''] = to.split('/');
    const jid = this.#sender(connection);
    const occupants = this.#rooms.get(room) ?? new Map<string, string>();
    this.#rooms.set(room, occupants);
    const gone = attribute(element, 'type') === 'unavailable';
    if (gone) occupants.delete(jid);
    else occupants.set(jid, nick);
    const type = gone ? ' type="unavailable"' : '';
    // Whoever hears that they are in has been in for a moment.
    this.#options.env.clock.after(1, () => {
      this.#answer(connection, `<presence from="${escapeAttr(to)}"${type}><status code="110"/></presence>`);
      if (gone) return;
      this.#answer(connection, `<message from="${escapeAttr(room)}" type="groupchat"><subject/></message>`);
    });
  }

  #message(from: string, element: string): void {
    const to = attribute(element, 'to') ?? '';
    const number = Number(attribute(element, 'id'));
    const body = content(element, 'body') ?? '';
    this.#options.env.clock.after(this.#options.delay ?? 0, () => {
      const recipients =
        attribute(element, 'type') === 'groupchat' ? [...(this.#rooms.get(to)?.keys() ?? [])] : [to];
      const frame = `<message from="${escapeAttr(from)}" id="${number}"><body>${body}</body></message>`;
      for (const jid of recipients) this.#pass(jid, number, frame);
    });
  }

  #pass(jid: string, number: number, frame: string): void {
    const session = this.#sessions.get(jid);
    if (!session) return;
    const fate = this.#options.fate?.(session.connection.index, number) ?? 'delivered';
    const held = this.#held.get(jid) ?? [];
    this.#held.set(jid, fate === 'late' ? [...held, frame] : []);
    const now = { delivered: [frame], doubled: [frame, frame], lost: [], late: [] }[fate];
    for (const text of fate === 'late' ? [] : [...now, ...held]) {
      if (session.connection.gone) session.waiting.push(text);
      else session.connection.listener.frame(Buffer.from(text));
    }
  }

  /** Who a connection speaks for, which after a resumption is the session before. */
  #sender(connection: Connection): string {
    for (const [jid, session] of this.#sessions) if (session.connection === connection) return jid;
    return connection.jid;
  }

  #forget(jid: string): void {
    this.#sessions.delete(jid);
    for (const occupants of this.#rooms.values()) occupants.delete(jid);
  }

  #answer(connection: Connection, text: string): void {
    queueMicrotask(() => {
      if (!connection.gone) connection.listener.frame(Buffer.from(text));
    });
  }
}
