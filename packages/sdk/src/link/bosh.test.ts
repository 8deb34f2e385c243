import { el, encodeClose, encodeOpen, NS, serialize, serializeFrame } from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import type { FetchLike } from '../platform.js';
import { FakePlatform } from '../session/testing/fake-platform.js';
import { idle } from '../session/testing/world.js';
import { BoshLink } from './bosh.js';
import type { BoshState } from './bosh-state.js';

interface Posted {
  readonly body: string;
  answer(text: string, status?: number): void;
  fail(): void;
}

const OPEN = serialize(encodeOpen({ to: 'server.example' }));
const CLOSE = serializeFrame(encodeClose());
const FEATURES = serializeFrame(el('features', NS.streams));
const body = (attrs: string, content = ''): string =>
  `<body xmlns="${NS.httpBind}" ${attrs}>${content}</body>`;
const CREATED = body(`sid="S" wait="60" requests="2" hold="1" from="server.example" authid="id1"`, FEATURES);
const STATE: BoshState = {
  sid: 'S',
  rid: 42,
  requests: 2,
  wait: 60,
  acks: false,
  unanswered: [],
  waiting: [],
};

/** A link whose requests are answered by hand. */
function scripted(saved?: BoshState) {
  const platform = new FakePlatform();
  const posts: Posted[] = [];
  const fetch: FetchLike = (_url, { body: text = '', signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      posts.push({
        body: text,
        answer: (reply, status = 200) => resolve({ status, text: async () => reply }),
        fail: () => reject(new TypeError('network')),
      });
    });
  platform.fetch = fetch;
  const link = new BoshLink(platform, 'https://chat.example/http-bind', false, saved);
  const heard: string[] = [];
  const ends: unknown[] = [];
  link.onText((text) => heard.push(text));
  link.onClose((end) => ends.push(end));
  return { platform, posts, link, heard, ends };
}

async function created() {
  const made = scripted();
  made.link.send(OPEN);
  await idle();
  made.posts[0]?.answer(CREATED);
  await idle();
  return made;
}

const ridOf = (post: Posted | undefined): number => Number(/ rid="(\d+)"/.exec(post?.body ?? '')?.[1]);

describe('frames', () => {
  test('<open/> makes a session and is answered, then a request is kept at the server', async () => {
    const { heard, posts } = await created();
    expect(posts[0]?.body).toMatch(/ ack="1" to="server.example".* wait="60" hold="1" ver="1.6"/);
    expect(posts[0]?.body).not.toContain('sid=');
    expect(heard).toEqual([serialize(encodeOpen({ from: 'server.example', id: 'id1' })), FEATURES]);
    expect(posts).toHaveLength(2);
    expect(posts[1]?.body).toMatch(/ sid="S"\/>$/);
    expect(ridOf(posts[1])).toBe(ridOf(posts[0]) + 1);
  });

  test('another <open/> restarts the stream', async () => {
    const { heard, link, posts } = await created();
    link.send(OPEN);
    await idle();
    expect(posts[2]?.body).toMatch(/ to="server.example" .*xmpp:restart="true"/);
    posts[1]?.answer(body(''));
    posts[2]?.answer(body('', FEATURES));
    await idle();
    expect(heard.slice(2)).toEqual([expect.stringContaining('<open '), FEATURES]);
  });

  test('frames of one turn travel in one request, and children come one by one with their namespace', async () => {
    const { heard, link, posts } = await created();
    link.send('<a xmlns="u"/>');
    link.send('<b xmlns="u"/>');
    await idle();
    expect(posts[2]?.body).toContain('><a xmlns="u"/><b xmlns="u"/></body>');
    posts[1]?.answer(body('', '<message><body>no namespace</body></message><r xmlns="urn:xmpp:sm:3"/>'));
    await idle();
    expect(heard.slice(2)).toEqual([
      '<message xmlns="jabber:client"><body>no namespace</body></message>',
      '<r xmlns="urn:xmpp:sm:3"/>',
    ]);
  });

  test('more than a server takes in one body travels in several, in order', async () => {
    const { link, posts } = await created();
    const frames = ['a', 'b', 'c', 'd'].map((id) =>
      serialize(el('message', NS.client, { id }, el('body', NS.client, {}, id.repeat(9_000)))),
    );
    for (const frame of frames) link.send(frame);
    await idle();
    // Two requests at a time, of which one is at the server already.
    expect(posts.slice(2).map((post) => post.body.match(/ id="\w"/g)?.join(''))).toEqual([' id="a" id="b"']);
    posts[1]?.answer(body(''));
    posts[2]?.answer(body(''));
    await idle();
    expect(posts.slice(3).map((post) => post.body.match(/ id="\w"/g)?.join(''))).toContain(' id="c" id="d"');
    link.send(
      serialize(el('message', NS.client, { id: 'e' }, el('body', NS.client, {}, 'e'.repeat(30_000)))),
    );
    link.send(CLOSE);
    await idle();
    expect(posts.at(-1)?.body).toMatch(/type="terminate".* id="e"/);
  });

  test('<close/> terminates, even when all requests are in use', async () => {
    const { ends, link, posts } = await created();
    link.send('<a xmlns="u"/>');
    await idle();
    link.send('<b xmlns="u"/>');
    link.send(CLOSE);
    await idle();
    expect(posts[3]?.body).toMatch(/ type="terminate"><b xmlns="u"\/><\/body>$/);
    for (const post of posts.slice(1)) post.answer(body(''));
    await idle();
    expect(ends).toEqual([{ clean: true }]);
  });
});

describe('requests', () => {
  test('never more than the server allows', async () => {
    const { link, posts } = await created();
    for (const name of ['a', 'b', 'c']) {
      link.send(`<${name} xmlns="u"/>`);
      await idle();
    }
    expect(posts).toHaveLength(3);
    posts[1]?.answer(body(''));
    await idle();
    expect(posts[3]?.body).toContain('<b xmlns="u"/><c xmlns="u"/>');
  });

  test('answers are heard in the order of their requests', async () => {
    const { heard, link, posts } = await created();
    link.send('<a xmlns="u"/>');
    await idle();
    posts[2]?.answer(body('', '<second xmlns="u"/>'));
    await idle();
    expect(heard).toHaveLength(2);
    posts[1]?.answer(body('', '<first xmlns="u"/>'));
    await idle();
    expect(heard.slice(2)).toEqual(['<first xmlns="u"/>', '<second xmlns="u"/>']);
  });

  test('one that fails is repeated byte for byte, and given up after six times', async () => {
    const { ends, platform, posts } = await created();
    for (let tries = 1; tries < 6; tries++) {
      posts.at(-1)?.fail();
      await idle();
      platform.clock.advance(5_000);
      await idle();
      expect(posts.at(-1)?.body).toBe(posts[1]?.body);
      expect(posts).toHaveLength(2 + tries);
    }
    posts.at(-1)?.answer('', 502);
    await idle();
    expect(ends).toEqual([{ clean: false, reason: 'HTTP 502' }]);
    expect(platform.clock.pending).toBe(0);
  });

  test('one that is not answered at all is repeated when the server should have let go of it', async () => {
    const { platform, posts } = await created();
    platform.clock.advance(69_999);
    await idle();
    expect(posts).toHaveLength(2);
    platform.clock.advance(1);
    await idle();
    platform.clock.advance(250);
    await idle();
    expect(posts[2]?.body).toBe(posts[1]?.body);
  });

  test('a recoverable error repeats the request', async () => {
    const { ends, heard, posts } = await created();
    posts[1]?.answer(body('type="error"'));
    await idle();
    expect(posts[2]?.body).toBe(posts[1]?.body);
    posts[2]?.answer(body('', '<a xmlns="u"/>'));
    await idle();
    expect([heard.at(-1), ends]).toEqual(['<a xmlns="u"/>', []]);
  });

  test('an answer that lags is acknowledged as such, where the server takes part', async () => {
    const { link, posts } = scripted();
    link.send(OPEN);
    await idle();
    posts[0]?.answer(CREATED.replace('sid="S"', 'sid="S" ack="1"'));
    await idle();
    link.send('<a xmlns="u"/>');
    await idle();
    expect(posts[2]?.body).toContain(` ack="${ridOf(posts[2]) - 2}"`);
  });
});

describe('ends', () => {
  test.each([
    ['terminated by the server', body('type="terminate" condition="item-not-found"'), 200, 'item-not-found'],
    ['something else at the URL', '<html></html>', 200, 'no BOSH at this URL'],
    ['nothing at the URL', '', 404, 'no BOSH at this URL'],
    ['not even XML', 'nonsense <', 200, 'no BOSH at this URL'],
  ])('%s', async (_, text, status, reason) => {
    const { ends, posts } = await created();
    posts[1]?.answer(text, status);
    await idle();
    expect(ends).toEqual([{ clean: false, reason }]);
  });

  test('a session that cannot be made is not insisted on', async () => {
    const { ends, link, platform, posts } = scripted();
    link.send(OPEN);
    await idle();
    posts[0]?.fail();
    await idle();
    expect(ends).toHaveLength(1);
    platform.clock.advance(60_000);
    expect(posts).toHaveLength(1);
  });

  test('letting go sends what waits and holds no connection', async () => {
    const { ends, link, platform, posts } = await created();
    link.send('<a xmlns="u"/>');
    link.close();
    await idle();
    expect(posts[2]?.body).toContain('<a xmlns="u"/>');
    posts[2]?.answer(body(''));
    await idle();
    expect([ends, posts.length, platform.clock.pending]).toEqual([[{ clean: true }], 3, 0]);
  });
});

describe('another page', () => {
  test('goes on with the next request', async () => {
    const { posts, link } = scripted(STATE);
    link.send('<a xmlns="u"/>');
    await idle();
    expect(posts.map((post) => post.body)).toEqual([
      `<body xmlns="${NS.httpBind}" rid="42" sid="S"><a xmlns="u"/></body>`,
    ]);
  });

  test('repeats what was not answered, and sends what waited', async () => {
    const first = await created();
    first.link.send('<a xmlns="u"/>');
    await idle();
    first.link.send('<b xmlns="u"/>');
    const state = first.link.suspend();
    await idle();
    expect(first.posts).toHaveLength(3);
    expect(state?.unanswered.map((request) => request.body)).toEqual(first.posts.slice(1).map((p) => p.body));

    const second = scripted(JSON.parse(JSON.stringify(state)));
    await idle();
    expect(second.posts.map((post) => post.body)).toEqual(first.posts.slice(1).map((post) => post.body));
    second.posts[0]?.answer(body('', '<c xmlns="u"/>'));
    await idle();
    expect(second.heard).toEqual(['<c xmlns="u"/>']);
    expect(second.posts[2]?.body).toContain('<b xmlns="u"/>');
  });

  test('there is nothing to go on with before a session, or after its end', async () => {
    expect(scripted().link.suspend()).toBeUndefined();
    const { link, posts } = await created();
    posts[1]?.answer(body('type="terminate"'));
    await idle();
    expect(link.suspend()).toBeUndefined();
  });
});

test('what waits is bounded', async () => {
  const { ends, link } = scripted();
  for (let sent = 0; sent < 10_000; sent++) link.send(serialize(el('a', 'u')));
  expect(ends).toEqual([]);
  link.send(serialize(el('a', 'u')));
  expect(ends).toEqual([{ clean: false, reason: 'queue is full' }]);
});
