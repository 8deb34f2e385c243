import type { Millis } from './env.js';
import { NS } from './ns.js';
import { type Element, el, is } from './xml/element.js';

// What is between a server of ours and its guests (docs/namespaces.md, `urn:meerkat:guest:0`).

/** Beside the condition of a refused nick: it is kept from guests. */
export function encodeReservedNick(): Element {
  return el('reserved', NS.guest);
}

/** Whether an application's condition says that. */
export function isReservedNick(application: Element | undefined): boolean {
  return application !== undefined && is(application, 'reserved', NS.guest);
}

/** There is no place for another guest: of this network, or at all. */
export interface Crowded {
  readonly by: 'network' | 'server';
  /** When another attempt is worth it, from now on. Whole seconds. */
  readonly retryAfter: Millis;
}

/** Writes it, for a failed sign-in. */
export function encodeCrowded({ by, retryAfter }: Crowded): Element {
  return el('crowded', NS.guest, { by, 'retry-after': Math.ceil(retryAfter / 1000) });
}

/** Reads it; undefined for anything else. */
export function decodeCrowded(application: Element | undefined): Crowded | undefined {
  if (!application || !is(application, 'crowded', NS.guest)) return undefined;
  const { by, 'retry-after': seconds = '' } = application.attrs;
  const retryAfter = /^\d{1,5}$/.test(seconds) ? Number(seconds) * 1000 : 60_000;
  return { by: by === 'network' ? by : 'server', retryAfter };
}

/**
 * What a guest is to prove before they are let in. `work`: a number that, written behind the challenge and a dot, makes a
 * text whose SHA-256 begins with so many zero bits. `site`: something that only the site can tell, such as a captcha.
 */
export type ProofWanted =
  | { readonly kind: 'site' }
  | { readonly kind: 'work'; readonly challenge: string; readonly bits: number };

/** Writes it, for a failed sign-in. */
export function encodeProofWanted(wanted: ProofWanted): Element {
  const work = wanted.kind === 'work' ? { challenge: wanted.challenge, bits: wanted.bits } : {};
  return el('proof-wanted', NS.guest, { kind: wanted.kind, ...work });
}

/** Reads it; undefined for anything else, and for what a client cannot be asked. */
export function decodeProofWanted(application: Element | undefined): ProofWanted | undefined {
  if (!application || !is(application, 'proof-wanted', NS.guest)) return undefined;
  const { kind, challenge, bits = '' } = application.attrs;
  if (kind === 'site') return { kind };
  // More than that would keep a visitor busy for hours, whoever asks for it.
  const number = /^\d{1,2}$/.test(bits) ? Number(bits) : Number.NaN;
  return kind === 'work' && challenge && number <= 26 ? { kind, challenge, bits: number } : undefined;
}
