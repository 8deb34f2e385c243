import {
  type BareJid,
  child,
  decodeMamFin,
  type decodeMamResult,
  type Element,
  el,
  encodeMamQuery,
  NS,
  type Random,
  type RsmRequest,
  randomId,
} from '@meerkat-chat/xmpp';
import { oldestArchiveId, takePage } from './archive-pages.js';
import { type CatchUp, type CaughtUp, catchUp, isNoArchive } from './catch-up.js';
import type { MessageLog } from './message-log.js';
import type { Incoming } from './messages.js';
import { errorIn } from './request-failure.js';
import type { Line } from './room-stanzas.js';

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

/** One entry of an archive. */
export type ArchiveResult = NonNullable<ReturnType<typeof decodeMamResult>>;

/** Whose messages they become. */
export interface ArchiveReader {
  readonly log: MessageLog;
  /** Knows whose a line is. */
  readonly incoming: (line: Line) => Incoming;
  /** True when nobody wants the answer any more. */
  readonly stale: () => boolean;
}

interface Asked {
  readonly about: BareJid;
  readonly lines: Line[];
}

/** An archive (XEP-0313): asks for pages, and gathers the results, which come as messages. */
export abstract class Archive {
  readonly #request: (iq: Element) => Promise<Element>;
  readonly #random: Random;
  readonly #asked = new Map<string, Asked>();

  /** @param request as `XmppSession.request` */
  constructor(request: (iq: Element) => Promise<Element>, random: Random) {
    this.#request = request;
    this.#random = random;
  }

  /** Where it is asked, and for what was said with whom. */
  protected abstract query(about: BareJid): {
    readonly to?: BareJid | undefined;
    readonly with?: BareJid | undefined;
  };
  /** The line that an entry holds; undefined for what says nothing, or is of another. @param owner whose archive it is */
  protected abstract read(result: ArchiveResult, about: BareJid, owner: BareJid): Line | undefined;

  /** A result that came; those of questions that nobody asks are dropped, and no page gets longer than was asked for. */
  protected take(result: ArchiveResult, owner: BareJid): void {
    const asked = this.#asked.get(result.queryId ?? '');
    const line = asked && this.read(result, asked.about, owner);
    if (line && asked.lines.length < ARCHIVE_PAGE) asked.lines.push(line);
  }

  /** Fetches what was said after the newest message that is known. */
  catchUp(about: BareJid, anchor: string, reader: ArchiveReader, limit: number): Promise<CaughtUp> {
    const { incoming, log, stale } = reader;
    const run: CatchUp = {
      anchor,
      limit,
      stale,
      ask: (where) => this.page(about, where),
      apply: ({ page, ...where }) =>
        log.become(takePage(log.messages, { ...where, page: page.map(incoming) })),
    };
    return catchUp(run);
  }

  /** Fetches the last page, where nothing is known yet. */
  async newest(about: BareJid, { incoming, log, stale }: ArchiveReader): Promise<CaughtUp> {
    try {
      const { complete, lines } = await this.page(about, { before: '' });
      if (stale()) return 'stale';
      log.become(takePage(log.messages, { kind: 'newest', anchor: undefined, page: lines.map(incoming) }));
      if (complete) log.older = 'none';
      return 'done';
    } catch (cause) {
      return isNoArchive(errorIn(cause)) ? 'unsupported' : 'failed';
    }
  }

  /** Fetches a page of older messages, and tells whether there may be more. */
  async older(about: BareJid, { incoming, log, stale }: ArchiveReader): Promise<void> {
    try {
      const { complete, lines } = await this.page(about, { before: oldestArchiveId(log.messages) ?? '' });
      if (stale()) return;
      log.become(takePage(log.messages, { kind: 'older', page: lines.map(incoming) }));
      log.older = complete ? 'none' : 'maybe';
    } catch (cause) {
      const none = isNoArchive(errorIn(cause));
      if (!stale()) log.older = none ? 'none' : 'maybe';
    }
  }

  /** Asks for one page. Rejects with `RequestError`. */
  async page(about: BareJid, where: Omit<RsmRequest, 'max'>): Promise<ArchivePage> {
    const queryId = randomId(this.#random, 12);
    const lines: Line[] = [];
    this.#asked.set(queryId, { about, lines });
    try {
      const { to, with: peer } = this.query(about);
      const query = encodeMamQuery({ queryId, with: peer, page: { ...where, max: ARCHIVE_PAGE } });
      const answer = await this.#request(el('iq', NS.client, { type: 'set', to }, query));
      const fin = child(answer, 'fin', NS.mam);
      const { complete, page } = fin ? decodeMamFin(fin) : { complete: true, page: { last: undefined } };
      return { lines, complete: complete || page.last === undefined, last: page.last };
    } finally {
      this.#asked.delete(queryId);
    }
  }

  /** Questions without an answer yet, for leak tests. */
  get asking(): number {
    return this.#asked.size;
  }
}
