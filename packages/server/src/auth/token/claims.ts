import {
  type BareJid,
  bareJid,
  type DomainJid,
  escapeLocal,
  type Millis,
  prepareLocal,
} from '@meerkat-chat/xmpp';
import { z } from 'zod';
import { EVERY_ROOM, GRANTED_RIGHTS, type Grant, type GrantedRight } from '../../kernel/grant.js';
import { isGuestName } from '../anonymous.js';

/** The longest name to show, in characters, and the longest address of a picture. */
const MAX_NAME = 100;
const MAX_URL = 1000;
/** The longest name of a sign-in, in characters. */
export const MAX_SIGN_IN = 200;
/** The last moment that a date can say, in seconds. */
const MAX_TIME = 8.64e12;

const right = z.enum(GRANTED_RIGHTS);

/** What a site may say of a user; what we do not know is passed over. */
const userSchema = z.object({
  /** The user's name at the site; the address is made of it, in lower case (XEP-0106). */
  sub: z.string().min(1),
  /** The name to show (OpenID Connect Core section 5.1). */
  name: z.string().min(1).max(MAX_NAME).optional(),
  /** The picture to show, an https URL (OpenID Connect Core section 5.1). */
  picture: z
    .url({ protocol: /^https$/ })
    .max(MAX_URL)
    .optional(),
  /** The rooms that may be entered: a list of their names, or rights by name; `*` stands for all others. */
  rooms: z.union([z.array(z.string()), z.record(z.string(), right)]).optional(),
  /** When a session ends that is signed in so, in seconds; a token's `exp` where it is not said. */
  until: z.number().max(MAX_TIME).optional(),
  /** The site's name for the sign-in that it belongs to (OpenID Connect Front-Channel Logout section 3). */
  sid: z.string().min(1).max(MAX_SIGN_IN).optional(),
});

/** What only a token says (RFC 7519). */
const tokenSchema = z.object({
  /** When the token is good for nothing any more, and before when it is not yet, in seconds (NumericDate). */
  exp: z.number(),
  /** When it was made: those from before the moment at which all sessions of the user were ended are refused. */
  iat: z.number().optional(),
  nbf: z.number().optional(),
  /** Who made it, and for whom. */
  iss: z.string().optional(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  /** Names this token; see the setting `auth.token.singleUse`. */
  jti: z.string().min(1).max(200).optional(),
  /** The origin of the page that may use the token, or several of them. */
  origin: z.union([z.string(), z.array(z.string())]).optional(),
});

/** A user as a site tells of them. */
export interface SiteUser {
  readonly account: BareJid;
  readonly grant: Grant;
}

/** Why something says nothing to us, in words for the site's owner. */
export interface Problem {
  readonly problem: string;
}

/** What a token says, understood. */
export interface TokenClaims extends SiteUser {
  readonly id: string | undefined;
  readonly expiresAt: Millis;
  readonly madeAt: Millis | undefined;
  readonly notBefore: Millis | undefined;
  readonly issuer: string | undefined;
  /** Undefined: for anybody. */
  readonly audience: readonly string[] | undefined;
  /** The origins that may use it; undefined: any that may connect. */
  readonly origins: readonly string[] | undefined;
}

/** Reads what a site says of a user. */
export function readSiteUser(said: unknown, domain: DomainJid): SiteUser | Problem {
  const parsed = userSchema.safeParse(said);
  if (!parsed.success) return problemOf(parsed.error);
  const { name, picture, rooms, sid, sub, until } = parsed.data;
  const local = escapeLocal(sub);
  const account = local === undefined ? undefined : bareJid(local, domain);
  if (local === undefined || account === undefined) return { problem: 'claim sub: cannot be an address' };
  if (isGuestName(local)) return { problem: 'claim sub: such a name belongs to guests' };
  const rights = rooms && roomRights(rooms);
  if (rights && 'problem' in rights) return rights;
  return {
    account,
    grant: {
      ...(name === undefined ? {} : { name }),
      ...(picture === undefined ? {} : { avatar: picture }),
      ...(rights === undefined ? {} : { rooms: rights.rooms }),
      ...(until === undefined ? {} : { until: until * 1000 }),
      ...(sid === undefined ? {} : { signIn: sid }),
    },
  };
}

/** Reads the claims of a token whose signature is good. */
export function readClaims(payload: unknown, domain: DomainJid): TokenClaims | Problem {
  const parsed = tokenSchema.safeParse(payload);
  if (!parsed.success) return problemOf(parsed.error);
  const user = readSiteUser(payload, domain);
  if ('problem' in user) return user;
  const { aud, exp, iat, iss, jti, nbf, origin } = parsed.data;
  const expiresAt = exp * 1000;
  return {
    account: user.account,
    grant: { until: expiresAt, ...user.grant },
    id: jti,
    expiresAt,
    madeAt: iat === undefined ? undefined : iat * 1000,
    notBefore: nbf === undefined ? undefined : nbf * 1000,
    issuer: iss,
    audience: typeof aud === 'string' ? [aud] : aud,
    origins: typeof origin === 'string' ? [origin] : origin,
  };
}

function problemOf(error: z.ZodError): Problem {
  const [issue] = error.issues;
  return { problem: `claim ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'malformed'}` };
}

type RoomsClaim = z.output<typeof userSchema>['rooms'] & {};

function roomRights(claim: RoomsClaim): { readonly rooms: Readonly<Record<string, GrantedRight>> } | Problem {
  const listed = Array.isArray(claim);
  const rooms = new Map<string, GrantedRight>();
  for (const name of listed ? claim : Object.keys(claim)) {
    const local = name === EVERY_ROOM ? name : prepareLocal(name);
    if (local === undefined) return { problem: `claim rooms: ${JSON.stringify(name)} cannot be a room` };
    rooms.set(local, listed ? 'write' : (claim[name] ?? 'read'));
  }
  return { rooms: Object.fromEntries(rooms) };
}
