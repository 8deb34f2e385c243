import { createHash } from 'node:crypto';
import { formatBoshBody, NS } from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { SharedStanza } from '../../kernel/shared-stanza.js';
import { BoshScene, said } from '../../testing/bosh-scene.js';

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');
const body = (attrs: string, inside = '') => `<body xmlns="${NS.httpBind}" ${attrs}>${inside}</body>`;

async function begun(first = {}, options = {}) {
  const scene = new BoshScene(options);
  await scene.create(first);
  scene.stream.heard.length = 0;
  scene.stream.drains = 0;
  return scene;
}

const BROKEN: readonly (readonly [string, string | Uint8Array])[] = [
  ['nothing', ''],
  ['no XML', 'hello'],
  ['half a body', `<body xmlns="${NS.httpBind}" rid="1"`],
  ['an open body', `<body xmlns="${NS.httpBind}" rid="1" to="localhost">`],
  ['two bodies', body('rid="1" to="localhost"').repeat(2)],
  ['another root', `<message xmlns="jabber:client"/>`],
  ['no namespace', '<body rid="1" to="localhost"/>'],
  ['text inside', body('rid="1" to="localhost"', 'hello')],
  ['a DTD', `<!DOCTYPE body [<!ENTITY a "a">]>${body('rid="1" to="localhost"')}`],
  ['an XML declaration', `<?xml version="1.0"?>${body('rid="1" to="localhost"')}`],
  ['a comment', body('rid="1" to="localhost"', '<!-- x -->')],
  ['an entity', body('rid="1" to="localhost"', '<a xmlns="b">&nbsp;</a>')],
  [
    'bytes that are not UTF-8',
    Buffer.concat([Buffer.from(body('rid="1" to="localhost"')), Buffer.from([0xff])]),
  ],
  ['overlong UTF-8', Buffer.from([0xc0, 0xbc])],
  ['no id', body('to="localhost"')],
  ['an id that is no number', body('rid="x" to="localhost"')],
  ['an id of zero', body('rid="0" to="localhost"')],
  ['an id that leaves no room', body('rid="9007199254740991" to="localhost"')],
  ['an attribute twice', body('rid="1" rid="2" to="localhost"')],
  ['a negative wait', body('rid="1" wait="-1" to="localhost"')],
];

describe('what is broken is answered and makes no session', () => {
  test.each(BROKEN)('%s', async (_, text) => {
    const scene = new BoshScene();
    const ask = await scene.raw(text);
    const old = ask.status === 400;
    expect([200, 400]).toContain(ask.status);
    expect(ask.body).toEqual({ type: 'terminate', condition: 'bad-request' });
    expect(old ? scene.manager.size : 0).toBe(0);
    expect([scene.manager.size, scene.clock.pending, scene.admission.open]).toEqual([0, 0, 0]);
  });

  test('nor does a body that is addressed to nobody', async () => {
    const scene = new BoshScene();
    expect((await scene.raw(body('rid="1" ver="1.6"'))).body.condition).toBe('improper-addressing');
    expect((await scene.raw(body('rid="1" ver="1.6" to=""'))).body.condition).toBe('improper-addressing');
    expect(scene.manager.size).toBe(0);
  });

  test('nor a session that nobody knows', async () => {
    const scene = await begun();
    const unknown = await scene.raw(body('rid="1001" sid="guess"'));
    expect([unknown.status, unknown.body]).toEqual([200, { type: 'terminate', condition: 'item-not-found' }]);
    for (const sid of ['__proto__', 'constructor', '']) {
      expect((await scene.raw(body(`rid="1001" sid="${sid}"`))).body.condition).toBe('item-not-found');
    }
    expect(scene.stream.end).toBeUndefined();
  });

  test('in a session it ends that session and no other', async () => {
    const scene = await begun();
    const { sid, stream } = scene;
    await scene.create();
    const ask = await scene.raw(body(`rid="1001" sid="${sid}"`, '<a>'));
    expect(ask.body).toEqual({ type: 'terminate', condition: 'bad-request' });
    expect(stream.end).toEqual({ clean: false, reason: 'bad-request' });
    expect([scene.manager.size, scene.stream.end]).toEqual([1, undefined]);
  });

  test('a request without an id ends it too', async () => {
    const scene = await begun();
    expect((await scene.raw(body(`sid="${scene.sid}"`))).body.condition).toBe('bad-request');
  });
});

describe('a client without a version is told by codes of HTTP', () => {
  test.each([
    [400, 'bad-request', (scene: BoshScene) => scene.raw(body(`sid="${scene.sid}"`))],
    [403, 'policy-violation', (scene: BoshScene) => scene.ask([], { pause: 999 })],
    [404, 'item-not-found', (scene: BoshScene) => scene.ask([], { rid: 5000 })],
  ])('%i for %s', async (status, condition, doWrong) => {
    const scene = new BoshScene();
    const first = await scene.raw(body('rid="1000" to="localhost"'));
    scene.sid = first.body.sid ?? '';
    expect(first.body.ver).toBeUndefined();
    const ask = await doWrong(scene);
    expect([ask.status, ask.body.condition]).toEqual([status, condition]);
  });
});

describe('bounds', () => {
  test('of a frame before sign-in: at the bound and one past it', async () => {
    const frame = (bytes: number) => said('x'.repeat(bytes - said('').length));
    const scene = await begun();
    await scene.ask([frame(10_000), frame(10_000)]);
    expect(scene.stream.heard).toHaveLength(2);
    expect((await scene.ask([frame(10_001)])).body.condition).toBe('policy-violation');
  });

  test('of a frame grow with sign-in', async () => {
    const scene = await begun();
    scene.stream.link.limitFrames(100_000);
    await scene.ask([said('x'.repeat(90_000))]);
    expect(scene.stream.heard).toHaveLength(1);
    const stranger = await scene.raw(
      formatBoshBody({ rid: 1, to: 'localhost', ver: '1.6' }, [said('x'.repeat(90_000))]),
    );
    expect(stranger.body.condition).toBe('policy-violation');
  });

  test('of a body: two frames and the tag, one byte more is not parsed', async () => {
    const scene = new BoshScene();
    const text = (bytes: number) => {
      const empty = body('rid="1" to="localhost" ver="1.6" x=""').length;
      return body(`rid="1" to="localhost" ver="1.6" x="${'x'.repeat(bytes - empty)}"`);
    };
    expect((await scene.raw(text(21_024))).frames).toEqual(['features']);
    expect((await scene.raw(text(21_025))).body.condition).toBe('policy-violation');
  });

  test('of depth, elements and attributes', async () => {
    const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    for (const [good, bad] of [
      [nested(64), nested(65)],
      [
        `<a ${Array.from({ length: 64 }, (_, i) => `a${i}="" `).join('')}/>`,
        `<a ${Array.from({ length: 65 }, (_, i) => `a${i}="" `).join('')}/>`,
      ],
    ] as const) {
      const scene = await begun();
      await scene.ask([good]);
      expect(scene.stream.heard).toEqual(['a']);
      expect((await scene.ask([bad])).body.condition).toBe('policy-violation');
    }
  });

  test('of one reply: the rest waits for the next request, and counts as queued until then', async () => {
    const big = said('x'.repeat(400));
    const scene = await begun({}, { limits: { replyBytes: 2 * big.length } });
    await scene.says(big, big, said('é'));
    expect(scene.stream.link.queuedBytes).toBe(2 * big.length + said('é').length + 1);
    expect((await scene.ask()).frames).toHaveLength(2);
    expect([scene.stream.link.queuedBytes, scene.stream.drains]).toEqual([said('é').length + 1, 0]);
    expect((await scene.ask()).frames).toEqual(['é']);
    expect([scene.stream.link.queuedBytes, scene.stream.drains]).toEqual([0, 1]);
    const huge = said('x'.repeat(4_000));
    await scene.says(huge);
    expect((await scene.ask()).frames).toHaveLength(1);
  });

  test('of kept replies: the oldest go first, the last one stays', async () => {
    const big = said('x'.repeat(1_000));
    const scene = await begun({ hold: 2 }, { limits: { cacheBytes: 1_500 } });
    const asks = [];
    for (let i = 0; i < 2; i++) {
      asks.push(await scene.ask());
      await scene.says(big);
    }
    expect((await scene.ask([], { rid: 1002 })).reply).toBe(asks[1]?.reply);
    expect((await scene.ask([], { rid: 1001 })).body.condition).toBe('item-not-found');
  });
});

test('a shared stanza stands in a body like any other, in order', async () => {
  const scene = await begun();
  const ask = await scene.ask();
  const shared = SharedStanza.ofText(
    '<message xmlns="jabber:client" type="groupchat"><body>b</body></message>',
  );
  scene.stream.link.send(said('a'));
  scene.stream.link.write(shared, Buffer.from('me@localhost/x'));
  scene.stream.link.send(said('c'));
  await Promise.resolve();
  expect(ask.frames).toEqual(['a', 'b', 'c']);
  expect(ask.reply).toContain('<message to="me@localhost/x" xmlns="jabber:client"');
});

describe('keys', () => {
  const chain = ['seed', ...Array<string>(3)].map((_, i) => {
    let key = 'seed';
    for (let n = 0; n < i; n++) key = sha1(key);
    return key;
  });
  const [k0 = '', k1 = '', k2 = '', k3 = ''] = chain;

  test('that follow each other are taken, and a new chain may begin', async () => {
    const scene = await begun({ newkey: k3 });
    await scene.ask([said('a')], { key: k2 });
    await scene.ask([said('b')], { key: k1, newkey: sha1(sha1('other')) });
    await scene.ask([said('c')], { key: sha1('other') });
    await scene.ask([said('d')], { key: 'other' });
    expect(scene.stream.heard).toEqual(['a', 'b', 'c', 'd']);
  });

  test.each([
    ['missing', {}],
    ['wrong', { key: k1 }],
    ['of a chain that was left', { key: k0 }],
  ])('%s: the session ends and nothing is heard', async (_, keys) => {
    const scene = await begun({ newkey: k3 });
    const ask = await scene.ask([said('a')], keys);
    expect(ask.body).toEqual({ type: 'terminate', condition: 'item-not-found' });
    expect([scene.stream.heard, scene.manager.size]).toEqual([[], 0]);
  });

  test('a repeated request must have the same', async () => {
    const scene = await begun({ newkey: k3 });
    await scene.ask([said('a')], { key: k2 });
    await scene.says(said('secret'));
    expect((await scene.ask([said('a')], { rid: 1001, key: k2 })).frames).toEqual(['secret']);
    expect((await scene.ask([said('a')], { rid: 1001 })).frames).toEqual([]);
    expect(scene.stream.end?.reason).toBe('item-not-found');
  });
});

test('a stream that fails costs its own session and no other', async () => {
  const scene = await begun();
  const { sid, stream } = scene;
  stream.link.onFrame(() => {
    throw new Error('a bug');
  });
  await scene.create();
  const ask = await scene.raw(body(`rid="1001" sid="${sid}"`, said('x')));
  expect(ask.body).toEqual({ type: 'terminate', condition: 'internal-server-error' });
  expect([stream.end?.clean, scene.manager.size]).toEqual([false, 1]);
});
