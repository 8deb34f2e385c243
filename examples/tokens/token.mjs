// What a back end in Node does for somebody who is signed in to it: a token for the chat (JWT, HS256).
// No package is needed; with one, `jose` and `jsonwebtoken` do the same.
// Usage: CHAT_SECRET=... node token.mjs mira "Mira Kim"

import { createHmac } from 'node:crypto';

const encode = (value) => Buffer.from(value).toString('base64url');

/** @param secret one of the server's setting `auth.token.secrets` @param claims what the chat is to know of the user */
export function chatToken(secret, claims) {
  const head = encode(JSON.stringify({ alg: 'HS256', typ: 'JWT' }));
  const body = encode(JSON.stringify({ ...claims, exp: Math.floor(Date.now() / 1000) + 3600 }));
  const signature = createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url');
  return `${head}.${body}.${signature}`;
}

const [user, name] = process.argv.slice(2);
if (user) console.log(chatToken(process.env.CHAT_SECRET, { sub: user, name, rooms: { '*': 'write' } }));
