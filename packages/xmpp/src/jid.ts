/**
 * Addresses (RFC 7622). A JID is a branded string, so that it can key a `Map` and travel through
 * `postMessage`, and so that the compiler keeps raw text, bare and full addresses apart.
 * Values of these types come only from the functions of this file.
 */

declare const jidKind: unique symbol;

/** `domain.example`: an address without a local part and without a resource. */
export type DomainJid = string & { readonly [jidKind]: 'domain' };
/** `user@domain.example`: an account, or a room. */
export type BareJid = string & { readonly [jidKind]: 'bare' };
/** `user@domain.example/resource`: a session, or an occupant of a room. Also `domain.example/resource`. */
export type FullJid = string & { readonly [jidKind]: 'full' };
/** Any address. */
export type Jid = DomainJid | BareJid | FullJid;

/** The longest part that RFC 7622 allows, in bytes of UTF-8. */
export const MAX_JID_PART_BYTES = 1023;

const encoder = new TextEncoder();

function fits(part: string): boolean {
  // A UTF-16 unit takes at most three bytes, so most parts need no encoding to be judged.
  if (part.length === 0 || part.length > MAX_JID_PART_BYTES) return false;
  return part.length * 3 <= MAX_JID_PART_BYTES || encoder.encode(part).length <= MAX_JID_PART_BYTES;
}

const ASCII_LOCAL = /^[a-z0-9!#$%()*+,\-.;=?[\\\]^_`{|}~]+$/;
// RFC 8264 IdentifierClass by Unicode properties: letters, marks, decimal digits and printable ASCII.
const IDENTIFIER = /^[\p{Ll}\p{Lu}\p{Lo}\p{Nd}\p{Lm}\p{Mn}\p{Mc}\u0021-\u007e]+$/u;
const FORBIDDEN_IN_LOCAL = /["&'/:<>@\s]/u;
const FULL_WIDTH = /[\uff01-\uffee]/gu;

/** Prepares a local part (RFC 7622 section 3.3, UsernameCaseMapped of RFC 8265); undefined when it is not allowed. */
export function prepareLocal(text: string): string | undefined {
  if (ASCII_LOCAL.test(text)) return fits(text) ? text : undefined;
  const mapped = text
    .replace(FULL_WIDTH, (c) => c.normalize('NFKC'))
    .toLowerCase()
    .normalize('NFC');
  if (!IDENTIFIER.test(mapped) || FORBIDDEN_IN_LOCAL.test(mapped)) return undefined;
  return fits(mapped) ? mapped : undefined;
}

const ASCII_DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
const IPV6 = /^\[[0-9a-f:.]+\]$/;
const IDN_LABEL = /^(?!-)[\p{Ll}\p{Lo}\p{Lm}\p{Mn}\p{Mc}\p{Nd}-]+(?<!-)$/u;

/** Prepares a domain part (RFC 7622 section 3.2): lower case, one trailing dot dropped; IPv6 in brackets is allowed. */
export function prepareDomain(text: string): string | undefined {
  const mapped = (text.endsWith('.') ? text.slice(0, -1) : text).normalize('NFC').toLowerCase();
  if (!fits(mapped)) return undefined;
  if (ASCII_DOMAIN.test(mapped) || IPV6.test(mapped)) return mapped;
  return mapped.split('.').every((label) => IDN_LABEL.test(label)) ? mapped : undefined;
}

// RFC 8264 FreeformClass by Unicode properties: no controls, unassigned, private or surrogate code points.
const NOT_FREEFORM = /[\p{Cc}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;
const OTHER_SPACES = /\p{Zs}/gu;
const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;

/** Prepares a resource, or a nick in a room (RFC 7622 section 3.4, OpaqueString of RFC 8265). Case is kept. */
export function prepareResource(text: string): string | undefined {
  if (PRINTABLE_ASCII.test(text)) return fits(text) ? text : undefined;
  const mapped = text.replace(OTHER_SPACES, ' ').normalize('NFC');
  return NOT_FREEFORM.test(mapped) || !fits(mapped) ? undefined : mapped;
}

/**
 * Parses any address, split at the first `/` and at the `@` before it, with each part prepared; undefined when it is
 * malformed (the sender then gets `jid-malformed`).
 */
export function parseJid(text: string): Jid | undefined {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const at = address.indexOf('@');
  let jid = prepareDomain(at < 0 ? address : address.slice(at + 1));
  if (jid === undefined) return undefined;
  if (at >= 0) {
    const local = prepareLocal(address.slice(0, at));
    if (local === undefined) return undefined;
    jid = `${local}@${jid}`;
  }
  if (slash >= 0) {
    const resource = prepareResource(text.slice(slash + 1));
    if (resource === undefined) return undefined;
    jid = `${jid}/${resource}`;
  }
  return jid as Jid;
}

/** Parses a domain address; undefined when malformed or when it has other parts. */
export function parseDomainJid(text: string): DomainJid | undefined {
  const jid = parseJid(text);
  return jid !== undefined && isDomain(jid) ? jid : undefined;
}

/** Parses `local@domain`; undefined when malformed, or without a local part, or with a resource. */
export function parseBareJid(text: string): BareJid | undefined {
  const jid = parseJid(text);
  return jid !== undefined && isBare(jid) ? jid : undefined;
}

/** Parses an address with a resource; undefined when malformed or without one. */
export function parseFullJid(text: string): FullJid | undefined {
  const jid = parseJid(text);
  return jid !== undefined && isFull(jid) ? jid : undefined;
}

/** True for an address with a resource. */
export function isFull(jid: Jid): jid is FullJid {
  return jid.includes('/');
}

/** True for `local@domain`. */
export function isBare(jid: Jid): jid is BareJid {
  return !jid.includes('/') && jid.includes('@');
}

/** True for an address of a domain alone. */
export function isDomain(jid: Jid): jid is DomainJid {
  return !jid.includes('/') && !jid.includes('@');
}

/** The address without its resource: a `BareJid`, or a `DomainJid` where there is no local part. */
export function bareOf(jid: BareJid): BareJid;
export function bareOf(jid: Jid): BareJid | DomainJid;
export function bareOf(jid: Jid): BareJid | DomainJid {
  const slash = jid.indexOf('/');
  return (slash < 0 ? jid : jid.slice(0, slash)) as BareJid | DomainJid;
}

/** The account behind a session's address; undefined for `domain/resource`. */
export function accountOf(jid: Jid): BareJid | undefined {
  const bare = bareOf(jid);
  return isBare(bare) ? bare : undefined;
}

/** The domain of an address. */
export function domainOf(jid: Jid): DomainJid {
  const bare = bareOf(jid);
  return bare.slice(bare.indexOf('@') + 1) as DomainJid;
}

/** The local part of an address, undefined for a domain. */
export function localOf(jid: BareJid): string;
export function localOf(jid: Jid): string | undefined;
export function localOf(jid: Jid): string | undefined {
  const bare = bareOf(jid);
  const at = bare.indexOf('@');
  return at < 0 ? undefined : bare.slice(0, at);
}

/** The resource of an address (in a room: the nick), undefined where there is none. */
export function resourceOf(jid: FullJid): string;
export function resourceOf(jid: Jid): string | undefined;
export function resourceOf(jid: Jid): string | undefined {
  const slash = jid.indexOf('/');
  return slash < 0 ? undefined : jid.slice(slash + 1);
}

/** Puts a resource on an address; undefined when the resource is not allowed. */
export function withResource(jid: BareJid | DomainJid, resource: string): FullJid | undefined {
  const prepared = prepareResource(resource);
  return prepared === undefined ? undefined : (`${jid}/${prepared}` as FullJid);
}

/** `local@domain` from its parts; undefined when the local part is not allowed. */
export function bareJid(local: string, domain: DomainJid): BareJid | undefined {
  const prepared = prepareLocal(local);
  return prepared === undefined ? undefined : (`${prepared}@${domain}` as BareJid);
}
