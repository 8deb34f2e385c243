import { NS } from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { BoshScene, CLOSE, FEATURES, OPEN, said } from '../../testing/bosh-scene.js';

describe('a session begins', () => {
  test('with a reply that has its terms and the features', async () => {
    const scene = new BoshScene();
    const first = await scene.create({ ack: 1 });
    expect(first.status).toBe(200);
    expect(first.frames).toEqual(['features']);
    expect(first.body).toEqual({
      sid: expect.stringMatching(/^[a-z2-7]{26}$/),
      from: 'localhost',
      authid: 'stream-1',
      lang: 'en',
      ver: '1.11',
      wait: 55,
      hold: 1,
      requests: 2,
      inactivity: 75,
      polling: 2,
      maxpause: 120,
      ack: 1000,
      xmppVersion: '1.0',
      restartLogic: true,
    });
    expect(first.reply).toContain(`xmlns:stream="${NS.streams}"`);
    expect(scene.stream.heard).toEqual(['open']);
    expect(scene.stream.link.peer.transport).toBe('bosh');
  });

  test('only the first reply has them', async () => {
    const scene = new BoshScene();
    await scene.create();
    const next = await scene.ask([said('hello')]);
    await scene.says(said('back'));
    expect(next.reply).toBe(`<body xmlns="${NS.httpBind}">${said('back')}</body>`);
  });

  test.each([
    [
      { wait: 10, hold: 1 },
      { wait: 10, hold: 1, requests: 2 },
    ],
    [
      { wait: 3600, hold: 9 },
      { wait: 55, hold: 2, requests: 3 },
    ],
    [
      { wait: 60, hold: 0 },
      { wait: 55, hold: 0, requests: 2 },
    ],
    [
      { wait: 0, hold: 1 },
      { wait: 0, hold: 0, requests: 2 },
    ],
  ])('terms asked for as %j become %j', async (asked, agreed) => {
    expect((await new BoshScene().create(asked)).body).toMatchObject(agreed);
  });

  test.each([
    ['1.6', '1.6'],
    ['1.11', '1.11'],
    ['1.12', '1.11'],
    ['2.0', '1.11'],
    ['0.9', '0.9'],
    ['nonsense', '1.11'],
  ])('version %s is answered by %s', async (ver, answered) => {
    expect((await new BoshScene().create({ ver })).body.ver).toBe(answered);
  });

  test('and waits for the features, whenever the stream has them', async () => {
    const scene = new BoshScene({ onOpen: (link) => link.send(OPEN) });
    const first = await scene.create({ hold: 0 });
    expect(first.reply).toBeUndefined();
    await scene.says(FEATURES);
    expect(first.frames).toEqual(['features']);
  });

  test('or fails when there are none', async () => {
    const scene = new BoshScene({ onOpen: () => {} });
    const first = await scene.create({ wait: 20 });
    scene.clock.advance(20_000);
    expect(first.body).toEqual({ type: 'terminate', condition: 'remote-connection-failed' });
    expect(scene.stream.end?.clean).toBe(false);
  });

  test('with frames in its first body, and a restart with frames of its own', async () => {
    const scene = new BoshScene();
    await scene.create({}, [said('auth')]);
    expect(scene.stream.heard).toEqual(['open', 'auth']);
    const second = await scene.ask([said('bind')], { restart: true, to: 'localhost' });
    expect(scene.stream.heard).toEqual(['open', 'auth', 'open', 'bind']);
    expect(second.frames).toEqual(['features']);
    expect(second.body).toEqual({});
  });

  test.each(['host-unknown', 'host-gone', 'improper-addressing'])(
    'a stream error of %s has a name in BOSH',
    async (condition) => {
      const error = `<stream:error xmlns:stream="${NS.streams}"><${condition} xmlns="${NS.streamErrors}"/></stream:error>`;
      const scene = new BoshScene({
        onOpen: (link) => {
          for (const frame of [OPEN, error, CLOSE]) link.send(frame);
          link.close();
        },
      });
      const first = await scene.create();
      expect(first.body).toEqual({ type: 'terminate', condition });
      expect(scene.manager.size).toBe(0);
    },
  );

  test('ids are different', async () => {
    const scene = new BoshScene();
    const [a, b] = [await scene.create(), await scene.create()];
    expect(a.body.sid).not.toBe(b.body.sid);
  });

  test('up to the bound of connections of an address', async () => {
    const scene = new BoshScene({ admission: { connectionsPerAddress: 2 } });
    await scene.create();
    await scene.create();
    expect((await scene.create()).body).toEqual({ type: 'terminate', condition: 'policy-violation' });
    expect(scene.manager.size).toBe(2);
    expect(
      (await scene.raw(`<body xmlns="${NS.httpBind}" to="localhost" rid="1"/>`, { address: '192.0.2.2' }))
        .status,
    ).toBe(200);
    expect(scene.manager.size).toBe(3);
  });
});
