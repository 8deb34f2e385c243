import {
  accountOf,
  type BareJid,
  child,
  decodeMamFin,
  decodeMamResult,
  type Element,
  el,
  encodeMamQuery,
  localOf,
  NS,
  parseJid,
  type Random,
  type RsmRequest,
  randomId,
} from '@meerkat-chat/xmpp';
import { type CatchUp, type CaughtUp, catchUp } from './catch-up.js';
import { readWords } from './direct-message.js';
import { ARCHIVE_PAGE, type ArchivePage } from './room-archive.js';
import type { Line } from './room-stanzas.js';

interface Asked {
  readonly peer: BareJid;
  readonly lines: Line[];
}

/** The archive of our account (XEP-0313 section 3): asks for what was said with somebody, and gathers what comes. */
export class ConversationArchive {
  readonly #request: (iq: Element) => Promise<Element>;
  readonly #random: Random;
  readonly #asked = new Map<string, Asked>();

  /** @param request as `XmppSession.request` */
  constructor(request: (iq: Element) => Promise<Element>, random: Random) {
    this.#request = request;
    this.#random = random;
  }

  /** Hears a message from our own account; true when it is a result, whether anybody asked or not. */
  hear(stanza: Element, account: BareJid): boolean {
    const result = decodeMamResult(stanza);
    const from = stanza.attrs.from ?? account;
    if (!result || from !== account) return false;
    const asked = this.#asked.get(result.queryId ?? '');
    const line = asked && readArchived(result, asked.peer, account);
    if (line && asked.lines.length < ARCHIVE_PAGE) asked.lines.push(line);
    return true;
  }

  /** Fetches what was said after the newest message that is known. */
  catchUp(peer: BareJid, run: Omit<CatchUp, 'ask'>): Promise<CaughtUp> {
    return catchUp({ ...run, ask: (where) => this.page(peer, where) });
  }

  /** Asks for one page. Rejects with `RequestError`. */
  async page(peer: BareJid, where: Omit<RsmRequest, 'max'>): Promise<ArchivePage> {
    const queryId = randomId(this.#random, 12);
    const lines: Line[] = [];
    this.#asked.set(queryId, { peer, lines });
    try {
      const query = encodeMamQuery({ queryId, with: peer, page: { ...where, max: ARCHIVE_PAGE } });
      const answer = await this.#request(el('iq', NS.client, { type: 'set' }, query));
      const fin = child(answer, 'fin', NS.mam);
      const { complete, page } = fin ? decodeMamFin(fin) : { complete: true, page: { last: undefined } };
      return { lines, complete: complete || page.last === undefined, last: page.last };
    } finally {
      this.#asked.delete(queryId);
    }
  }
}

/** A line of the archive, under the address of whoever said it; undefined for what says nothing, or is of another. */
function readArchived(
  { message, id, at }: NonNullable<ReturnType<typeof decodeMamResult>>,
  peer: BareJid,
  account: BareJid,
): Line | undefined {
  const from = parseJid(message.attrs.from ?? '');
  const who = from && accountOf(from);
  if (who === undefined || (who !== peer && who !== account)) return undefined;
  const { text, id: givenId, lasting } = readWords(message, account);
  if (text === undefined) return undefined;
  return {
    id: givenId,
    nick: localOf(who),
    occupantId: who,
    at,
    old: true,
    text,
    byId: lasting,
    archiveId: id,
  };
}
