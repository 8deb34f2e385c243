import { el, encodeSm, NS } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { StreamWorld } from '../testing/stream-world.js';
import { WHEEL_STEP } from './timer-wheel.js';

test.each(['no', 'resumable'] as const)(
  'many who vanish end in their turn, while others are heard (managed: %s)',
  async (manage) => {
    const world = new StreamWorld({ resumeTimeout: 60_000 });
    const there = await world.client({ user: 'nurse', password: 'angelica' });
    const gone = [await world.client({ manage }), await world.client({ manage })];
    world.churn.run(() => world.clock.advance(10));
    for (const client of gone) client.cut();
    const ends = () => world.ended.length;
    world.clock.advance(manage === 'no' ? 0 : 60_000 + WHEEL_STEP);
    expect([ends(), world.churn.waiting]).toEqual([0, 2]);
    await there.says(el('message', NS.client, { id: '1' }));
    expect(world.received).toHaveLength(1);
    for (const run of world.endOfTurn.splice(0)) run();
    expect(world.ended.map(({ why }) => why)).toEqual(Array(2).fill(manage === 'no' ? 'lost' : 'expired'));
  },
);

test('who comes back while the end of the session waits for its turn goes on with it', async () => {
  const world = new StreamWorld({ resumeTimeout: 60_000 });
  const client = await world.client();
  client.cut();
  let judge = () => {};
  world.auth.before = () =>
    new Promise((resolve) => {
      judge = resolve;
    });
  world.clock.advance(50_000);
  const next = world.connect();
  const previd = /<enabled[^>]* id="([^"]+)"/.exec(client.frames.join(''))?.[1] ?? '';
  await next.signIn({ inline: [encodeSm({ kind: 'resume', previd, h: 0 })] });
  world.churn.run(() => world.clock.advance(9_999));
  world.clock.advance(WHEEL_STEP);
  expect(world.churn.waiting).toBe(1);
  judge();
  await next.hears();
  for (const run of world.endOfTurn.splice(0)) run();
  expect(world.events.map((event) => event.split(' ')[0])).toEqual(['bound', 'resumed']);
});
