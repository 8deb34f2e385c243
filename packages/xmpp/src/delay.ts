import { formatDateTime, parseDateTime } from './date-time.js';
import type { Millis } from './env.js';
import { type Jid, parseJid } from './jid.js';
import { NS } from './ns.js';
import { children, type Element, el } from './xml/element.js';

/** When a stanza was first sent, told by whoever kept it (XEP-0203). */
export interface Delay {
  readonly at: Millis;
  /** Who kept it. */
  readonly by?: Jid | undefined;
}

/** Writes `<delay/>`. */
export function encodeDelay(delay: Delay): Element {
  return el('delay', NS.delay, { from: delay.by, stamp: formatDateTime(delay.at) });
}

/**
 * The delay of a stanza; undefined where there is none that can be read.
 * @param by only a stamp of this address counts; stamps of others are claims of the sender
 */
export function decodeDelay(stanza: Element, by?: Jid): Delay | undefined {
  for (const node of children(stanza, 'delay', NS.delay)) {
    const from = node.attrs.from === undefined ? undefined : parseJid(node.attrs.from);
    const at = parseDateTime(node.attrs.stamp ?? '');
    if (at !== undefined && (by === undefined || by === from)) return { at, by: from };
  }
  return undefined;
}
