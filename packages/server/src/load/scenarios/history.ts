import { escapeAttr, NS } from '@meerkat-chat/xmpp';
import { conditionOf, numberedBody } from '../clients/frame.js';
import { gather, paced } from '../crowd.js';
import { defineScenario, number } from '../scenario.js';

/** Messages per second while the room is prepared. */
const FILL_RATE = 200;

/** Users who join a room that has a history, and ask its archive for the last page. */
export const history = defineScenario({
  name: 'history',
  summary: 'users join a room with a history, and ask its archive for the last page',
  options: {
    messages: number('messages that the room has', { default: 200, min: 1, max: 1_000_000 }),
    history: number('messages of history asked for with the join', { default: 20, max: 10_000 }),
    page: number('messages asked of the archive', { default: 50, min: 1, max: 10_000 }),
    arrivals: number('joins per second, of all', { default: 50, min: 0.01, max: 100_000 }),
    body: number('length of a message, in characters', { default: 100, min: 1, max: 100_000 }),
  },
  async run(world, { arrivals, body, history, messages, page }) {
    const { clock } = world.env;
    const room = world.room(0);
    world.onNumber = () => world.recorder.count('replayed');
    await world.phase('arrivals');
    const users = await gather(world, async () => {});
    const begun = await world.phase('fill');
    const first = users.get(0);
    if (first) {
      await first.join(room);
      for (let number = 0; number < messages && !world.stopped.aborted; number++) {
        await world.until(begun + (number * 1000) / FILL_RATE);
        const text = numberedBody(world.run, number, body);
        first.send(
          `<message xmlns="${NS.client}" to="${escapeAttr(room)}" type="groupchat" id="${number}"><body>${text}</body></message>`,
        );
      }
      // An answer from the room comes after everything that was sent before.
      await first.request(room, 'get', `<query xmlns="${NS.discoInfo}"/>`);
    }
    const start = await world.phase('history', { measured: true });
    const others = [...users.keys()].filter((index) => index > 0).sort((a, b) => a - b);
    const query = `<query xmlns="${NS.mam}"><set xmlns="${NS.rsm}"><max>${page}</max><before/></set></query>`;
    await paced(
      world,
      others,
      (index) => start + (index * 1000) / arrivals,
      async (index, at) => {
        const user = users.get(index);
        if (!user) return;
        await user.join(room, { history, subject: true });
        world.recorder.span('joinWithHistory', clock.monotonic() - at);
        const asked = clock.monotonic();
        const refused = conditionOf(await user.request(room, 'set', query));
        if (refused === undefined) world.recorder.span('archivePage', clock.monotonic() - asked);
        else world.recorder.count('archiveRefused');
      },
    );
    await world.phase('end');
  },
});
