import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OtherSite } from '../e2e/support/other-site.js';
import { ServerProcess } from '../e2e/support/server-process.js';
import { addUser } from './support/add-user.js';
import { launchBrowser } from './support/browser.js';
import { StropheStranger } from './support/strophe-stranger.js';
import { XmppStranger } from './support/xmpp-stranger.js';

let browser: Browser;
let server: ServerProcess;
let site: OtherSite;
const ACCOUNT = { name: 'juliet', password: 'balcony at night' };

beforeAll(async () => {
  [browser, server, site] = await Promise.all([launchBrowser(), ServerProcess.start(), OtherSite.start()]);
  await addUser(server, ACCOUNT.name, ACCOUNT.password);
});

afterAll(async () => {
  await Promise.all([browser?.close(), server?.stop(), site?.stop()]);
});

/** Somebody in the room who talks on while the other is away, and sees who leaves. */
async function friendIn(room: string): Promise<XmppStranger> {
  const friend = await XmppStranger.arrive({ service: server.webSocketUrl });
  await friend.join(room, 'friend');
  return friend;
}

const TEXTS = ['one', 'two', 'three'];

test('xmpp.js loses its socket and resumes: nothing lost, nothing twice, nobody saw it leave', async () => {
  const room = 'lost-socket@rooms.localhost';
  const friend = await friendIn(room);
  const account = ACCOUNT;
  const one = await XmppStranger.arrive({ service: server.webSocketUrl, account });
  await one.join(room, 'one');
  const resumed = one.lose();
  for (const text of TEXTS) await friend.say(room, text);
  await resumed;
  await one.hears('three');
  await one.say(room, 'back');
  await Promise.all([one.hears('back'), friend.hears('back')]);
  expect(await one.heard()).toEqual([...TEXTS, 'back']);
  expect(await friend.departures(room, 'one')).toBe(0);
  await one.leave();
  await friend.leave();
});

test('strophe.js over WebSocket: the page reloads and resumes', async () => {
  const room = 'websocket-reload@rooms.localhost';
  const friend = await friendIn(room);
  const page = site.page('/ws', 'Somebody else');
  const one = await StropheStranger.arrive(browser, page, { service: server.webSocketUrl, account: ACCOUNT });
  await one.join(room, 'one');
  const { jid } = one;
  await one.reload();
  for (const text of TEXTS) await friend.say(room, text);
  await friend.hears('three');
  await one.signIn(ACCOUNT);
  expect(one.jid).toBe(jid);
  await one.hears('three');
  await one.say(room, 'back');
  await Promise.all([one.hears('back'), friend.hears('back')]);
  expect(await one.heard()).toEqual([...TEXTS, 'back']);
  expect(await friend.departures(room, 'one')).toBe(0);
  await one.leave();
  await friend.leave();
});

test.each([
  ['a guest', undefined],
  ['an account', ACCOUNT],
] as const)(
  'strophe.js over BOSH, %s: the page reloads and goes on with the next request',
  async (who, account) => {
    const room = `bosh-reload-${who.length}@rooms.localhost`;
    const friend = await friendIn(room);
    const page = site.page('/bosh', 'Somebody else');
    const arrival = { service: server.boshUrl, ...(account && { account }) };
    const one = await StropheStranger.arrive(browser, page, arrival);
    await one.join(room, 'one');
    const { jid } = one;
    await one.reload();
    for (const text of TEXTS) await friend.say(room, text);
    await friend.hears('three');
    await one.restore();
    expect(one.jid).toBe(jid);
    await one.hears('three');
    await one.say(room, 'back');
    await friend.hears('back');
    expect((await one.heard()).filter((text) => text !== 'back')).toEqual(TEXTS);
    expect(await friend.departures(room, 'one')).toBe(0);
    await one.leave();
    await friend.leave();
  },
);

test('a page on BOSH that is closed is gone for the others once its time is over', async () => {
  const short = await ServerProcess.start({ env: { MEERKAT_BOSH__INACTIVITY: '1000' } });
  try {
    const room = 'closed@rooms.localhost';
    const friend = await XmppStranger.arrive({ service: short.webSocketUrl });
    await friend.join(room, 'friend');
    const one = await StropheStranger.arrive(browser, site.page('/bosh', 'Somebody else'), {
      service: short.boshUrl,
    });
    await one.join(room, 'one');
    await one.vanish();
    expect(await friend.departures(room, 'one')).toBe(0);
    await friend.seesLeave(room, 'one');
    await friend.leave();
  } finally {
    await short.stop();
  }
});
