import { type DomainJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { fits } from '../stored.js';
import { OFFER, type Offer } from './offer.js';
import type { SafeStorage } from './storage.js';

const VERSION = 2;

const STORED = {
  v: 'count',
  'link?': 'string',
  'domain?': 'string',
  'bosh?': OFFER,
  'websocket?': OFFER,
} as const;

/** What is remembered of a server: what worked, and what is offered on each link. */
interface Known {
  /** The link to begin with. */
  readonly link?: 'bosh' | 'websocket' | undefined;
  readonly domain?: DomainJid | undefined;
  readonly bosh?: Offer | undefined;
  readonly websocket?: Offer | undefined;
}

/** The same, from one page to another. */
export class EndpointMemory {
  readonly #storage: SafeStorage;
  readonly #key: string;
  #known: Known = {};

  constructor(storage: SafeStorage, key: string) {
    this.#storage = storage;
    this.#key = key;
    const found = storage.getJson(key);
    if (!fits(found, STORED) || found.v !== VERSION) return;
    const { bosh, domain, link, websocket } = found;
    this.#known = {
      link: link === 'bosh' || link === 'websocket' ? link : undefined,
      domain: parseDomainJid(domain ?? ''),
      bosh,
      websocket,
    };
  }

  get known(): Known {
    return this.#known;
  }

  /** Takes what has turned out; undefined forgets it. */
  learn(news: Known): void {
    this.#known = { ...this.#known, ...news };
    this.#storage.setJson(this.#key, { v: VERSION, ...this.#known });
  }
}
