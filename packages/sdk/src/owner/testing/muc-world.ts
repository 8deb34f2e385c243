import {
  type Clock,
  childText,
  decodeMamQuery,
  decodeMucJoin,
  type Element,
  el,
  encodeDelay,
  encodeDiscoInfo,
  encodeMamFin,
  encodeMamResult,
  encodeMucUser,
  encodeOriginId,
  encodeStanzaError,
  encodeStanzaId,
  type MucUser,
  messageEl,
  NS,
  originIdOf,
  parseJid,
  presenceEl,
  resourceOf,
  type StanzaErrorCondition,
  stanzaError,
} from '@meerkat-chat/xmpp';
import { bare, full, type ScriptedSession } from './scripted-session.js';

/** One message of the room's archive. */
interface Entry {
  readonly id: string;
  readonly nick: string;
  readonly originId: string | undefined;
  readonly text: string;
  readonly at: number;
}

/** Something on its way, in one direction or the other. */
type ToServer =
  | { readonly kind: 'stanza'; readonly stanza: Element }
  | {
      readonly kind: 'request';
      readonly session: ScriptedSession;
      readonly index: ScriptedSession['requests'][number];
    };
type ToClient = (session: ScriptedSession) => void;

export interface MucWorldOptions {
  readonly clock: Clock;
  /** Whether the room has an archive and stamps ids. */
  readonly archive: boolean;
}

/**
 * A server with one room, `lobby@rooms.example`, and one client of ours. What goes over the wire waits in queues until
 * the test lets it through or loses it, as with a stream that is resumed or not.
 */
export class MucWorld {
  readonly room = bare('lobby@rooms.example');
  readonly archive: Entry[] = [];
  readonly others = new Set<string>(['bob']);
  readonly toServer: ToServer[] = [];
  readonly toClient: ToClient[] = [];
  /** Our nick in the room, while it has us. */
  nick: string | undefined;
  /** Handled, but not yet known to the client to be. */
  unconfirmed: Element[] = [];
  readonly #options: MucWorldOptions;
  #session: ScriptedSession;
  #lastId = 0;

  constructor(session: ScriptedSession, options: MucWorldOptions) {
    this.#session = session;
    this.#options = options;
  }

  /** Takes what the client has sent. */
  collect(): void {
    for (const stanza of this.#session.takeSent()) this.toServer.push({ kind: 'stanza', stanza });
    for (const index of this.#session.requests.splice(0)) {
      this.toServer.push({ kind: 'request', session: this.#session, index });
    }
  }

  /** Lets one thing reach the server. */
  stepServer(): void {
    this.collect();
    const next = this.toServer.shift();
    if (!next) return;
    if (next.kind === 'request') this.#request(next);
    else {
      this.unconfirmed.push(next.stanza);
      if (next.stanza.name === 'presence') this.#presence(next.stanza);
      else this.#message(next.stanza);
    }
  }

  /** Lets one thing reach the client. */
  stepClient(): void {
    this.toClient.shift()?.(this.#session);
  }

  /** Lets everything through, both ways, until nothing moves. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; ) {
      this.collect();
      quiet = this.toServer.length + this.toClient.length === 0 ? quiet + 1 : 0;
      while (this.toServer.length > 0) this.stepServer();
      while (this.toClient.length > 0) this.stepClient();
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    }
  }

  /** Somebody else says something. */
  say(text: string, nick = 'bob'): void {
    this.#post(nick, undefined, text);
  }

  /** The session is lost for good: what had not arrived is the client's again, perhaps with some that had. */
  lose(confirmed: number): readonly Element[] {
    this.collect();
    const waiting = this.toServer.flatMap((item) => (item.kind === 'stanza' ? [item.stanza] : []));
    const unacknowledged = [...this.unconfirmed.slice(confirmed), ...waiting];
    for (const item of this.toServer) {
      if (item.kind === 'request') item.index.refuse(stanzaError('remote-server-timeout'));
    }
    this.toServer.length = 0;
    this.toClient.length = 0;
    this.unconfirmed = [];
    this.nick = undefined;
    return unacknowledged;
  }

  /** Another page goes on with the session. */
  hand(session: ScriptedSession): void {
    this.collect();
    const stanzas = this.toServer.filter(({ kind }) => kind === 'stanza');
    this.toServer.splice(0, Number.POSITIVE_INFINITY, ...stanzas);
    this.#session = session;
  }

  #tell(stanza: Element): void {
    this.toClient.push((session) => session.hear(stanza));
  }

  #here(nick: string, statuses: number[] = []): void {
    const user: MucUser = { item: { affiliation: 'none', role: 'participant' }, statuses };
    this.#tell(presenceEl({ from: full(`${this.room}/${nick}`) }, encodeMucUser(user)));
  }

  #refuse(stanza: Element, condition: StanzaErrorCondition): void {
    const error = encodeStanzaError(stanzaError(condition));
    this.#tell(
      el(stanza.name, NS.client, { from: stanza.attrs.to, id: stanza.attrs.id, type: 'error' }, error),
    );
  }

  #presence(stanza: Element): void {
    const to = parseJid(stanza.attrs.to ?? '');
    if (to === undefined) return;
    const nick = resourceOf(to) ?? '';
    if (stanza.attrs.type === 'unavailable') {
      this.nick = undefined;
      return;
    }
    if (this.others.has(nick)) {
      this.#refuse(stanza, 'conflict');
      return;
    }
    const join = decodeMucJoin(stanza);
    this.nick = nick;
    if (!join) {
      this.#here(nick, [110]);
      return;
    }
    for (const other of this.others) this.#here(other);
    this.#here(nick, [110]);
    const { maxStanzas = 20, since = 0 } = join.history ?? {};
    const history = maxStanzas === 0 ? [] : this.archive.filter(({ at }) => at >= since).slice(-maxStanzas);
    for (const entry of history) this.#tell(this.#line(entry, true));
    this.#tell(messageEl({ from: this.room, type: 'groupchat' }, el('subject', NS.client, {}, 'Talk')));
  }

  #message(stanza: Element): void {
    const text = childText(stanza, 'body', NS.client);
    if (this.nick === undefined) this.#refuse(stanza, 'not-acceptable');
    else if (text !== undefined) this.#post(this.nick, originIdOf(stanza), text);
  }

  #post(nick: string, originId: string | undefined, text: string): void {
    const entry = { id: `m${++this.#lastId}`, nick, originId, text, at: this.#options.clock.now() };
    this.archive.push(entry);
    if (this.nick !== undefined) this.#tell(this.#line(entry, false));
  }

  #line(entry: Entry, old: boolean): Element {
    const { archive } = this.#options;
    return messageEl(
      { from: full(`${this.room}/${entry.nick}`), type: 'groupchat', id: entry.originId ?? `x-${entry.id}` },
      el('body', NS.client, {}, entry.text),
      entry.originId !== undefined && encodeOriginId(entry.originId),
      archive && encodeStanzaId(entry.id, this.room),
      old && encodeDelay({ at: entry.at, by: this.room }),
    );
  }

  #request({ session, index }: Extract<ToServer, { kind: 'request' }>): void {
    const [payload] = index.iq.children;
    const answer = (result: Element): void => {
      // A page that is gone gets no answer.
      this.toClient.push((now) => now === session && index.answer(result));
    };
    if (typeof payload !== 'object') return;
    if (payload.ns === NS.discoInfo) {
      const features = this.#options.archive ? [NS.mam, NS.stanzaId] : [];
      const identities = [{ category: 'conference', type: 'text', name: 'The lobby' }];
      answer(el('iq', NS.client, { type: 'result' }, encodeDiscoInfo({ identities, features, forms: [] })));
    } else if (payload.ns === NS.mam && this.#options.archive) this.#query(payload, answer, index.refuse);
    else this.toClient.push(() => index.refuse(stanzaError('service-unavailable')));
  }

  #query(
    payload: Element,
    answer: (result: Element) => void,
    refuse: (error: ReturnType<typeof stanzaError>) => void,
  ): void {
    const query = decodeMamQuery(payload);
    if (!query.ok) throw new TypeError('a malformed question');
    const { after, before, max = 50 } = query.value.page;
    const { archive } = this;
    const indexOf = (id: string): number => archive.findIndex((entry) => entry.id === id);
    if ((after && indexOf(after) < 0) || (before && indexOf(before) < 0)) {
      this.toClient.push(() => refuse(stanzaError('item-not-found')));
      return;
    }
    const from = after === undefined ? 0 : indexOf(after) + 1;
    const all = archive.slice(from, before ? indexOf(before) : archive.length);
    const entries = before === undefined ? all.slice(0, max) : all.slice(-max);
    for (const entry of entries) {
      const { queryId } = query.value;
      const result = encodeMamResult({ queryId, id: entry.id, at: entry.at }, this.#line(entry, false));
      this.#tell(messageEl({ from: this.room }, result));
    }
    const fin = encodeMamFin({
      complete: entries.length === all.length,
      stable: true,
      page: { first: entries[0]?.id, last: entries.at(-1)?.id },
    });
    answer(el('iq', NS.client, { type: 'result' }, fin));
  }
}
