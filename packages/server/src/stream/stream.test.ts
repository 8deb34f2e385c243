import {
  decodeOpen,
  decodeStreamError,
  el,
  encodeAuthenticate,
  encodeOpen,
  encodeSm,
  isClose,
  NS,
  utf8,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { StreamWorld } from '../testing/stream-world.js';

const HOST = 'capulet.example';
const message = (id: string) =>
  el('message', NS.client, { id, to: 'nurse@capulet.example' }, el('body', NS.client));

function names(elements: readonly { readonly name: string }[]) {
  return elements.map((element) => element.name);
}

describe('opening', () => {
  test('is answered by an opening and by features', async () => {
    const [open, features, ...more] = await new StreamWorld().connect().opens();
    expect(open && decodeOpen(open)).toMatchObject({ from: HOST, version: '1.0', id: expect.any(String) });
    expect(features).toMatchObject({ name: 'features', ns: NS.streams });
    expect(more).toEqual([]);
  });

  test('each stream has an id of its own', async () => {
    const world = new StreamWorld();
    const ids = await Promise.all(
      [1, 2].map(async () => {
        const [open] = await world.connect().opens();
        return open && decodeOpen(open)?.id;
      }),
    );
    expect(new Set(ids).size).toBe(2);
  });

  test.each([
    ['of another host', encodeOpen({ to: 'montague.example' }), 'host-unknown'],
    ['of no host', encodeOpen({}), 'improper-addressing'],
    ['of a user', encodeOpen({ to: `u@${HOST}` }), 'host-unknown'],
    ['of another version', encodeOpen({ to: HOST, version: '0.9' }), 'unsupported-version'],
    ['without a version', el('open', NS.framing, { to: HOST }), 'unsupported-version'],
    ['from nobody', encodeOpen({ to: HOST, from: '@' }), 'invalid-from'],
    ['of another namespace', el('open', 'urn:x', { to: HOST }), 'bad-format'],
    ['that is a stanza', message('1'), 'not-authorized'],
    ['that is no XML', 'hello', 'not-well-formed'],
    ['without a namespace', '<open/>', 'invalid-namespace'],
    ['of the kind TCP has', '<stream:stream xmlns:stream="http://etherx.jabber.org/streams"/>', 'bad-format'],
  ])('%s is answered by our opening, an error and the end', async (_, frame, condition) => {
    const client = new StreamWorld().connect();
    const heard = await client.says(frame);
    expect(names(heard)).toEqual(['open', 'error', 'close']);
    expect(heard[1] && decodeStreamError(heard[1])).toMatchObject({ condition });
    expect(client.closed).toBe(true);
  });

  test('a second one has no place', async () => {
    const client = new StreamWorld().connect();
    await client.opens();
    const [error] = await client.opens();
    expect(error && decodeStreamError(error)).toMatchObject({ condition: 'unsupported-stanza-type' });
  });
});

describe('closing', () => {
  test('before anything is answered', async () => {
    const client = new StreamWorld().connect();
    expect(names(await client.closes())).toEqual(['open', 'close']);
    expect(client.closed).toBe(true);
  });

  test('ends a session, also one that could be resumed', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    const heard = await client.closes();
    expect(heard.map(isClose)).toEqual([true]);
    expect(world.events.at(-1)).toMatch(/^ended .* closed$/);
    expect(world.streams.stats()).toMatchObject({ streams: 0, sessions: 0 });
  });
});

describe('order', () => {
  test('a whole sign-in and what follows may come in one flight', async () => {
    const world = new StreamWorld();
    const client = world.connect();
    const bind = el('bind', NS.bind2, {}, encodeSm({ kind: 'enable', resume: true, max: undefined }));
    const initial = utf8('\0juliet\0r0m30');
    await client.says(
      encodeOpen({ to: HOST }),
      encodeAuthenticate({ mechanism: 'PLAIN', initial, userAgent: undefined, inline: [bind] }),
      message('1'),
      message('2'),
      encodeSm({ kind: 'r' }),
    );
    expect(world.received.map(({ stanza }) => stanza.attrs.id)).toEqual(['1', '2']);
    expect(client.frames.at(-1)).toBe('<a xmlns="urn:xmpp:sm:3" h="2"/>');
  });

  test('newcomers wait for a turn that has time for them, while whoever is there is heard', async () => {
    const world = new StreamWorld();
    const there = await world.client();
    world.churn.run(() => world.clock.advance(10));
    const newcomer = world.connect();
    const gone = world.connect();
    const auth = encodeAuthenticate({
      mechanism: 'PLAIN',
      initial: utf8('\0juliet\0r0m30'),
      userAgent: undefined,
      inline: [],
    });
    expect(await newcomer.says(encodeOpen({ to: HOST }), auth)).toEqual([]);
    await gone.says(encodeOpen({ to: HOST }));
    gone.cut();
    await there.says(message('1'));
    expect(world.received.map(({ stanza }) => stanza.attrs.id)).toEqual(['1']);
    for (const run of world.endOfTurn.splice(0)) run();
    expect(names(await newcomer.hears())).toEqual(['open', 'features', 'success', 'features']);
    expect(world.churn.waiting).toBe(0);
  });

  test('what comes during a judgement waits for it, within a bound', async () => {
    const world = new StreamWorld({ stanzaBytesBeforeAuth: 300 });
    world.auth.before = () => new Promise(() => {});
    const client = world.connect();
    await client.signIn();
    expect(await client.says('x'.repeat(300), 'x'.repeat(300))).toEqual([]);
    const heard = await client.says('x');
    expect(heard[0] && decodeStreamError(heard[0])).toMatchObject({ condition: 'policy-violation' });
    expect(client.closed).toBe(true);
  });

  test('empty frames during a judgement come to the bound too', async () => {
    const world = new StreamWorld({ stanzaBytesBeforeAuth: 320 });
    world.auth.before = () => new Promise(() => {});
    const client = world.connect();
    await client.signIn();
    expect(await client.says(...Array.from({ length: 10 }, () => ''))).toEqual([]);
    const heard = await client.says('');
    expect(heard[0] && decodeStreamError(heard[0])).toMatchObject({ condition: 'policy-violation' });
  });

  test('nothing is done for one who has gone during a judgement', async () => {
    const world = new StreamWorld();
    let judge = () => {};
    world.auth.before = () =>
      new Promise((resolve) => {
        judge = resolve;
      });
    const client = world.connect();
    await client.signIn();
    client.cut();
    judge();
    await client.hears();
    expect(world.events).toEqual([]);
    expect(world.streams.stats()).toMatchObject({ streams: 0, sessions: 0, deadlines: 0 });
  });

  test('a fault of ours ends the stream and nothing else', async () => {
    const world = new StreamWorld();
    world.settle = () => {
      throw new Error('a bug');
    };
    const other = await world.client({ user: 'nurse', password: 'angelica' });
    const client = await world.client();
    const [error] = await client.says(message('1'));
    expect(error && decodeStreamError(error)).toEqual({ condition: 'internal-server-error' });
    expect(other.closed).toBe(false);
  });
});

describe('bounds of frames', () => {
  const frame = (bytes: number) => `<m xmlns="x">${'a'.repeat(bytes - 17)}</m>`;
  const error = (condition: string) => ({ condition, application: { name: 'stanza-too-big' } });

  test('before sign-in: at the bound it is read, past it the stream ends', async () => {
    const world = new StreamWorld();
    const client = world.connect();
    expect(client.link.frameLimit).toBe(10_000);
    await client.opens();
    const [atBound] = await client.says(frame(10_000));
    expect(atBound && decodeStreamError(atBound)).toEqual({ condition: 'unsupported-stanza-type' });
    const second = world.connect();
    await second.opens();
    const [past] = await second.says(frame(10_001));
    expect(past && decodeStreamError(past)).toMatchObject(error('policy-violation'));
  });

  test('after it: more', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    expect(client.link.frameLimit).toBe(262_144);
    const stanza = (bytes: number) => `<presence xmlns="jabber:client">${'a'.repeat(bytes - 43)}</presence>`;
    expect(await client.says(stanza(262_144))).toEqual([]);
    expect(world.received).toHaveLength(1);
    const [past] = await client.says(stanza(262_145));
    expect(past && decodeStreamError(past)).toMatchObject(error('policy-violation'));
  });
});

test('who does not sign in, in time, is let go', async () => {
  const world = new StreamWorld({ signInTimeout: 30_000 });
  const silent = world.connect();
  const busy = world.connect();
  await busy.opens();
  world.clock.advance(29_999);
  expect(await silent.hears()).toEqual([]);
  world.clock.advance(1);
  for (const client of [silent, busy]) {
    const heard = await client.hears();
    expect(heard.map(decodeStreamError)).toContainEqual(
      expect.objectContaining({ condition: 'connection-timeout' }),
    );
    expect(client.frames[0]).toMatch(/^<open /);
    expect(client.closed).toBe(true);
  }
  expect(world.streams.stats()).toMatchObject({ streams: 0, deadlines: 0 });
});
