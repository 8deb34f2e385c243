// A message to a large room, and somebody who comes into one and leaves again: the whole server but its sockets.

import { Writable } from 'node:stream';
import { el, messageEl, NS, parseJid, presenceEl, serialize } from '@meerkat-chat/xmpp';
import { SharedStanza } from '../../dist/kernel/shared-stanza.js';
import { acknowledging, joining, ROOM, signIn, startServer, until } from './crowd.mjs';
import { STAMPED, TO } from './samples.mjs';

const USERS = 3000;
const OCCUPANTS = 1000;

/** Copies a frame, since each has a `to` of its own, and writes it: to each of so many sockets that lead nowhere. */
function bareLoop(sockets, times = 1) {
  const frame = SharedStanza.of(STAMPED).bytes(TO);
  const own = Buffer.from(frame);
  const nowhere = Array.from(
    { length: sockets },
    () => new Writable({ highWaterMark: 1_048_576, write: (_chunk, _encoding, done) => done() }),
  );
  return () => {
    for (let time = 0; time < times; time++) {
      for (const socket of nowhere) {
        frame.copy(own);
        socket.write(own);
      }
    }
  };
}

/** A room with everybody in it, and a counter of what they are given. */
async function fullRoom(policy, users, managed) {
  const server = await startServer(policy);
  const count = { given: 0 };
  const links = [];
  for (let index = 0; index < users; index++) {
    const link = await signIn(server, managed, () => {
      count.given++;
    });
    const before = link.stanzas;
    link.say(joining(`user-${index}`));
    await until(
      () => link.stanzas > before,
      () => link.last,
    );
    links.push(link);
    if (managed && index % 100 === 0) for (const each of links) each.say(acknowledging(each));
  }
  const acknowledge = () => {
    if (managed) for (const link of links) link.say(acknowledging(link));
  };
  acknowledge();
  return { server, links, count, acknowledge };
}

async function message(managed) {
  const { acknowledge, count, links, server } = await fullRoom('count', USERS, managed);
  const body = el('body', NS.client, {}, 'x'.repeat(100));
  const text = serialize(messageEl({ to: parseJid(ROOM), type: 'groupchat', id: '8f14e45f' }, body));
  const bare = bareLoop(USERS);
  return {
    name: `a message to ${USERS}, stream management ${managed ? 'on' : 'off'}`,
    reference: 'a copied frame to as many sockets',
    operations: USERS,
    async ours() {
      const all = count.given + USERS;
      links[0].say(text);
      await until(() => count.given >= all);
    },
    bare,
    // Fewer than the number at which it is asked how far everybody has come.
    calls: 16,
    between: acknowledge,
    close: () => server.stop(),
  };
}

/** Everybody hears of everybody: the one who comes hears of all, all hear of the one, twice. */
async function comingAndGoing() {
  const { count, links, server } = await fullRoom('all', OCCUPANTS, false);
  const [guest] = links;
  const come = joining('user-0');
  const go = serialize(presenceEl({ to: parseJid(`${ROOM}/user-0`), type: 'unavailable' }));
  const presences = 3 * OCCUPANTS;
  return {
    name: `a presence, of one who joins ${OCCUPANTS} and leaves`,
    reference: 'a copied frame to as many sockets',
    operations: presences,
    async ours() {
      const before = count.given;
      guest.say(go);
      guest.say(come);
      await until(() => count.given >= before + presences - 10);
    },
    bare: bareLoop(OCCUPANTS, 3),
    close: () => server.stop(),
  };
}

export async function* roomCases() {
  yield await message(false);
  yield await message(true);
  yield await comingAndGoing();
}
