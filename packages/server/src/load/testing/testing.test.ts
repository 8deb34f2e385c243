import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { FakeServer } from './fake-server.js';
import { play, turn, whileTimePasses } from './play.js';

test('a fake server answers in a later turn, and passes on what was held back after the next', async () => {
  const env = { clock: new FakeClock(), random: new SeededRandom(1) };
  const server = new FakeServer({ env, fate: (_recipient, id) => (id === 1 ? 'late' : 'delivered') });
  const heard: string[] = [];
  const wire = await server.connect(0, {
    frame: (bytes) => heard.push(bytes.toString()),
    ended: (why) => heard.push(`ended: ${why}`),
  });
  wire.open('localhost');
  expect(heard).toEqual([]);
  await turn();
  wire.send('<iq id="b"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>');
  wire.send('<presence to="r@rooms/me"/>');
  env.clock.advance(1);
  await turn();
  expect(heard).toHaveLength(4);
  for (const id of [1, 2])
    wire.send(`<message to="r@rooms" type="groupchat" id="${id}"><body>${id}</body></message>`);
  env.clock.advance(0);
  expect(heard.slice(4).map((frame) => /<body>(.)/.exec(frame)?.[1])).toEqual(['2', '1']);
  server.cut(0, 'gone');
  expect(heard.at(-1)).toBe('ended: gone');
});

test('time passes until something is done, and no longer', async () => {
  const clock = new FakeClock(0);
  const done = new Promise<string>((resolve) => clock.after(42, () => resolve('done')));
  expect(await whileTimePasses(clock, done)).toBe('done');
  expect(clock.monotonic()).toBe(45);
});

test('whoever fails in a play fails the play', async () => {
  await expect(play('nonsense', { users: 2 })).rejects.toThrow('no scenario');
});
