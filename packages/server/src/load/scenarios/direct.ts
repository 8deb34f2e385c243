import { escapeAttr, NS } from '@meerkat-chat/xmpp';
import { numberedBody } from '../clients/frame.js';
import type { User } from '../clients/user.js';
import { gather } from '../crowd.js';
import { partnerOf, planPairs } from '../plan.js';
import { defineScenario, number, TALK_OPTIONS } from '../scenario.js';
import { Talk } from '../talk.js';

/** Pairs of users who write to each other. */
export const direct = defineScenario({
  name: 'direct',
  summary: 'pairs of users who write to each other',
  options: {
    rate: number('messages per second, of all pairs together', { default: 50, min: 0.1, max: 1_000_000 }),
    ...TALK_OPTIONS,
  },
  together: () => 2,
  async run(world, { body, rate, seconds }) {
    const paired = world.users - (world.users % 2);
    const plan = planPairs({ users: paired, rate, seconds });
    let users: ReadonlyMap<number, User> = new Map();
    const talk = new Talk(
      world,
      plan,
      (user) => user,
      (user, number) => {
        const partner = users.get(partnerOf(user.index));
        if (!partner) return;
        user.send(
          `<message xmlns="${NS.client}" to="${escapeAttr(partner.jid)}" type="chat" id="${number}">` +
            `<body>${numberedBody(world.run, number, body)}</body></message>`,
        );
      },
    );
    await world.phase('arrivals');
    users = await gather(
      world,
      async (user) => talk.enter(user.index),
      world.mine.filter((index) => index < paired),
    );
    const start = await world.phase('messages', { measured: true });
    await talk.run(start, users);
    await world.phase('drain');
    await talk.drained();
  },
});
