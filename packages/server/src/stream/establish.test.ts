import {
  decodeBoundJid,
  decodeSasl2Success,
  decodeSaslFailure,
  decodeStanzaError,
  decodeStreamError,
  type Element,
  el,
  encodeAuth,
  encodeAuthenticate,
  encodeBind,
  encodeOpen,
  encodeSm,
  findSm,
  formatOAuthBearer,
  NS,
  utf8,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { type StreamClient, StreamWorld } from '../testing/stream-world.js';

const bindIq = (resource?: string) => el('iq', NS.client, { type: 'set', id: 'b' }, encodeBind(resource));

/** Signs in by the classic profile and opens the stream anew. */
async function classic(world: StreamWorld, user = 'juliet', password = 'r0m30'): Promise<StreamClient> {
  const client = world.connect();
  await client.opens();
  await client.says(encodeAuth({ mechanism: 'PLAIN', initial: utf8(`\0${user}\0${password}`) }));
  await client.opens();
  return client;
}

function successOf(heard: readonly Element[]) {
  const found = heard.map(decodeSasl2Success).find((success) => success);
  if (!found) throw new TypeError('no success');
  return found;
}

describe('classic binding', () => {
  test('follows a second opening; the resource is the one asked for', async () => {
    const world = new StreamWorld();
    const client = world.connect();
    await client.opens();
    await client.says(encodeAuth({ mechanism: 'PLAIN', initial: utf8('\0juliet\0r0m30') }));
    const [open, features] = await client.opens();
    expect(open?.name).toBe('open');
    expect(features?.children).toMatchObject([
      { name: 'bind', ns: NS.bind },
      { name: 'session' },
      { name: 'sm' },
      { name: 'limits', children: [{ children: ['262144'] }, {}] },
    ]);
    const [answer] = await client.says(bindIq('balcony'));
    expect(answer).toMatchObject({ name: 'iq', attrs: { type: 'result', id: 'b' } });
    expect(answer && decodeBoundJid(answer)).toBe('juliet@capulet.example/balcony');
    expect(world.events).toEqual(['bound juliet@capulet.example/balcony']);
  });

  test('makes a resource up where none is asked for', async () => {
    const world = new StreamWorld();
    const client = await classic(world);
    const [answer] = await client.says(bindIq());
    expect(answer && decodeBoundJid(answer)).toMatch(/^juliet@capulet\.example\/.{12}$/);
  });

  test('to a resource in use ends the session that has it', async () => {
    const world = new StreamWorld();
    const old = await classic(world);
    await old.says(bindIq('balcony'));
    const client = await classic(world);
    await client.says(bindIq('balcony'));
    const [error] = await old.hears();
    expect(error && decodeStreamError(error)).toMatchObject({ condition: 'conflict' });
    expect(world.events).toEqual([
      'bound juliet@capulet.example/balcony',
      'ended juliet@capulet.example/balcony replaced',
      'bound juliet@capulet.example/balcony',
    ]);
    expect(world.session.hibernated).toBe(false);
  });

  test.each([
    ['a resource that is not allowed', bindIq('\ue000'), 'bad-request'],
    ['a request without an id', el('iq', NS.client, { type: 'set' }, encodeBind()), 'bad-request'],
  ])('refuses %s, and another may follow', async (_, frame, condition) => {
    const client = await classic(new StreamWorld());
    const [error] = await client.says(frame);
    expect(error && decodeStanzaError(error)).toMatchObject({ condition });
    const [answer] = await client.says(bindIq());
    expect(answer?.attrs.type).toBe('result');
  });

  test.each([
    ['a message', el('message', NS.client), 'not-authorized'],
    ['another request', el('iq', NS.client, { type: 'get', id: '1' }, el('ping', NS.ping)), 'not-authorized'],
    [
      'a request of no namespace of ours',
      el('iq', 'urn:x', { type: 'set', id: '1' }, encodeBind()),
      'unsupported-stanza-type',
    ],
    [
      'a second sign-in',
      encodeAuth({ mechanism: 'ANONYMOUS', initial: undefined }),
      'unsupported-stanza-type',
    ],
  ])('must come first: %s ends the stream', async (_, frame, condition) => {
    const world = new StreamWorld();
    const client = await classic(world);
    const [error] = await client.says(frame);
    expect(error && decodeStreamError(error)).toEqual({ condition });
    expect(world.received).toEqual([]);
  });

  test.each([
    ['another host', encodeOpen({ to: 'montague.example' }), 'host-unknown'],
    ['another account', encodeOpen({ to: 'capulet.example', from: 'nurse@capulet.example' }), 'invalid-from'],
    ['no opening at all', bindIq(), 'not-authorized'],
  ])('is not reached when the stream is opened anew for %s', async (_, frame, condition) => {
    const client = new StreamWorld().connect();
    await client.opens();
    await client.says(encodeAuth({ mechanism: 'PLAIN', initial: utf8('\0juliet\0r0m30') }));
    const heard = await client.says(frame);
    const error = heard.map(decodeStreamError).find((found) => found);
    expect(error).toMatchObject({ condition });
    expect(client.closed).toBe(true);
  });
});

describe('Bind 2', () => {
  test('binds within sign-in, the tag in front', async () => {
    const world = new StreamWorld();
    const client = world.connect();
    const heard = await client.signIn({ tag: 'web', manage: 'no' });
    const { authorizationId, inline } = successOf(heard);
    expect(authorizationId).toMatch(/^juliet@capulet\.example\/web\/.{12}$/);
    expect(inline).toMatchObject([{ name: 'bound', children: [] }]);
    expect(heard.at(-1)?.children).toMatchObject([{ name: 'sm' }, { name: 'limits' }]);
    expect(world.events).toEqual([`bound ${authorizationId}`]);
  });

  test.each([
    ['of 64 letters', 'x'.repeat(64), 'x'.repeat(64)],
    ['of more is cut', 'x'.repeat(65), 'x'.repeat(64)],
    ['cut within a character is left out', `${'x'.repeat(63)}😀`, undefined],
    ['that cannot stand in a resource is left out', 'a\ue000', undefined],
    ['of nothing is left out', '', undefined],
  ])('a tag %s', async (_, tag, kept) => {
    const world = new StreamWorld();
    await world.client({ tag });
    const [, resource = ''] = /^[^/]*\/(.*)$/.exec(world.session.jid) ?? [];
    expect(resource.split('/').slice(0, -1)).toEqual(kept === undefined ? [] : [kept]);
  });

  test('says everything of sign-in before anything is delivered', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    world.session.deliver(el('message', NS.client));
    await client.hears();
    expect(client.frames.map((frame) => /<(?:stream:)?(\w+)/.exec(frame)?.[1])).toEqual([
      'open',
      'features',
      'success',
      'features',
      'message',
    ]);
  });

  test('a sign-in without it leaves the resource to a classic request', async () => {
    const world = new StreamWorld();
    const client = world.connect();
    const heard = await client.signIn({ bind: false });
    expect(successOf(heard).authorizationId).toBe('juliet@capulet.example');
    expect(heard.at(-1)?.children[0]).toMatchObject({ name: 'bind', ns: NS.bind });
    const [answer] = await client.says(bindIq('balcony'));
    expect(answer && decodeBoundJid(answer)).toBe('juliet@capulet.example/balcony');
  });

  test('ends what the same client left behind, and nothing else', async () => {
    const world = new StreamWorld();
    const left = await world.client({ clientId: 'phone' });
    const live = await world.client({ clientId: 'phone' });
    const other = await world.client({ clientId: 'laptop' });
    left.cut();
    other.cut();
    await world.client({ clientId: 'phone' });
    expect(world.events.filter((event) => event.startsWith('ended'))).toHaveLength(1);
    expect(world.streams.stats()).toMatchObject({ sessions: 3, hibernated: 1 });
    expect(live.closed).toBe(false);
  });
});

describe('sessions of one account have a bound', () => {
  test('at it one that sleeps makes room, else the newcomer is refused', async () => {
    const world = new StreamWorld({ sessionsPerAccount: 2 });
    const [first] = [await world.client(), await world.client()];
    const third = world.connect();
    const heard = await third.signIn();
    const failure = heard.map((element) => decodeSaslFailure(element, NS.sasl2)).find((found) => found);
    expect(failure).toMatchObject({ condition: 'temporary-auth-failure' });
    const old = await classic(world);
    const [error] = await old.says(bindIq());
    expect(error && decodeStanzaError(error)).toMatchObject({
      condition: 'resource-constraint',
      type: 'wait',
    });

    first?.cut();
    const [answer] = await old.says(bindIq());
    expect(answer?.attrs.type).toBe('result');
    expect(world.streams.stats()).toMatchObject({ sessions: 2, hibernated: 0 });
  });

  test('of that account alone', async () => {
    const world = new StreamWorld({ sessionsPerAccount: 1 });
    await world.client();
    await world.client({ user: 'nurse', password: 'angelica' });
    expect(world.streams.stats().sessions).toBe(2);
  });
});

describe('resumption within sign-in', () => {
  const resume = (previd: string, h = 0) => encodeSm({ kind: 'resume', previd, h });

  async function enabled(world: StreamWorld, options = {}) {
    const client = world.connect();
    const { inline } = successOf(await client.signIn(options));
    const sm = findSm(inline.flatMap((node) => node.children).filter((node) => typeof node !== 'string'));
    if (sm?.kind !== 'enabled' || sm.id === undefined) throw new TypeError('not enabled');
    return { client, id: sm.id };
  }

  test('goes on with the session, and leaves the request to bind aside', async () => {
    const world = new StreamWorld();
    const { client, id } = await enabled(world);
    const { session } = world;
    await client.says(el('presence', NS.client));
    client.cut();
    const heard = await world.connect().signIn({ inline: [resume(id)] });
    const { authorizationId, inline } = successOf(heard);
    expect(authorizationId).toBe(session.jid);
    expect(inline).toEqual([encodeSm({ kind: 'resumed', previd: id, h: 1 })]);
    expect(world.events).toEqual([`bound ${session.jid}`, `resumed ${session.jid}`]);
    expect(session.hibernated).toBe(false);
  });

  test('with a token goes on under what that grants', async () => {
    const world = new StreamWorld();
    const { client, id } = await enabled(world);
    const { session } = world;
    client.cut();
    const grant = { rooms: { hall: 'read' }, until: 1000 } as const;
    world.auth.offered = ['OAUTHBEARER', 'PLAIN'];
    world.auth.siteTokens.set('fresh', { ...session.identity, grant });
    const again = world.connect();
    const heard = await again.says(
      encodeOpen({ to: 'capulet.example' }),
      encodeAuthenticate({
        mechanism: 'OAUTHBEARER',
        initial: utf8(formatOAuthBearer({ token: 'fresh', authzid: undefined })),
        userAgent: undefined,
        inline: [resume(id)],
      }),
    );
    expect(successOf(heard).inline).toEqual([encodeSm({ kind: 'resumed', previd: id, h: 0 })]);
    expect(session.identity.grant).toEqual(grant);
    expect(world.events).toEqual([
      `bound ${session.jid}`,
      `resumed ${session.jid}`,
      `renewed ${session.jid}`,
    ]);
    again.cut();
    await world.connect().signIn({ inline: [resume(id)] });
    expect(session.identity.grant).toEqual(grant);
  });

  test('of another account is not found, and harms nobody', async () => {
    const world = new StreamWorld();
    const { client, id } = await enabled(world);
    const thief = world.connect();
    const { authorizationId, inline } = successOf(
      await thief.signIn({ user: 'nurse', password: 'angelica', inline: [resume(id)] }),
    );
    expect(authorizationId).toMatch(/^nurse@capulet\.example\//);
    expect(inline[0]).toEqual(encodeSm({ kind: 'failed', condition: 'item-not-found', h: undefined }));
    expect(client.closed).toBe(false);
    expect(world.events.some((event) => event.startsWith('ended') || event.startsWith('resumed'))).toBe(
      false,
    );
  });

  test('that is refused is followed by the binding asked for', async () => {
    const world = new StreamWorld();
    const { client, id } = await enabled(world);
    await client.says(el('presence', NS.client), el('presence', NS.client));
    client.cut();
    world.clock.advance(world.limits.resumeTimeout + 1000);
    expect(world.events.at(-1)).toMatch(/expired$/);
    const { inline } = successOf(await world.connect().signIn({ inline: [resume(id)] }));
    expect(inline[0]).toEqual(encodeSm({ kind: 'failed', condition: 'item-not-found', h: 2 }));
    expect(inline[1]?.name).toBe('bound');
    // The count is remembered for a while, and no longer.
    world.clock.advance(world.limits.resumeTimeout + 10_000);
    const late = successOf(await world.connect().signIn({ inline: [resume(id)] }));
    expect(late.inline[0]).toEqual(encodeSm({ kind: 'failed', condition: 'item-not-found', h: undefined }));
  });

  test('waits for what is not settled, so that nothing is said twice', async () => {
    const world = new StreamWorld();
    const { client, id } = await enabled(world);
    let commit = () => {};
    world.settle = () =>
      new Promise((resolve) => {
        commit = resolve;
      });
    await client.says(el('message', NS.client));
    client.cut();
    const next = world.connect();
    const before = await next.signIn({ inline: [resume(id)] });
    expect(before.map((element) => element.name)).toEqual(['open', 'features']);
    commit();
    const { inline } = successOf(await next.hears());
    expect(inline).toEqual([encodeSm({ kind: 'resumed', previd: id, h: 1 })]);
  });

  test('that takes until the account is signed out binds nothing in its place', async () => {
    const world = new StreamWorld();
    const { client, id } = await enabled(world);
    let commit = () => {};
    world.settle = () =>
      new Promise((resolve) => {
        commit = resolve;
      });
    await client.says(el('message', NS.client));
    client.cut();
    const next = world.connect();
    await next.signIn({ inline: [resume(id)] });
    world.streams.signOut(world.session.account);
    commit();
    const heard = await next.hears();
    expect(heard.map(decodeSasl2Success).filter(Boolean)).toEqual([]);
    expect(heard.map(decodeStreamError).find(Boolean)).toMatchObject({ condition: 'not-authorized' });
    expect(world.streams.stats().sessions).toBe(0);
  });

  test('by two at once: the last who asks gets it, the other binds', async () => {
    const world = new StreamWorld();
    const { client, id } = await enabled(world, { clientId: 'page' });
    let commit = () => {};
    world.settle = () =>
      new Promise((resolve) => {
        commit = resolve;
      });
    await client.says(el('message', NS.client));
    const [first, second] = [world.connect(), world.connect()];
    // Two pages of one client: what the first binds in its place must not end what the second has resumed.
    await first.signIn({ inline: [resume(id)], clientId: 'page' });
    await second.signIn({ inline: [resume(id)], clientId: 'page' });
    const [conflict] = await client.hears();
    expect(conflict && decodeStreamError(conflict)).toMatchObject({ condition: 'conflict' });
    commit();
    expect(successOf(await second.hears()).inline[0]?.name).toBe('resumed');
    expect(successOf(await first.hears()).inline.map(({ name }) => name)).toEqual(['failed', 'bound']);
    expect(world.events.filter((event) => event.startsWith('ended'))).toEqual([]);
  });

  test('by one who goes away meanwhile leaves the session to the next', async () => {
    const world = new StreamWorld();
    const { client, id } = await enabled(world);
    let commit = () => {};
    world.settle = () =>
      new Promise((resolve) => {
        commit = resolve;
      });
    await client.says(el('message', NS.client));
    const first = world.connect();
    await first.signIn({ inline: [resume(id)] });
    first.cut();
    commit();
    await first.hears();
    expect(world.session.hibernated).toBe(true);
    const { inline } = successOf(await world.connect().signIn({ inline: [resume(id)] }));
    expect(inline[0]).toMatchObject({ name: 'resumed' });
  });

  test('with a count that cannot be ends the stream and spares the session', async () => {
    const world = new StreamWorld();
    const { client, id } = await enabled(world);
    const heard = await world.connect().signIn({ inline: [resume(id, 5)] });
    const error = heard.map(decodeStreamError).find((found) => found);
    expect(error).toMatchObject({
      condition: 'undefined-condition',
      application: { name: 'handled-count-too-high', attrs: { h: '5', 'send-count': '0' } },
    });
    expect(client.closed).toBe(false);
  });

  test('in the classic way, and binding after it was refused', async () => {
    const world = new StreamWorld();
    const { client, id } = await enabled(world);
    client.cut();
    const next = await classic(world);
    expect(await next.says(resume('unknown'))).toEqual([
      encodeSm({ kind: 'failed', condition: 'item-not-found', h: undefined }),
    ]);
    expect(await next.says(resume(id))).toEqual([encodeSm({ kind: 'resumed', previd: id, h: 0 })]);
    expect(world.session.hibernated).toBe(false);
    const other = await classic(world);
    await other.says(resume('unknown'));
    expect((await other.says(bindIq()))[0]?.attrs.type).toBe('result');
  });

  test('of a session that cannot be resumed is refused', async () => {
    const world = new StreamWorld();
    const client = await world.client({ manage: 'yes' });
    expect(client.frames.join('')).toContain('<enabled xmlns="urn:xmpp:sm:3"/>');
    client.cut();
    expect(world.events.at(-1)).toMatch(/lost$/);
  });
});
