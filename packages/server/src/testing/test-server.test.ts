import type { Jid } from '@meerkat-chat/xmpp';
import { child, childText, el, is, messageEl, NS, presenceEl, requestEl } from '@meerkat-chat/xmpp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FrameClient } from './frame-client.js';
import { createTestServer, type TestServer } from './index.js';

class Frames extends FrameClient {
  jid = '';

  /** Signs in as a guest. */
  async arrive(): Promise<this> {
    this.jid = await this.signIn();
    return this;
  }

  async join(room: string, nick: string): Promise<void> {
    this.say(presenceEl({ to: `${room}@rooms.localhost/${nick}` as Jid }, el('x', NS.muc)));
    // The subject ends what a joiner is told (XEP-0045 section 7.2.15).
    await this.hears((e) => e.name === 'message' && child(e, 'subject') !== undefined);
  }
}

let server: TestServer;
beforeEach(async () => {
  server = await createTestServer();
});
afterEach(() => server.stop());

const say = (room: string, text: string) =>
  messageEl(
    { to: `${room}@rooms.localhost` as Jid, type: 'groupchat', id: text },
    el('body', NS.client, {}, text),
  );

describe('the line from frames to a room', () => {
  test('two guests join a room and read each other', async () => {
    const romeo = await new Frames(server).arrive();
    const juliet = await new Frames(server).arrive();
    await romeo.join('verona', 'Romeo');
    await juliet.join('verona', 'Juliet');
    romeo.say(say('verona', 'hark'));
    for (const reader of [romeo, juliet]) {
      const heard = await reader.hears((e) => childText(e, 'body') === 'hark');
      expect(heard.attrs).toMatchObject({
        from: 'verona@rooms.localhost/Romeo',
        type: 'groupchat',
        id: 'hark',
      });
    }
    juliet.say(say('verona', 'ay me'));
    const heard = await romeo.hears((e) => childText(e, 'body') === 'ay me');
    expect(heard.attrs.from).toBe('verona@rooms.localhost/Juliet');
  });

  test('a ping of the server is answered', async () => {
    const romeo = await new Frames(server).arrive();
    romeo.say(requestEl({ id: 'p', type: 'get', to: server.domain }, el('ping', NS.ping)));
    expect((await romeo.hears((e) => e.attrs.id === 'p')).attrs.type).toBe('result');
  });

  test('who pretends to be somebody else is thrown out', async () => {
    const romeo = await new Frames(server).arrive();
    romeo.say(messageEl({ from: 'juliet@localhost' as Jid, to: server.domain }));
    const error = await romeo.hears((e) => is(e, 'error', NS.streams));
    expect(child(error, 'invalid-from', NS.streamErrors)).toBeDefined();
    expect(server.stats()).toMatchObject({ 'router.sessions': 0 });
  });

  test('a server that stops tells everybody', async () => {
    const romeo = await new Frames(server).arrive();
    const stopped = server.stop();
    const error = await romeo.hears((e) => is(e, 'error', NS.streams));
    expect(child(error, 'system-shutdown', NS.streamErrors)).toBeDefined();
    await stopped;
    expect(server.stats()).toMatchObject({ 'streams.sessions': 0, 'router.sessions': 0, timers: 0 });
  });
});

describe('nothing is left', () => {
  const churn = async (times: number, leave: (client: Frames) => void) => {
    // One visit first, for what is made once and kept: the room itself.
    const visit = async () => {
      const client = await new Frames(server).arrive();
      await client.join('verona', 'visitor');
      const ended = new Promise((resolve) => client.link.onClose(resolve));
      leave(client);
      await ended;
      // Each makes the room anew, which one address may do ten times a minute.
      server.clock.advance(10_000);
    };
    await visit();
    server.clock.advance(3_600_000);
    const before = server.stats();
    for (let i = 0; i < times; i++) await visit();
    server.clock.advance(3_600_000);
    return { before, after: server.stats() };
  };

  test.each([
    ['leave in order', (client: Frames) => client.say(el('close', NS.framing))],
    ['vanish', (client: Frames) => client.link.cut()],
    ['send what is not XML', (client: Frames) => client.link.send('<<')],
  ])('of 500 who come, join a room and %s', async (_, leave) => {
    const { before, after } = await churn(500, leave);
    expect(after).toEqual(before);
  });

  test('of those who never sign in', async () => {
    const before = server.stats();
    const clients = Array.from({ length: 500 }, () => new Frames(server));
    await Promise.all(clients.map((client) => client.open()));
    expect(server.stats()['streams.streams']).toBe(500);
    server.clock.advance(3_600_000);
    await Promise.all(clients.map((client) => new Promise((resolve) => client.link.onClose(resolve))));
    expect(server.stats()).toEqual(before);
  });
});
