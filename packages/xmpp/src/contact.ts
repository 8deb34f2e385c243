import { NS } from './ns.js';
import { child, type Element, el } from './xml/element.js';

/** What a server of ours says of somebody to whoever may write to them (docs/namespaces.md, `urn:meerkat:contact:0`). */
export interface Contact {
  /** Whether a message reaches them now; undefined where that is not for us to know. */
  readonly here?: boolean | undefined;
}

/** Asks whether one may write to somebody, in an iq of type get to their bare JID; and answers it. */
export function encodeContact({ here }: Contact = {}): Element {
  return el('contact', NS.contact, { here: here === undefined ? undefined : String(here) });
}

/** Reads the answer of an iq; undefined for one of another kind. */
export function decodeContact(answer: Element): Contact | undefined {
  const contact = child(answer, 'contact', NS.contact);
  const here = contact?.attrs.here;
  return contact && (here === 'true' || here === 'false' ? { here: here === 'true' } : {});
}
