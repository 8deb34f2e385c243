import { expect, test } from 'vitest';
import { BoshScene, said } from '../../testing/bosh-scene.js';
import { createTestServer } from '../../testing/test-server.js';

const AUTH =
  '<authenticate xmlns="urn:xmpp:sasl:2" mechanism="ANONYMOUS"><bind xmlns="urn:xmpp:bind:0">' +
  '<enable xmlns="urn:xmpp:sm:3" resume="true"/></bind></authenticate>';
const CLASSIC = '<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="ANONYMOUS">=</auth>';
const BIND =
  '<iq xmlns="jabber:client" id="b" type="set"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>';

/** A session of BOSH on the real streams, and what a test asks of it. */
async function guest() {
  const server = await createTestServer();
  const scene = new BoshScene({ clock: server.clock, accept: (link) => server.acceptLink(link) });
  return { scene, server };
}

/** Asks until a reply holds that, and gives it. */
async function until(scene: BoshScene, what: string, frames: readonly string[]): Promise<string> {
  let ask = await (await scene.ask(frames)).answered();
  for (let i = 0; i < 5 && !ask.reply?.includes(what); i++) ask = await (await scene.ask()).answered();
  expect(ask.reply).toContain(what);
  return ask.reply ?? '';
}

test('classic sign-in with everything in its first bodies', async () => {
  const { scene, server } = await guest();
  await (await scene.create()).answered();
  await until(scene, '<success', [CLASSIC]);
  const restart = await (await scene.ask([BIND], { restart: true, to: 'localhost' })).answered();
  expect(restart.frames).toContain('features');
  const bound = restart.frames.includes('iq') ? restart.reply : await until(scene, '<jid>', []);
  expect(bound).toMatch(/<jid>[^<]+@localhost\/[^<]+<\/jid>/);
  await server.stop();
});

test('a session that is lost is resumed over another: what came between is told, once', async () => {
  const { scene, server } = await guest();
  await server.addUser('romeo', 'orchard');
  const signIn = (inside: string) =>
    `<authenticate xmlns="urn:xmpp:sasl:2" mechanism="PLAIN"><initial-response>${Buffer.from(
      '\0romeo\0orchard',
    ).toString('base64')}</initial-response>${inside}</authenticate>`;
  await (await scene.create()).answered();
  const bind = '<bind xmlns="urn:xmpp:bind:0"><enable xmlns="urn:xmpp:sm:3" resume="true"/></bind>';
  const success = await until(scene, '<success', [signIn(bind)]);
  const jid = /<authorization-identifier>([^<]+)</.exec(success)?.[1] ?? '';
  const id = /<enabled[^>]* id="([^"]+)"/.exec(success)?.[1] ?? '';
  // It says something to itself, and is not there to hear it.
  const own = (text: string) => said(text).replace('<message', `<message to="${jid}" type="chat"`);
  const heard = await (await scene.ask([own('now')])).answered();
  expect(heard.frames.filter((frame) => frame === 'now')).toEqual(['now']);
  (await scene.ask([own('for later')])).leaves();
  server.clock.advance(75_000);
  expect([scene.manager.size, server.stats()['streams.sessions']]).toEqual([0, 1]);

  scene.rid = 5000;
  await (await scene.create()).answered();
  const resume = `<resume xmlns="urn:xmpp:sm:3" previd="${id}" h="1"/>`;
  const resumed = await until(scene, '<resumed', [signIn(resume)]);
  expect(resumed).toMatch(/<resumed [^>]*h="2"/);
  const rest = resumed.includes('for later') ? resumed : await until(scene, 'for later', []);
  expect([resumed, rest].join('')).not.toContain('>now<');
  expect(server.stats()['streams.sessions']).toBe(1);
  await server.stop();
});

test('silence is no reason to ask as long as requests come, nor is a pause', async () => {
  const { scene, server } = await guest();
  await (await scene.create()).answered();
  await until(scene, '<success', [AUTH]);
  const pause = await scene.ask([], { pause: 120 });
  expect(pause.frames).toEqual([]);
  server.clock.advance(119_000);
  const back = await scene.ask();
  expect([back.reply, scene.manager.size]).toEqual([undefined, 1]);
  for (let minute = 0; minute < 5; minute++) {
    const held = await scene.ask();
    server.clock.advance(56_000);
    expect(held.frames).toEqual([]);
  }
  await server.stop();
  expect(scene.manager.size).toBe(1);
  expect((await scene.ask()).body).toEqual({ type: 'terminate', condition: 'remote-stream-error' });
  expect(scene.manager.size).toBe(0);
});
