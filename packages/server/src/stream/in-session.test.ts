import { decodeStreamError, type Element, el, encodeSm, NS } from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { StreamWorld } from '../testing/stream-world.js';

const message = (attrs = {}, ...content: Element[]) => el('message', NS.client, attrs, ...content);
const failed = encodeSm({ kind: 'failed', condition: 'unexpected-request', h: undefined });

test('stanzas reach the host in order, as they came', async () => {
  const world = new StreamWorld();
  const client = await world.client();
  const stanzas = [
    message({ id: '1', to: 'x@y' }, el('body', NS.client, {}, 'hi')),
    el('presence', NS.client),
    el('iq', NS.client, { type: 'get', id: '2' }, el('ping', NS.ping)),
  ];
  await client.says(...stanzas);
  expect(world.received).toEqual(stanzas.map((stanza) => ({ session: world.session, stanza })));
});

describe('from', () => {
  test.each(['juliet@capulet.example', 'juliet@capulet.example/FULL', 'JULIET@capulet.example.'])(
    '%s is the own',
    async (from) => {
      const world = new StreamWorld();
      const client = await world.client();
      const { jid } = world.session;
      expect(await client.says(message({ from: from.replace(/juliet@.*FULL/, jid) }))).toEqual([]);
      expect(world.received).toHaveLength(1);
    },
  );

  test.each(['nurse@capulet.example', 'juliet@capulet.example/other', 'capulet.example', '@', ''])(
    '%j is not',
    async (from) => {
      const world = new StreamWorld();
      const client = await world.client();
      const [error] = await client.says(message({ from }));
      expect(error && decodeStreamError(error)).toEqual({ condition: 'invalid-from' });
      expect(world.received).toEqual([]);
      expect(world.events.at(-1)).toMatch(/lost$/);
    },
  );
});

test.each([
  ['a stanza of another namespace', el('message', 'jabber:server'), 'unsupported-stanza-type'],
  ['a stanza of no namespace', '<message/>', 'invalid-namespace'],
  ['something else', el('x', NS.client), 'unsupported-stanza-type'],
  [
    'an opening',
    el('open', NS.framing, { to: 'capulet.example', version: '1.0' }),
    'unsupported-stanza-type',
  ],
  ['stream features', el('features', NS.streams), 'unsupported-stanza-type'],
  ['a count that is none', el('a', NS.sm, { h: 'x' }), 'bad-format'],
  ['a DTD', '<!DOCTYPE a><message xmlns="jabber:client"/>', 'restricted-xml'],
])('%s ends the stream', async (_, frame, condition) => {
  const world = new StreamWorld();
  const client = await world.client();
  const [error] = await client.says(frame);
  expect(error && decodeStreamError(error)).toEqual({ condition });
  expect(client.closed).toBe(true);
  expect(world.streams.stats()).toMatchObject({ streams: 0, sessions: 0 });
});

test('the request of old clients to begin a session is answered, and counted', async () => {
  const world = new StreamWorld();
  const client = await world.client();
  const [answer] = await client.says(
    el('iq', NS.client, { type: 'set', id: 's' }, el('session', NS.session)),
  );
  expect(answer).toMatchObject({ name: 'iq', attrs: { type: 'result', id: 's' } });
  expect(world.received).toEqual([]);
  expect(await client.says(encodeSm({ kind: 'r' }))).toEqual([encodeSm({ kind: 'a', h: 1 })]);
});

describe('stream management', () => {
  test('begins to count when it is switched on', async () => {
    const world = new StreamWorld();
    const client = await world.client({ manage: 'no' });
    await client.says(message(), message());
    const [enabled] = await client.says(encodeSm({ kind: 'enable', resume: true, max: 60 }));
    expect(enabled).toMatchObject({ name: 'enabled', attrs: { resume: 'true', max: '60' } });
    await client.says(message());
    expect(await client.says(encodeSm({ kind: 'r' }))).toEqual([encodeSm({ kind: 'a', h: 1 })]);
  });

  test('is kept no longer than the server allows, nor than the client wants', async () => {
    for (const [max, kept] of [
      [10, 10],
      [1e6, 300],
      [undefined, 300],
    ] as const) {
      const world = new StreamWorld();
      const client = await world.client({ manage: 'no' });
      const [enabled] = await client.says(encodeSm({ kind: 'enable', resume: true, max }));
      expect(enabled?.attrs.max).toBe(String(kept));
      client.cut();
      world.clock.advance(kept * 1000 - 1);
      expect(world.streams.stats().hibernated).toBe(1);
      world.clock.advance(1);
      expect(world.events.at(-1)).toMatch(/expired$/);
    }
  });

  test('what has no place is refused and harms nothing', async () => {
    const world = new StreamWorld();
    const plain = await world.client({ manage: 'no' });
    expect(await plain.says(encodeSm({ kind: 'r' }))).toEqual([failed]);
    expect(await plain.says(encodeSm({ kind: 'a', h: 5 }))).toEqual([]);
    const client = await world.client();
    expect(await client.says(encodeSm({ kind: 'enable', resume: true, max: undefined }))).toEqual([failed]);
    expect(await client.says(encodeSm({ kind: 'resume', previd: 'x', h: 0 }))).toEqual([failed]);
    expect(world.streams.stats()).toMatchObject({ streams: 2, sessions: 2 });
  });
});
