import {
  type BareJid,
  bareOf,
  child,
  decodeMamFin,
  decodeMamResult,
  type Element,
  el,
  encodeMamQuery,
  isFull,
  NS,
  parseJid,
  type Random,
  type RsmRequest,
  randomId,
  resourceOf,
} from '@meerkat-chat/xmpp';
import { type CatchUp, type CaughtUp, catchUp } from './catch-up.js';
import { type Line, readLine } from './room-stanzas.js';

/** Messages of one page. */
export const ARCHIVE_PAGE = 100;

/** One page of an archive, oldest line first. */
export interface ArchivePage {
  readonly lines: readonly Line[];
  /** Nothing further in the direction of the question. */
  readonly complete: boolean;
  /** Id of the page's last entry, a line or not; undefined where the page is empty. */
  readonly last: string | undefined;
}

/** The line that an archive holds; undefined for an entry that no occupant said. */
function readArchived(
  { message, id, at }: NonNullable<ReturnType<typeof decodeMamResult>>,
  room: BareJid,
): Line | undefined {
  const from = parseJid(message.attrs.from ?? '');
  const said = from !== undefined && isFull(from) && bareOf(from) === room && message.name === 'message';
  const line =
    said && message.attrs.type === 'groupchat' ? readLine(message, resourceOf(from), at, true) : undefined;
  return line && { ...line, archiveId: id };
}

/** The archive of a room (XEP-0313), loaded when it is first asked: asks for pages, and gathers the results that come as messages. */
export class RoomArchive {
  readonly #request: (iq: Element) => Promise<Element>;
  readonly #random: Random;
  readonly #pages = new Map<string, Line[]>();

  /** @param request as `XmppSession.request` */
  constructor(request: (iq: Element) => Promise<Element>, random: Random) {
    this.#request = request;
    this.#random = random;
  }

  /** A result that came; those of questions that nobody asks are dropped, and no page gets longer than was asked for. */
  hear(stanza: Element, room: BareJid): void {
    const result = decodeMamResult(stanza);
    const page = this.#pages.get(result?.queryId ?? '');
    const line = result && readArchived(result, room);
    if (page && line && page.length < ARCHIVE_PAGE) page.push(line);
  }

  /** Fetches what was said after the newest message that is known. */
  catchUp(room: BareJid, run: Omit<CatchUp, 'ask'>): Promise<CaughtUp> {
    return catchUp({ ...run, ask: (where) => this.page(room, where) });
  }

  /** Asks for one page. Rejects with `RequestError`. */
  async page(room: BareJid, where: Omit<RsmRequest, 'max'>): Promise<ArchivePage> {
    const queryId = randomId(this.#random, 12);
    const lines: Line[] = [];
    this.#pages.set(queryId, lines);
    try {
      const query = encodeMamQuery({ queryId, page: { ...where, max: ARCHIVE_PAGE } });
      const result = await this.#request(el('iq', NS.client, { type: 'set', to: room }, query));
      const fin = child(result, 'fin', NS.mam);
      const { complete, page } = fin ? decodeMamFin(fin) : { complete: true, page: { last: undefined } };
      return { lines, complete: complete || page.last === undefined, last: page.last };
    } finally {
      this.#pages.delete(queryId);
    }
  }

  /** Questions without an answer yet, for leak tests. */
  get asking(): number {
    return this.#pages.size;
  }
}
