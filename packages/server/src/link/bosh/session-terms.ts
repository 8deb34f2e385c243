import type { BoshBody } from '@meerkat-chat/xmpp';
import type { BoshLimits } from './bosh-limits.js';

/** The version that is spoken here. */
const VERSION = [1, 11] as const;

/** What client and server have agreed on for the life of a session (XEP-0124 section 7). Spans in milliseconds. */
export interface SessionTerms {
  readonly wait: number;
  readonly hold: number;
  /** Requests that the client may have waiting, and how far their ids may run ahead. */
  readonly requests: number;
  readonly acks: boolean;
  /** Undefined for an old client, which is told errors by codes of HTTP (section 17.1). */
  readonly version: string | undefined;
}

/** Decides the terms: never more than the client asked for. */
export function agreeOn(asked: BoshBody, limits: BoshLimits): SessionTerms {
  const wait = Math.min((asked.wait ?? limits.wait / 1000) * 1000, limits.wait);
  // A client that cannot wait polls; then nothing is held.
  const hold = wait === 0 ? 0 : Math.min(asked.hold ?? 1, limits.hold);
  return {
    wait,
    hold,
    requests: Math.max(2, hold + 1),
    acks: asked.ack !== undefined,
    version: lowerVersion(asked.ver),
  };
}

/** The attributes of the first reply, which alone has them. */
export function firstReply(
  terms: SessionTerms,
  limits: BoshLimits,
  session: { readonly sid: string; readonly rid: number },
  opening: Pick<BoshBody, 'from' | 'authid' | 'lang'>,
): BoshBody {
  return {
    sid: session.sid,
    wait: terms.wait / 1000,
    hold: terms.hold,
    requests: terms.requests,
    inactivity: Math.floor(limits.inactivity / 1000),
    polling: Math.floor(limits.polling / 1000),
    maxpause: Math.floor(limits.maxPause / 1000),
    ...(terms.version === undefined ? {} : { ver: terms.version }),
    ...(terms.acks ? { ack: session.rid } : {}),
    ...opening,
    xmppVersion: '1.0',
    restartLogic: true,
  };
}

function lowerVersion(asked: string | undefined): string | undefined {
  if (asked === undefined) return undefined;
  const [major = 0, minor = 0] = asked.split('.').map(Number);
  const [ourMajor, ourMinor] = VERSION;
  const lower = major < ourMajor || (major === ourMajor && minor < ourMinor);
  return lower ? `${major}.${minor}` : VERSION.join('.');
}
