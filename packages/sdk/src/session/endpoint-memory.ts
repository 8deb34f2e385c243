import { type DomainJid, parseDomainJid } from '@meerkat-chat/xmpp';
import type { Offer } from './offer.js';
import type { SafeStorage } from './storage.js';

const VERSION = 1;

type LinkKind = 'bosh' | 'websocket';

/** What is remembered of an endpoint from one page to another: what worked, and what the server offers there. */
export class EndpointMemory {
  readonly #storage: SafeStorage;
  readonly #key: string;
  #link: LinkKind | undefined;
  #domain: DomainJid | undefined;
  readonly #offers = new Map<LinkKind, Offer>();

  constructor(storage: SafeStorage, key: string) {
    this.#storage = storage;
    this.#key = key;
    const value = storage.getJson(key);
    if (typeof value !== 'object' || value === null) return;
    const { bosh, domain, link, v, websocket } = value as Readonly<Record<string, unknown>>;
    if (v !== VERSION) return;
    if (link === 'bosh' || link === 'websocket') this.#link = link;
    if (typeof domain === 'string') this.#domain = parseDomainJid(domain);
    if (isOffer(bosh)) this.#offers.set('bosh', bosh);
    if (isOffer(websocket)) this.#offers.set('websocket', websocket);
  }

  /** The link to begin with. */
  get link(): LinkKind | undefined {
    return this.#link;
  }

  set link(link: LinkKind) {
    this.#link = link;
    this.#write();
  }

  get domain(): DomainJid | undefined {
    return this.#domain;
  }

  set domain(domain: DomainJid) {
    this.#domain = domain;
    this.#write();
  }

  offer(link: LinkKind): Offer | undefined {
    return this.#offers.get(link);
  }

  /** @param offer undefined forgets it */
  setOffer(link: LinkKind, offer: Offer | undefined): void {
    if (offer) this.#offers.set(link, offer);
    else this.#offers.delete(link);
    this.#write();
  }

  #write(): void {
    this.#storage.setJson(this.#key, {
      v: VERSION,
      link: this.#link,
      domain: this.#domain,
      ...Object.fromEntries(this.#offers),
    });
  }
}

const isList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

function isOffer(value: unknown): value is Offer {
  if (typeof value !== 'object' || value === null) return false;
  const { classic, sasl2, sm } = value as Partial<Offer>;
  if (!isList(classic) || typeof sm !== 'boolean') return false;
  return sasl2 === undefined || (isList(sasl2?.mechanisms) && isList(sasl2?.fast));
}
