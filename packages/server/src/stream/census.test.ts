import { el, encodeAuth, encodeSm, NS, utf8 } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { type StreamClient, StreamWorld } from '../testing/stream-world.js';
import { takeCensus } from './census.js';

function smId(client: StreamClient): string {
  const found = /<enabled[^>]* id="([^"]+)"/.exec(client.frames.join(''));
  if (!found?.[1]) throw new TypeError('stream management is off');
  return found[1];
}

test('every session is counted once, by its link, with what waits for it', () => {
  const session = (transport: 'bosh' | 'websocket', hibernated: boolean, bytes: number) => ({
    hibernated,
    peer: { transport },
    keptBytes: bytes,
    linkBytes: 2 * bytes,
  });
  expect(
    takeCensus([
      session('websocket', false, 1),
      session('websocket', true, 10),
      session('bosh', false, 100),
      session('bosh', false, 1000),
    ]),
  ).toEqual({
    byLink: { websocket: 1, bosh: 2, tcp: 0, memory: 0, none: 1 },
    keptBytes: 1111,
    linkBytes: 2222,
  });
});

test('a session with its link, without, and what it was sent', async () => {
  const world = new StreamWorld();
  const client = await world.client();
  expect(world.streams.census()).toMatchObject({ byLink: { memory: 1, none: 0 }, keptBytes: 0 });
  world.session.deliver(el('message', NS.client, {}));
  const bytes = '<message xmlns="jabber:client"/>'.length;
  expect(world.streams.census()).toMatchObject({ keptBytes: bytes, linkBytes: bytes });
  await client.hears();
  expect(world.streams.census()).toMatchObject({ keptBytes: bytes, linkBytes: 0 });
  client.cut();
  expect(world.streams.census()).toMatchObject({ byLink: { memory: 0, none: 1 }, linkBytes: 0 });
});

test('sign-ins and resumptions are counted by how they went', async () => {
  const world = new StreamWorld();
  const first = await world.client();
  first.cut();
  const wrong = world.connect();
  await wrong.opens();
  await wrong.says(encodeAuth({ mechanism: 'PLAIN', initial: utf8('\0juliet\0wrong') }));
  const resume = (previd: string) => encodeSm({ kind: 'resume', previd, h: 0 });
  await world.connect().signIn({ inline: [resume(smId(first))] });
  await world.connect().signIn({ inline: [resume('nothing')] });
  expect(world.streams.counts).toEqual({
    signIns: { succeeded: 3, failed: 1 },
    resumptions: { taken: 1, refused: 1 },
  });
});
