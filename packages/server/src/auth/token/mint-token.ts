import type { Millis } from '@meerkat-chat/xmpp';
import { SignJWT } from 'jose';
import type { GrantedRight } from '../../kernel/grant.js';
import { SHARED_ALGORITHM } from './token-keys.js';

/** What a token is to say; see claims.ts for what each means. */
export interface TokenWish {
  readonly user: string;
  readonly audience: string;
  readonly now: Millis;
  /** How long it is good. */
  readonly life: Millis;
  readonly name?: string | undefined;
  readonly picture?: string | undefined;
  readonly origin?: string | undefined;
  readonly rooms?: Readonly<Record<string, GrantedRight>> | undefined;
}

/** Makes a token as a site's back end does: a JWT, signed with a shared secret. */
export function mintToken(secret: Buffer, wish: TokenWish): Promise<string> {
  const { audience, life, name, now, origin, picture, rooms, user } = wish;
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT({
    sub: user,
    aud: audience,
    iat: issuedAt,
    exp: issuedAt + Math.ceil(life / 1000),
    ...(name === undefined ? {} : { name }),
    ...(picture === undefined ? {} : { picture }),
    ...(origin === undefined ? {} : { origin }),
    ...(rooms === undefined ? {} : { rooms }),
  })
    .setProtectedHeader({ alg: SHARED_ALGORITHM, typ: 'JWT' })
    .sign(secret);
}
