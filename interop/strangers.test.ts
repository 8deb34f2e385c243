import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OtherSite } from '../e2e/support/other-site.js';
import { ServerProcess } from '../e2e/support/server-process.js';
import { addUser } from './support/add-user.js';
import { launchBrowser } from './support/browser.js';
import { type Arrival, SignInError, type Stranger } from './support/stranger.js';
import { StropheStranger } from './support/strophe-stranger.js';
import { XmppStranger } from './support/xmpp-stranger.js';

let browser: Browser;
let server: ServerProcess;
let site: OtherSite;
const ROMEO = { name: 'romeo', password: 'pässword & "more"' };

beforeAll(async () => {
  [browser, server, site] = await Promise.all([launchBrowser(), ServerProcess.start(), OtherSite.start()]);
  await addUser(server, ROMEO.name, ROMEO.password);
});

afterAll(async () => {
  await Promise.all([browser?.close(), server?.stop(), site?.stop()]);
});

const strophe = (service: string, account?: Arrival['account']) =>
  StropheStranger.arrive(browser, site.page('/', 'Somebody else'), { service, ...(account && { account }) });
const CLIENTS: readonly (readonly [string, (account?: Arrival['account']) => Promise<Stranger>, string])[] = [
  ['strophe.js over WebSocket', (account) => strophe(server.webSocketUrl, account), 'SCRAM-SHA-256'],
  ['strophe.js over BOSH', (account) => strophe(server.boshUrl, account), 'SCRAM-SHA-256'],
  [
    'xmpp.js over WebSocket',
    (account) => XmppStranger.arrive({ service: server.webSocketUrl, ...(account && { account }) }),
    'SCRAM-SHA-1',
  ],
];

describe.each(CLIENTS)('%s', (name, arrive, scram) => {
  const room = `${name.replace(/\W+/g, '-').toLowerCase()}@rooms.localhost`;

  test.each([
    ['a guest', undefined, /^[^@]+@localhost\/./, 'ANONYMOUS'],
    ['an account', ROMEO, /^romeo@localhost\/./, scram],
  ] as const)('%s signs in, joins and chats', async (_, account, address, mechanism) => {
    const [one, other] = await Promise.all([
      arrive(account),
      XmppStranger.arrive({ service: server.webSocketUrl }),
    ]);
    expect(one.jid).toMatch(address);
    expect(await one.mechanism()).toBe(mechanism);
    await other.join(room, 'other');
    await one.join(room, 'one');
    await Promise.all([other.sees(room, 'one'), one.sees(room, 'other')]);
    await one.say(room, `from one, ${mechanism}`);
    await other.hears(`from one, ${mechanism}`);
    await other.say(room, `from other, ${mechanism}`);
    await one.hears(`from other, ${mechanism}`);
    await one.hears(`from one, ${mechanism}`);

    await one.tell(other.jid, 'between us');
    await other.hears('between us');
    await other.tell(one.jid, 'only us');
    await one.hears('only us');

    await one.leave();
    expect(await other.heard()).toEqual([...new Set(await other.heard())]);
    await other.leave();
  });

  test('a wrong password is refused, and the client understands it', async () => {
    await expect(arrive({ ...ROMEO, password: 'wrong' })).rejects.toThrow(SignInError);
  });
});
