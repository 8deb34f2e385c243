import { encodeMucUser, messageEl, presenceEl } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import type { ChatOptions } from './chat-options.js';
import { composeChat, type SharedChats } from './compose-chat.js';
import { full, ScriptedSession } from './owner/testing/scripted-session.js';

const tick = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

/** A page: its chats, and the sessions that were opened for them. */
function page(shared: SharedChats | undefined = new Map()) {
  const sessions: ScriptedSession[] = [];
  const env = { clock: new FakeClock(), random: new SeededRandom() };
  const openSession = () => {
    const session = new ScriptedSession();
    sessions.push(session);
    return session;
  };
  const make = (options: ChatOptions = {}) =>
    composeChat(options, { env, origin: 'https://page.example', openSession, shared });
  const only = () => {
    const [session, ...more] = sessions;
    if (!session || more.length > 0) throw new Error(`${sessions.length} sessions were opened`);
    return session;
  };
  return { sessions, make, only };
}

const here = (nick: string, ...statuses: number[]) =>
  presenceEl(
    { from: full(`lobby@rooms.example/${nick}`) },
    encodeMucUser({ statuses, item: { role: 'participant', affiliation: 'none' } }),
  );

/** Two chats of one page in the same room. */
async function both() {
  const world = page();
  const [one, two] = [world.make(), world.make()];
  const [ours, theirs] = [one.room('lobby'), two.room('lobby')];
  ours.join({ nick: 'me' });
  theirs.join();
  await tick();
  const session = world.only();
  session.online();
  session.hear(here('me', 110));
  await tick();
  session.takeSent();
  const left = () => session.takeSent().filter(({ attrs }) => attrs.type === 'unavailable').length;
  return { ...world, session, one, two, ours, theirs, left };
}

test.each<[string, ChatOptions, ChatOptions]>([
  ['nothing is said', {}, {}],
  ['the page is the server', {}, { server: 'https://page.example' }],
  ['guests have two nicks', { auth: { kind: 'guest', nick: 'Mira' } }, { auth: { kind: 'guest' } }],
  [
    'it is the same account',
    { auth: { kind: 'password', username: 'mira', password: 'a' } },
    { auth: { password: 'a', username: 'mira', kind: 'password' } },
  ],
])('chats of one page share a session where %s', (_, first, second) => {
  const { make, sessions } = page();
  make(first);
  make(second);
  expect(sessions).toHaveLength(1);
});

test.each<[string, ChatOptions]>([
  ['server', { server: 'https://other.example' }],
  ['endpoint', { websocket: 'wss://page.example/ws' }],
  ['account', { auth: { kind: 'password', username: 'mira', password: 'a' } }],
  ['length of history', { historyLimit: 50 }],
])('another %s is another session', (_, second) => {
  const { make, sessions } = page();
  make();
  make(second);
  expect(sessions).toHaveLength(2);
});

test('where there is no page, each chat is somebody of its own', () => {
  const { make, sessions } = page(undefined);
  const env = { clock: new FakeClock(), random: new SeededRandom() };
  const openSession = () => new ScriptedSession();
  const alone = [1, 2].map(() => composeChat({}, { env, origin: undefined, openSession }));
  expect(alone.map((chat) => chat.status.value.state)).toEqual(['idle', 'idle']);
  make();
  expect(sessions).toHaveLength(1);
});

test('who comes second knows what is known', async () => {
  const { session, make } = await both();
  session.hear(messageEl({ from: full('lobby@rooms.example/me'), type: 'groupchat', id: '1' }));
  const third = make();
  const room = third.room('lobby');
  await tick();
  expect(third.status.value.state).toBe('online');
  expect(room.status.value).toMatchObject({ state: 'joined', nick: 'me' });
});

test('a room is left when the last chat that joined it leaves', async () => {
  const { ours, theirs, left } = await both();
  ours.leave();
  await tick();
  expect(left()).toBe(0);
  expect(theirs.status.value.state).toBe('joined');
  theirs.leave();
  await tick();
  expect(left()).toBe(1);
  expect(ours.status.value.state).toBe('idle');
});

test('a chat that is closed holds no room', async () => {
  const { one, theirs, left } = await both();
  one.close();
  await tick();
  theirs.leave();
  await tick();
  expect(left()).toBe(1);
});

test('the last chat to be closed closes the session', async () => {
  const { session, one, two, make, sessions } = await both();
  one.close();
  await tick();
  expect(session.calls).toEqual([]);
  expect(two.status.value.state).toBe('online');
  two.close();
  expect(session.calls).toEqual(['suspend']);
  expect(session.listeners).toBe(0);
  make();
  expect(sessions).toHaveLength(2);
});

test('after signing out, the next chat is somebody new, whoever is still open', async () => {
  const { session, one, two, make, sessions } = await both();
  await one.signOut();
  session.status.set({ state: 'closed' });
  const next = make();
  expect(sessions).toHaveLength(2);
  two.close();
  one.close();
  make();
  expect(sessions, 'the next one is not forgotten with them').toHaveLength(2);
  next.close();
});

test('the nick that was said last is for rooms joined later', async () => {
  const { make, only } = page();
  make();
  const mira = make({ auth: { kind: 'guest', nick: 'Mira' } });
  mira.room('lobby').join();
  await tick();
  only().online();
  await tick();
  expect(only().takeSent().at(-1)?.attrs.to).toBe('lobby@rooms.example/Mira');
});
