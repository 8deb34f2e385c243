import { type Clock, type DomainJid, type Millis, prepareLocal } from '@meerkat-chat/xmpp';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { deriveKey } from '../auth/server-key.js';

/** What pages may do with a framed room; see `EmbedConfig`. */
export const EMBED_FEATURES = ['messages', 'read-only', 'sign-in'] as const;
export type EmbedFeature = (typeof EMBED_FEATURES)[number];

/** An origin, as it stands in a policy. */
export const embedOrigin = z.string().regex(/^https?:\/\/[^\s/;,'"]+$/);

/** Rooms and origins of one configuration. */
export const MOST_IN_EMBED = 50;
/** How long one may be good, in ms: ten years. */
export const MAX_EMBED_LIFE: Millis = 315_360_000_000;
/** Characters of a signed one. */
const MAX_SIGNED = 8192;

const said = z.object({
  /** The rooms that may be framed; `*` stands for all. */
  rooms: z.array(z.string().min(1)).min(1).max(MOST_IN_EMBED),
  /** Origins of the pages that may frame them. */
  origins: z.array(embedOrigin).min(1).max(MOST_IN_EMBED),
  /** `read-only`: no composer; `messages`: pages hear what is said; `sign-in`: they may say who signs in. */
  features: z.array(z.enum(EMBED_FEATURES)).default([]),
  exp: z.number(),
});

/** What a server has signed for pages that frame rooms. */
export interface EmbedConfig {
  readonly rooms: readonly string[];
  readonly origins: readonly string[];
  readonly features: readonly EmbedFeature[];
}

/** Why a configuration counts for nothing. */
export type EmbedRefusal = 'expired' | 'forged';

const HEADER = { alg: 'HS256', typ: 'embed+jwt' } as const;

/** The secret that configurations are signed with. */
export function embedSecret(serverKey: Buffer): Buffer {
  return deriveKey(serverKey, 'embed-config');
}

/** Signs configurations of framed rooms, and reads them. */
export class EmbedConfigs {
  readonly #secret: Buffer;
  readonly #domain: DomainJid;
  readonly #clock: Clock;

  /** @param secret of the server's own, for nothing else */
  constructor(secret: Buffer, domain: DomainJid, clock: Clock) {
    this.#secret = secret;
    this.#domain = domain;
    this.#clock = clock;
  }

  /**
   * The address of a framed room, below the server's origin.
   * @param life how long it is good
   * @throws RangeError where a room cannot be one, naming it
   */
  async pathOf(config: EmbedConfig, life: Millis): Promise<string> {
    const rooms = config.rooms.map(roomOf);
    const [first = ''] = rooms;
    const room = first === '*' ? 'NAME' : first;
    const exp = Math.floor((this.#clock.now() + life) / 1000);
    const signed = await new SignJWT({ rooms, origins: config.origins, features: config.features, exp })
      .setProtectedHeader(HEADER)
      .setAudience(this.#domain)
      .sign(this.#secret);
    return `/embed/room/${encodeURIComponent(room)}?config=${signed}`;
  }

  /** Reads what stands in an address. @param room the one that is framed */
  async read(signed: string, room: string): Promise<EmbedConfig | EmbedRefusal> {
    if (signed.length > MAX_SIGNED) return 'forged';
    try {
      const { payload } = await jwtVerify(signed, this.#secret, {
        algorithms: [HEADER.alg],
        typ: HEADER.typ,
        audience: this.#domain,
        currentDate: new Date(this.#clock.now()),
      });
      const config = said.parse(payload);
      const named = config.rooms.includes('*') || config.rooms.includes(prepareLocal(room) ?? '');
      return named ? config : 'forged';
    } catch (error) {
      return error instanceof errors.JWTExpired ? 'expired' : 'forged';
    }
  }
}

function roomOf(name: string): string {
  const room = name === '*' ? name : prepareLocal(name);
  if (room === undefined) throw new RangeError(`${JSON.stringify(name)} cannot be the name of a room`);
  return room;
}
