import { escapeAttr, NS } from '@meerkat-chat/xmpp';
import { conditionOf } from '../clients/frame.js';
import type { User } from '../clients/user.js';
import { gather, inTurn, joinRoom, paced, signedIn } from '../crowd.js';
import { talkInRooms } from '../groupchat.js';
import { planRooms } from '../plan.js';
import { defineScenario, number, TALK_OPTIONS } from '../scenario.js';

/** Part of the users who leave before the end. */
const LEAVE_EARLY = 2;

/**
 * A live event in one room: some are there from the start and write, the others arrive in the first third, half of
 * them leave in the last third, and the one who opened the room removes people, who come back. Guests own no room on
 * some servers: removals are then refused, and counted so.
 */
export const mixed = defineScenario({
  name: 'mixed',
  summary: 'a live event: arrivals, chatter, moderation, departures',
  options: {
    rate: number('messages per second into the room', { default: 5, min: 0.1, max: 100_000 }),
    senders: number('how many are there from the start and write', { default: 10, min: 1 }),
    kicks: number('people removed per second', { default: 0.5, max: 1000 }),
    ...TALK_OPTIONS,
  },
  async run(world, { body, kicks, rate, seconds, senders }) {
    const writers = Math.min(senders, Math.floor(world.users / 2));
    const plan = planRooms({ users: world.users, size: world.users, rate, seconds, senders: writers });
    const talk = talkInRooms(world, plan, body);
    const present = new Map<number, User>();
    const enter = async (user: User): Promise<void> => {
      await joinRoom(world, user, 0);
      talk.enter(user.index);
      present.set(user.index, user);
    };
    await world.phase('doors');
    // Whoever opens the room owns it.
    const owner = await gather(
      world,
      enter,
      world.mine.filter((index) => index === 0),
    );
    await world.phase('arrivals');
    const early = world.mine.filter((index) => index > 0 && index < writers);
    const late = world.mine.filter((index) => index >= writers);
    const users = new Map([...owner, ...(await gather(world, enter, early))]);
    const start = await world.phase('event', { measured: true });
    const third = (seconds * 1000) / 3;
    const spread = (begin: number) => (index: number) =>
      start + begin + ((index - writers) * third) / Math.max(1, world.users - writers);

    const arriving = paced(world, late, spread(0), async (index) => {
      await enter(await signedIn(world, index));
    });
    const leaving = late.filter((index) => index % LEAVE_EARLY === 0);
    const departing = paced(world, leaving, spread(2 * third), async (index) => {
      const user = present.get(index);
      if (!user) return;
      present.delete(index);
      talk.leave(index);
      await user.leave(world.room(0));
      user.close();
      world.recorder.count('departures');
    });
    const moderating = moderate(world.mine.includes(0) ? users.get(0) : undefined);
    await Promise.all([talk.run(start, users), arriving, departing, moderating]);
    await world.phase('drain');
    await talk.drained();

    /** In the second third; only people of the owner's own process, so that it is known here that they were removed. */
    async function moderate(moderator: User | undefined): Promise<void> {
      if (!moderator) return;
      const staying = late.filter((index) => index % LEAVE_EARLY !== 0);
      const turns = { start: start + third, seconds: third / 1000, rate: kicks };
      await inTurn(world, staying, turns, async (index) => {
        const user = present.get(index);
        if (!user) return;
        talk.leave(index);
        const item = `<item nick="${escapeAttr(user.nick)}" role="none"/>`;
        const answer = await moderator.request(
          world.room(0),
          'set',
          `<query xmlns="${NS.mucAdmin}">${item}</query>`,
        );
        const refused = conditionOf(answer) !== undefined;
        world.recorder.count(refused ? 'kicksRefused' : 'kicks');
        if (refused) talk.enter(index);
        else await enter(user);
      });
    }
  },
});
