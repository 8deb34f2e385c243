import type { Chat, ChatAuth, Room } from '@meerkat-chat/sdk';
import { TestBrowser } from '@meerkat-chat/sdk/testing';
import { Cookies, createTestServer, type TestServer } from '@meerkat-chat/server/testing';
import { linkPair, type PairedLink, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { until } from './until.js';

const HOUR = 3_600_000;
/** How long tokens are good that are to be renewed: time passes second by second, as it does for a page that is awake. */
const LIFE = 300_000;

let server: TestServer;
const chats: Chat[] = [];
/** The browser's ends of all links so far. */
let links: PairedLink[] = [];
/** The cookies that the browser sends along. */
let cookie: string | undefined;

beforeEach(async () => {
  server = await createTestServer();
  links = [];
  cookie = undefined;
});
afterEach(async () => {
  for (const chat of chats.splice(0)) chat.close();
  await server.stop();
});

function browser(seed = 1): TestBrowser {
  return new TestBrowser({
    env: { clock: server.clock, random: new SeededRandom(seed) },
    subtle: crypto.subtle,
    open() {
      const [mine, theirs] = linkPair({ auto: true });
      links.push(mine);
      server.accept(theirs, cookie === undefined ? {} : { cookies: new Cookies(cookie) });
      return mine;
    },
  });
}

function open(page: TestBrowser, auth: ChatAuth): Chat {
  const chat = page.open({ server: 'http://localhost', auth });
  chats.push(chat);
  chat.start();
  return chat;
}

const online = (chat: Chat) => until(chat.status, ({ state }) => state === 'online');
const refused = (chat: Chat) => until(chat.status, ({ state }) => state === 'refused');

async function join(chat: Chat, name = 'hall'): Promise<Room> {
  const room = chat.room(name);
  room.join();
  await until(room.status, ({ state }) => state === 'joined');
  return room;
}

/** Lets time pass, and everything happen that is due meanwhile. */
async function pass(time: number, step = 1000): Promise<void> {
  for (let left = time; left > 0; left -= step) {
    server.clock.advance(Math.min(step, left));
    await vi.dynamicImportSettled();
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

describe('by a token', () => {
  test('somebody is here who they are at the site, under the name that the site has', async () => {
    const token = await server.siteToken('Mira', { name: 'Mira Kim' });
    const chat = open(browser(), { kind: 'token', token });
    await online(chat);
    expect(chat.me.value).toMatchObject({ account: 'mira@localhost', guest: false });
    const room = await join(chat);
    expect(room.status.value).toMatchObject({ nick: 'Mira Kim' });
  });

  test('a reload goes on with the session, and asks for nothing', async () => {
    const page = browser();
    const getToken = vi.fn(() => server.siteToken('mira'));
    const auth = { kind: 'token', token: await getToken(), getToken } as const;
    const before = open(page, auth);
    await online(before);
    await join(before);
    const after = open(page, auth);
    await online(after);
    expect(after.status.value).toMatchObject({ resumed: true });
    expect(getToken).toHaveBeenCalledTimes(1);
  });

  test('the next visitor of the same browser is somebody else', async () => {
    const page = browser();
    const mira = open(page, { kind: 'token', token: await server.siteToken('mira') });
    await online(mira);
    await join(mira);
    const joe = open(page, { kind: 'token', token: await server.siteToken('joe') });
    await online(joe);
    expect(joe.me.value?.account).toBe('joe@localhost');
    expect(joe.status.value).toMatchObject({ resumed: false });
  });

  test('it is renewed before it ends: nobody sees anything, and nothing is lost', async () => {
    const getToken = vi.fn(() => server.siteToken('mira', { life: LIFE }));
    const chat = open(browser(), { kind: 'token', token: await getToken(), getToken });
    await online(chat);
    const room = await join(chat);
    const other = open(browser(2), { kind: 'guest' });
    await online(other);
    const watched = await join(other);
    const states: string[] = [];
    chat.status.subscribe(({ state }) => states.push(state));
    const presences: unknown[] = [];
    watched.occupants.subscribe((all) => presences.push([...all.keys()]));
    const texts: string[] = [];
    for (let half = 0; half < 6; half++) {
      texts.push(`${half}`);
      room.send(`${half}`);
      await pass(LIFE / 2);
    }
    await until(watched.messages, (rows) => rows.length === texts.length);
    expect(watched.messages.value.map(({ text }) => text)).toEqual(texts);
    expect(getToken.mock.calls.length).toBeGreaterThanOrEqual(3);
    expect(states.filter((state) => state !== 'online')).toEqual([]);
    expect(presences).toEqual([]);
    expect(chat.status.value).toMatchObject({ state: 'online' });
  });

  test('a back end that cannot be reached is asked again, and who is signed in stays so meanwhile', async () => {
    let up = true;
    const getToken = vi.fn(async () => {
      if (!up) throw new TypeError('fetch failed');
      return server.siteToken('mira', { life: LIFE });
    });
    const chat = open(browser(), { kind: 'token', token: await getToken(), getToken });
    await online(chat);
    up = false;
    await pass(LIFE * 0.95);
    expect(chat.status.value.state).toBe('online');
    expect(getToken.mock.calls.length).toBeGreaterThan(2);
    up = true;
    await pass(LIFE / 2);
    expect(chat.status.value.state).toBe('online');
  });

  test('one that has ended before the page came is replaced, and one that is refused as well', async () => {
    const getToken = vi.fn(() => server.siteToken('mira'));
    const old = await server.siteToken('mira', { life: 60_000 });
    server.clock.advance(120_000);
    const chat = open(browser(), { kind: 'token', token: old, getToken });
    await online(chat);
    expect(getToken).toHaveBeenCalledTimes(1);
    const forged = `${(await server.siteToken('joe')).slice(0, -4)}AAAA`;
    const joe = open(browser(2), { kind: 'token', token: forged, getToken: () => server.siteToken('joe') });
    await online(joe);
    expect(joe.me.value?.account).toBe('joe@localhost');
  });

  test('without a way to another one the chat says that it is refused', async () => {
    const forged = `${(await server.siteToken('mira')).slice(0, -4)}AAAA`;
    const chat = open(browser(), { kind: 'token', token: forged });
    expect(await refused(chat)).toMatchObject({ reason: 'not-authorized' });
    const twice = open(browser(2), { kind: 'token', token: forged, getToken: async () => forged });
    expect(await refused(twice)).toMatchObject({ reason: 'not-authorized' });
  });

  test('after a long sleep it goes on with a new one', async () => {
    const getToken = vi.fn(() => server.siteToken('mira', { life: HOUR }));
    const chat = open(browser(), { kind: 'token', token: await getToken(), getToken });
    await online(chat);
    const room = await join(chat);
    for (const link of links) link.cut();
    server.clock.advance(8 * HOUR);
    await pass(60_000);
    await online(chat);
    room.send('back');
    await until(room.messages, (rows) => rows.some(({ delivery }) => delivery.state === 'delivered'));
  });
});

describe('by a cookie', () => {
  const signedIn = async (user: string) => `theme=dark; chat=${await server.siteToken(user)}`;

  test('who is signed in to the site is signed in here; script has not seen how', async () => {
    cookie = await signedIn('mira');
    const chat = open(browser(), { kind: 'cookie' });
    await online(chat);
    expect(chat.me.value).toMatchObject({ account: 'mira@localhost', guest: false });
  });

  test('others see the name and the picture that the site has; namesakes are told apart', async () => {
    const about = { name: 'Mira Kim', picture: 'https://shop.example/mira.png' };
    const other = open(browser(9), { kind: 'guest' });
    await online(other);
    const watched = await join(other);
    cookie = `chat=${await server.siteToken('mira', about)}`;
    const mira = open(browser(), { kind: 'cookie' });
    await online(mira);
    const room = await join(mira);
    expect(room.status.value).toMatchObject({ nick: 'Mira Kim' });
    room.send('hello');
    const [said] = await until(watched.messages, (rows) => rows.length > 0);
    expect(said).toMatchObject({ nick: 'Mira Kim', avatar: about.picture });
    await pass(1000);
    expect(watched.occupants.value.get('Mira Kim')?.avatar).toBe(about.picture);
    cookie = `chat=${await server.siteToken('mira2', about)}`;
    const namesake = open(browser(2), { kind: 'cookie' });
    await online(namesake);
    expect((await join(namesake)).status.value).toMatchObject({ nick: 'Mira Kim 2' });
  });

  test('without a cookie it is said that nobody is signed in', async () => {
    const chat = open(browser(), { kind: 'cookie' });
    expect(await refused(chat)).toMatchObject({ reason: 'not-authorized' });
  });

  test('a reload goes on with the session where the page says whose it is, and leaves nothing behind else', async () => {
    cookie = await signedIn('mira');
    const known = browser();
    await online(open(known, { kind: 'cookie', user: 'mira' }));
    const again = open(known, { kind: 'cookie', user: 'mira' });
    await online(again);
    expect(again.status.value).toMatchObject({ resumed: true });
    const unknown = browser(2);
    await online(open(unknown, { kind: 'cookie' }));
    cookie = await signedIn('joe');
    const next = open(unknown, { kind: 'cookie' });
    await online(next);
    expect(next.status.value).toMatchObject({ resumed: false });
    expect(next.me.value?.account).toBe('joe@localhost');
  });
});
