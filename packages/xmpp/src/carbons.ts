import { bareOf, type Jid, parseJid } from './jid.js';
import { NS } from './ns.js';
import { child, type Element, el, elements } from './xml/element.js';

/** Which way the original went: it came to our account, or another session of our account sent it. */
export type CarbonDirection = 'received' | 'sent';

/** Asks for copies of what other sessions of the account send and get, in an iq of type set, or for no more (XEP-0280). */
export function encodeCarbonsWish(on: boolean): Element {
  return el(on ? 'enable' : 'disable', NS.carbons);
}

/** Writes what a copy holds: the original, as it was told (XEP-0280 sections 6 and 7). */
export function encodeCarbon(direction: CarbonDirection, original: Element): Element {
  return el(direction, NS.carbons, {}, el('forwarded', NS.forward, {}, original));
}

/**
 * The original that a copy holds; undefined for a message that is none.
 * @param account ours: a copy from anybody else is a forgery (XEP-0280 section 11)
 */
export function decodeCarbon(
  message: Element,
  account: Jid,
): { readonly direction: CarbonDirection; readonly message: Element } | undefined {
  const carbon = elements(message).find(({ ns }) => ns === NS.carbons);
  if (!carbon || (carbon.name !== 'received' && carbon.name !== 'sent')) return undefined;
  const from = message.attrs.from === undefined ? account : parseJid(message.attrs.from);
  if (from === undefined || from !== bareOf(account)) return undefined;
  const forwarded = child(carbon, 'forwarded', NS.forward);
  const original = forwarded && child(forwarded, 'message', NS.client);
  return original && { direction: carbon.name, message: original };
}

/** True when the sender of a message wants no copies of it (XEP-0280 section 8, XEP-0334 section 4.3). */
export function refusesCarbons(message: Element): boolean {
  return (
    child(message, 'private', NS.carbons) !== undefined || child(message, 'no-copy', NS.hints) !== undefined
  );
}
