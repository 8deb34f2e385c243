import { NS } from './ns.js';
import type { StanzaErrorCondition, UnknownCondition } from './stanza-error.js';
import { type Element, el, elements } from './xml/element.js';

/** Counters of XEP-0198 are of 32 bits: after 4294967295 comes 0. */
const MODULUS = 2 ** 32;

/** The counter that many steps on, modulo 2^32. */
export function counterAdd(counter: number, steps: number): number {
  return (counter + steps) % MODULUS;
}

/**
 * How many steps lead from one counter to another, modulo 2^32: always positive or 0, so a counter that lies behind
 * seems very far ahead. Compare it with how many steps are possible.
 */
export function counterDistance(from: number, to: number): number {
  return (to - from + MODULUS) % MODULUS;
}

/** Whatever one end says to the other of stream management (XEP-0198). */
export type SmElement =
  | { readonly kind: 'enable'; readonly resume: boolean; readonly max: number | undefined }
  | {
      readonly kind: 'enabled';
      /** The id to resume by; undefined when the session cannot be resumed. */
      readonly id: string | undefined;
      /** How long the session is kept without a link, in seconds. */
      readonly max: number | undefined;
    }
  | { readonly kind: 'resume'; readonly previd: string; readonly h: number }
  | { readonly kind: 'resumed'; readonly previd: string; readonly h: number }
  | {
      readonly kind: 'failed';
      readonly condition: StanzaErrorCondition | UnknownCondition;
      /** How many stanzas of the session were handled, where it is remembered. */
      readonly h: number | undefined;
    }
  | { readonly kind: 'r' }
  | { readonly kind: 'a'; readonly h: number }
  /** An element of the namespace that lacks what it must have. */
  | { readonly kind: 'malformed' };

/** Writes any element of stream management. */
export function encodeSm(element: Exclude<SmElement, { kind: 'malformed' }>): Element {
  if (element.kind === 'failed') {
    return el('failed', NS.sm, { h: element.h }, el(element.condition, NS.stanzaErrors));
  }
  const { kind, ...attrs } = element;
  const resume = kind === 'enable' ? element.resume : kind === 'enabled' && element.id !== undefined;
  return el(kind, NS.sm, { ...attrs, resume: resume ? 'true' : undefined });
}

/** Reads any element of stream management; undefined for an element of another namespace. */
export function decodeSm(element: Element): SmElement | undefined {
  if (element.ns !== NS.sm) return undefined;
  const { id, previd } = element.attrs;
  const h = unsignedInt(element.attrs.h);
  switch (element.name) {
    case 'enable':
      return { kind: 'enable', resume: flag(element.attrs.resume), max: unsignedInt(element.attrs.max) };
    case 'enabled':
      return {
        kind: 'enabled',
        id: flag(element.attrs.resume) ? id : undefined,
        max: unsignedInt(element.attrs.max),
      };
    case 'resume':
    case 'resumed':
      if (previd === undefined || h === undefined) return { kind: 'malformed' };
      return { kind: element.name, previd, h };
    case 'failed':
      return {
        kind: 'failed',
        condition: elements(element).find(({ ns }) => ns === NS.stanzaErrors)?.name ?? 'undefined-condition',
        h,
      };
    case 'r':
      return { kind: 'r' };
    case 'a':
      return h === undefined ? { kind: 'malformed' } : { kind: 'a', h };
    default:
      return { kind: 'malformed' };
  }
}

/** The first element of stream management among several, such as those asked inline; undefined where there is none. */
export function findSm(nodes: readonly Element[]): SmElement | undefined {
  for (const node of nodes) {
    const read = decodeSm(node);
    if (read) return read;
  }
  return undefined;
}

/** The stream feature `<sm/>`, which is also the one of the inline kind. */
export function encodeSmFeature(): Element {
  return el('sm', NS.sm);
}

/** The application condition beside `undefined-condition` when more was acknowledged than was sent (section 7). */
export function handledCountTooHigh(h: number, sent: number): Element {
  return el('handled-count-too-high', NS.sm, { h, 'send-count': sent });
}

function flag(value: string | undefined): boolean {
  return value === 'true' || value === '1';
}

function unsignedInt(value: string | undefined): number | undefined {
  if (value === undefined || !/^[0-9]{1,10}$/.test(value)) return undefined;
  const number = Number(value);
  return number < MODULUS ? number : undefined;
}
