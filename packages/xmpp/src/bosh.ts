import { NS } from './ns.js';
import { type Element, is } from './xml/element.js';
import { escapeAttr } from './xml/serialize-plain.js';

/** Why a server ends a BOSH session (XEP-0124 section 17.2). */
export const BOSH_CONDITIONS = [
  'bad-request',
  'host-gone',
  'host-unknown',
  'improper-addressing',
  'internal-server-error',
  'item-not-found',
  'other-request',
  'policy-violation',
  'remote-connection-failed',
  'remote-stream-error',
  'see-other-uri',
  'system-shutdown',
  'undefined-condition',
] as const;

export type BoshCondition = (typeof BOSH_CONDITIONS)[number];

/** What a `<body/>` says of itself, in either direction (XEP-0124, XEP-0206). Spans are in seconds. */
export interface BoshBody {
  readonly sid?: string;
  readonly rid?: number;
  readonly to?: string;
  readonly from?: string;
  readonly lang?: string;
  /** The version of BOSH. */
  readonly ver?: string;
  readonly wait?: number;
  readonly hold?: number;
  /** Requests that the client may have waiting at once. */
  readonly requests?: number;
  readonly inactivity?: number;
  readonly polling?: number;
  readonly maxpause?: number;
  readonly pause?: number;
  readonly ack?: number;
  /** The reply that the client seems not to have had, and how many milliseconds ago it was sent. */
  readonly report?: number;
  readonly time?: number;
  readonly key?: string;
  readonly newkey?: string;
  readonly type?: string;
  readonly condition?: string;
  /** The id of the stream. */
  readonly authid?: string;
  readonly xmppVersion?: string;
  readonly restart?: boolean;
  readonly restartLogic?: boolean;
}

const COUNTS = [
  'rid',
  'wait',
  'hold',
  'requests',
  'inactivity',
  'polling',
  'maxpause',
  'pause',
  'ack',
  'report',
  'time',
] as const;
const TEXTS = ['sid', 'to', 'from', 'ver', 'key', 'newkey', 'type', 'condition', 'authid'] as const;

/** Reads the attributes of `<body/>`; undefined for any other element, or when a number is not one. */
export function decodeBoshBody(element: Element): BoshBody | undefined {
  if (!is(element, 'body', NS.httpBind)) return undefined;
  const { attrs } = element;
  const out: { -readonly [K in keyof BoshBody]: BoshBody[K] } = {};
  for (const name of COUNTS) {
    const written = attrs[name];
    if (written === undefined) continue;
    const value = /^\d{1,16}$/.test(written) ? Number(written) : Number.NaN;
    if (!Number.isSafeInteger(value)) return undefined;
    out[name] = value;
  }
  for (const name of TEXTS) {
    const value = attrs[name];
    if (value !== undefined) out[name] = value;
  }
  const lang = attrs['xml:lang'];
  if (lang !== undefined) out.lang = lang;
  const version = attrs[`{${NS.xbosh}}version`];
  if (version !== undefined) out.xmppVersion = version;
  if (isTrue(attrs[`{${NS.xbosh}}restart`])) out.restart = true;
  if (isTrue(attrs[`{${NS.xbosh}}restartlogic`])) out.restartLogic = true;
  return out;
}

/**
 * Writes the opening tag of `<body>`. Written by hand, because the prefix `xmpp` is what XEP-0206 shows and what
 * some ends look for.
 */
export function boshBodyTag(body: BoshBody): string {
  let out = `<body xmlns="${NS.httpBind}"`;
  for (const name of [...TEXTS, ...COUNTS]) {
    const value = body[name];
    if (value !== undefined) out += ` ${name}="${escapeAttr(String(value))}"`;
  }
  if (body.lang !== undefined) out += ` xml:lang="${escapeAttr(body.lang)}"`;
  if (body.xmppVersion === undefined && !body.restart && !body.restartLogic) return `${out}>`;
  out += ` xmlns:xmpp="${NS.xbosh}"`;
  if (body.xmppVersion !== undefined) out += ` xmpp:version="${escapeAttr(body.xmppVersion)}"`;
  if (body.restart) out += ' xmpp:restart="true"';
  if (body.restartLogic) out += ' xmpp:restartlogic="true"';
  return `${out}>`;
}

/** Writes a whole `<body/>`. @param frames each one a document of its own, as RFC 7395 has them */
export function formatBoshBody(body: BoshBody, frames: readonly string[] = []): string {
  return `${boshBodyTag(body)}${frames.join('')}</body>`;
}

function isTrue(value: string | undefined): boolean {
  return value === 'true' || value === '1';
}
