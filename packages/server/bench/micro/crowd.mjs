// A server in this process, and users on links to nobody.

import { setImmediate as turn } from 'node:timers/promises';
import {
  encodeAuthenticate,
  encodeBind2,
  encodeMucJoin,
  encodeOpen,
  encodeSm,
  parseJid,
  presenceEl,
  serialize,
} from '@meerkat-chat/xmpp';
import { createTestServer } from '../../dist/testing/index.js';
import { NullLink } from './null-link.mjs';

const DOMAIN = 'localhost';
export const ROOM = `talk@rooms.${DOMAIN}`;

/**
 * A server without limits by rate.
 * @param {'all' | 'count'} policy of whom the occupants of a room are told
 */
export function startServer(policy) {
  return createTestServer({
    moduleSettings: {
      muc: { create: 'anyone', presence: { policy } },
      'rate-limit': { enabled: false },
    },
  });
}

/** A guest who has signed in. @param {() => void} [delivered] hears of each stanza that it shares with others */
export async function signIn(server, managed, delivered) {
  const link = new NullLink(delivered);
  server.acceptLink(link);
  link.say(serialize(encodeOpen({ to: DOMAIN })));
  const enable = encodeSm({ kind: 'enable', resume: true, max: undefined });
  link.say(
    serialize(
      encodeAuthenticate({
        mechanism: 'ANONYMOUS',
        initial: undefined,
        userAgent: undefined,
        inline: [encodeBind2({ tag: undefined, inline: managed ? [enable] : [] })],
      }),
    ),
  );
  await until(
    () => link.last.includes('<stream:features') && link.last.includes('sm'),
    () => link.last,
  );
  // Counting begins with stream management.
  link.stanzas = 0;
  return link;
}

/** The presence by which somebody comes into the room. */
export function joining(nick) {
  return serialize(
    presenceEl({ to: parseJid(`${ROOM}/${nick}`) }, encodeMucJoin({ history: { maxStanzas: 0 } })),
  );
}

/** The acknowledgement of everything that a link was given. */
export function acknowledging(link) {
  return serialize(encodeSm({ kind: 'a', h: link.stanzas }));
}

/** Fulfils when something has come true. @throws Error when the loop has turned a thousand times and it has not */
export async function until(condition, told = () => '') {
  for (let turns = 0; !condition(); turns++) {
    if (turns === 1000) throw new Error(`the server does not go on: ${told()}`);
    await turn();
  }
}
