import {
  decodeStanzaError,
  type Element,
  el,
  type FullJid,
  messageEl,
  NS,
  presenceEl,
  requestEl,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { type ClusterScene, createClusterScene, quiet } from '../testing/cluster-scene.js';
import type { FakeSession } from '../testing/index.js';
import { crashingStorage, createTestKernel } from '../testing/index.js';
import { at, jidOf } from '../testing/room-scene.js';
import { MemoryNetwork } from './memory-bus.js';

const LOBBY = jidOf('lobby@rooms.localhost');

/** Two on the node of the rooms, and three on the other. */
async function full(scene: ClusterScene): Promise<FakeSession[]> {
  const everybody: FakeSession[] = [];
  for (const [node, name] of [
    [scene.a, 'anna'],
    [scene.b, 'ben'],
    [scene.a, 'cleo'],
    [scene.b, 'dora'],
    [scene.b, 'emil'],
  ] as const) {
    everybody.push(await scene.enter(node, name));
  }
  return everybody;
}

describe('a room with occupants on two nodes', () => {
  test('whoever joins is shown everybody, wherever they are, and everybody is told of who joins', async () => {
    const scene = await createClusterScene();
    const [anna, ben, cleo, dora, emil] = (await full(scene)) as [
      FakeSession,
      FakeSession,
      FakeSession,
      FakeSession,
      FakeSession,
    ];
    expect(await scene.heard(anna, ben, cleo, dora, emil)).toEqual([
      ['+anna 110 201', 'subject ""', '+ben', '+cleo', '+dora', '+emil'],
      ['+anna', '+ben 110', 'subject ""', '+cleo', '+dora', '+emil'],
      ['+anna', '+ben', '+cleo 110', 'subject ""', '+dora', '+emil'],
      ['+anna', '+ben', '+cleo', '+dora 110', 'subject ""', '+emil'],
      ['+anna', '+ben', '+cleo', '+dora', '+emil 110', 'subject ""'],
    ]);
  });

  test('messages of both sides reach everybody once, in the same order', async () => {
    const scene = await createClusterScene();
    const everybody = await full(scene);
    await scene.heard(...everybody);
    const [anna, ben, , dora] = everybody as [FakeSession, FakeSession, FakeSession, FakeSession];
    await Promise.all(
      ['1', '2', '3', '4'].flatMap((n) => [
        scene.says(anna, `a${n}`),
        scene.says(ben, `b${n}`),
        scene.says(dora, `d${n}`),
      ]),
    );
    const [first, ...others] = await scene.heard(...everybody);
    expect(first).toHaveLength(12);
    expect(new Set(first).size).toBe(12);
    expect(first?.filter((line) => line.startsWith('ben'))).toEqual([
      'ben: b1',
      'ben: b2',
      'ben: b3',
      'ben: b4',
    ]);
    for (const other of others) expect(other).toEqual(first);
  });

  test.each([1, 3, 30])('a message crosses once, with %i occupants on the other node', async (count) => {
    const scene = await createClusterScene();
    const anna = await scene.enter(scene.a, 'anna');
    const others: FakeSession[] = [];
    for (let n = 0; n < count; n++) others.push(await scene.enter(scene.b, `guest-${n}`));
    await scene.heard(anna, ...others);
    scene.crossed();
    await scene.says(anna, 'hi');
    for (const lines of await scene.heard(...others)) expect(lines).toEqual(['anna: hi']);
    expect(scene.crossed()).toEqual(['group a>b']);
    await scene.says(others[0] as FakeSession, 'ho');
    expect(await scene.heard(anna)).toEqual([['anna: hi', 'guest-0: ho']]);
    expect(scene.crossed()).toEqual(['stanza b>a', 'group a>b', 'settled a>b']);
  });

  test('a presence that some are shown crosses once, with the list of them', async () => {
    const scene = await createClusterScene();
    const [anna, ben, , dora, emil] = (await full(scene)) as [
      FakeSession,
      FakeSession,
      FakeSession,
      FakeSession,
      FakeSession,
    ];
    await scene.heard(anna, ben, dora, emil);
    scene.crossed();
    await anna.sends(presenceEl({ to: at('anna') }, el('show', NS.client, {}, 'away')));
    expect(await scene.heard(ben, dora, emil)).toEqual([['+anna'], ['+anna'], ['+anna']]);
    expect(scene.crossed()).toEqual(['some a>b']);
  });

  test('a message to nobody on the other node does not cross, nor does one when all have left', async () => {
    const scene = await createClusterScene();
    const anna = await scene.enter(scene.a, 'anna');
    const ben = await scene.enter(scene.b, 'ben');
    await ben.sends(presenceEl({ to: at('ben'), type: 'unavailable' }));
    await quiet();
    scene.crossed();
    await scene.says(anna, 'hi');
    await quiet();
    expect(scene.crossed()).toEqual([]);
  });

  test('private messages, errors and answers go to the one whom they are for', async () => {
    const scene = await createClusterScene();
    const [anna, ben, cleo, dora] = (await full(scene)) as [
      FakeSession,
      FakeSession,
      FakeSession,
      FakeSession,
    ];
    await scene.heard(anna, ben, cleo, dora);
    await anna.sends(messageEl({ to: at('ben'), type: 'chat' }, el('body', NS.client, {}, 'psst')));
    await ben.sends(messageEl({ to: at('nobody'), type: 'chat' }, el('body', NS.client, {}, 'psst')));
    await dora.sends(requestEl({ to: at('dora'), id: 'p', type: 'get' }, el('ping', NS.ping)));
    await dora.sends(requestEl({ to: LOBBY, id: 'i', type: 'get' }, el('query', NS.discoInfo)));
    expect(await scene.heard(anna, ben, cleo, dora)).toEqual([
      [],
      ['anna: psst', '!item-not-found'],
      [],
      ['iq result', 'iq result'],
    ]);
  });
});

describe('who leaves', () => {
  const gone: [how: string, goes: (session: FakeSession) => unknown][] = [
    ['leaves the room', (session) => session.sends(presenceEl({ to: at('ben'), type: 'unavailable' }))],
    ['ends', (session) => session.end('closed')],
    [
      'becomes unavailable',
      async (session) => {
        await session.sends(presenceEl({}));
        await session.sends(presenceEl({ type: 'unavailable' }));
      },
    ],
  ];
  test.each(gone)('a session of another node that %s leaves the room, once', async (_, goes) => {
    const scene = await createClusterScene();
    const [anna, ben, , dora] = (await full(scene)) as [FakeSession, FakeSession, FakeSession, FakeSession];
    await scene.heard(anna, dora);
    await goes(ben);
    expect(await scene.heard(anna, dora)).toEqual([['-ben'], ['-ben']]);
    await scene.says(anna, 'gone?');
    expect((await scene.heard(ben))[0]).not.toContain('anna: gone?');
  });

  test('a node that dies takes its sessions out of rooms', async () => {
    const scene = await createClusterScene();
    const [anna, , cleo] = (await full(scene)) as [FakeSession, FakeSession, FakeSession];
    await scene.heard(anna, cleo);
    scene.network.kill('b');
    expect(await scene.heard(anna, cleo)).toEqual([
      ['-ben', '-dora', '-emil'],
      ['-ben', '-dora', '-emil'],
    ]);
    expect(scene.a.stats()).toMatchObject({ sessions: 2, nodes: 0, remoteSessions: 0, underWay: 0 });
  });

  test('when the node of the rooms dies, nothing is acknowledged that it had not settled, and what comes later is refused', async () => {
    const storage = crashingStorage();
    const scene = await createClusterScene({}, storage);
    const ben = await scene.enter(scene.b, 'ben');
    await scene.heard(ben);
    const kept = scene.says(ben, 'kept');
    await quiet();
    storage.commit(1);
    await kept;
    const lost = expect(scene.says(ben, 'lost')).rejects.toThrow('gone');
    await quiet();
    scene.network.kill('a');
    await lost;
    expect(await scene.heard(ben)).toEqual([['ben: kept']]);
    await scene.says(ben, 'nobody there');
    const [refusal] = ben.takes() as [Element];
    expect(decodeStanzaError(refusal)).toMatchObject({ condition: 'remote-server-timeout' });
    expect(scene.b.stats()).toMatchObject({ sessions: 1, nodes: 0, underWay: 0 });
  });

  test('visits over both nodes leave nothing behind', async () => {
    const scene = await createClusterScene();
    const before = [scene.a.stats(), scene.b.stats()];
    for (let round = 0; round < 20; round++) {
      const everybody = await full(scene);
      await scene.says(everybody[round % 5] as FakeSession, 'hi');
      for (const session of everybody) session.end('closed');
      await quiet();
    }
    expect([scene.a.stats(), scene.b.stats()]).toEqual(before);
  });
});

describe('an address', () => {
  test('is found on whichever node it is', async () => {
    const scene = await createClusterScene();
    const anna = scene.a.bind('anna@localhost/page');
    const ben = scene.b.bind('ben@localhost/page');
    await quiet();
    await anna.sends(messageEl({ to: ben.jid, type: 'chat' }, el('body', NS.client, {}, 'to b')));
    await ben.sends(messageEl({ to: anna.jid, type: 'chat' }, el('body', NS.client, {}, 'to a')));
    await quiet();
    expect(ben.receives().attrs).toMatchObject({ from: anna.jid, to: ben.jid });
    expect(anna.receives().attrs).toMatchObject({ from: ben.jid, to: anna.jid });
  });

  test('that is bound anew on another node ends the session that had it', async () => {
    const scene = await createClusterScene();
    const anna = await scene.enter(scene.a, 'anna');
    const old = await scene.enter(scene.b, 'ben');
    await scene.heard(anna);
    // As the stream layer does before it binds.
    scene.a.router.sessions.get(old.jid)?.end('replaced', 'conflict');
    const young = scene.a.bind(old.jid);
    expect(await scene.heard(anna, young)).toEqual([['-ben'], []]);
    expect(old.ended).toEqual({ why: 'replaced', streamError: 'conflict' });
    expect(scene.b.router.sessions.get(old.jid)).toMatchObject({ jid: old.jid, shard: expect.anything() });
    expect(scene.a.router.sessions.get(old.jid)).toBe(young);
  });

  test('that two nodes bind at once is nobody’s in the end, and can be bound again', async () => {
    const scene = await createClusterScene();
    const both = [scene.a.bind('ben@localhost/page'), scene.b.bind('ben@localhost/page')];
    await quiet();
    expect(both.map(({ ended }) => ended?.why)).toEqual(['replaced', 'replaced']);
    expect([scene.a.stats(), scene.b.stats()]).toMatchObject([{ sessions: 0 }, { sessions: 0 }]);
    scene.b.bind('ben@localhost/page');
    await quiet();
    expect(scene.a.stats()).toMatchObject({ sessions: 1, remoteSessions: 1 });
  });

  test.each([
    [500, 1],
    [501, 2],
  ])(
    'of those who were here first, %i, a node learns when it joins, in %i messages',
    async (count, messages) => {
      const crossed: string[] = [];
      const network = new MemoryNetwork(({ message }) => crossed.push(message.type));
      const node = (id: string) =>
        createTestKernel({ modules: [], cluster: { bus: network.bus(id), ownerOf: () => 'a' } });
      const a = await node('a');
      for (let n = 0; n < count; n++) a.bind(`guest-${n}@localhost/page`, 'guest');
      const b = await node('b');
      await quiet();
      expect(crossed).toEqual(Array.from({ length: messages }, () => 'bound'));
      expect(b.stats()).toMatchObject({ sessions: count, remoteSessions: count });
      const last = b.router.sessions.get(`guest-${count - 1}@localhost/page` as FullJid);
      expect(last?.identity).toEqual({ account: `guest-${count - 1}@localhost`, kind: 'guest' });
      b.cluster?.stop();
      await quiet();
      expect(b.stats()).toMatchObject({ sessions: 0, nodes: 0 });
      expect(a.stats()).toMatchObject({ sessions: count, nodes: 0 });
    },
  );

  test('keeps the peer of the link that its session has now', async () => {
    const scene = await createClusterScene();
    const ben = scene.b.bind('ben@localhost/page');
    await quiet();
    ben.peer = { ...ben.peer, address: '192.0.2.7' };
    scene.b.router.resumed(ben);
    await quiet();
    expect(scene.a.router.sessions.get(ben.jid)?.peer.address).toBe('192.0.2.7');
  });
});
