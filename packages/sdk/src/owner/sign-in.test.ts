import { encodeMucUser, parseDomainJid, presenceEl } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test, vi } from 'vitest';
import type { ChatAuth } from '../chat.js';
import { Owner } from './owner.js';
import { full, ScriptedSession } from './testing/scripted-session.js';

const MIRA: ChatAuth = { kind: 'password', username: 'mira', password: 'secret' };

const tick = async () => {
  await vi.dynamicImportSettled();
  await new Promise<void>((resolve) => setImmediate(resolve));
};

function setUp(nick = 'anna') {
  const guest = new ScriptedSession();
  const user = new ScriptedSession();
  const other = new ScriptedSession();
  const next = [user, other];
  const clock = new FakeClock();
  const done: ChatAuth[] = [];
  const owner = new Owner(
    guest,
    { clock, random: new SeededRandom() },
    {
      auth: { kind: 'guest', nick },
      historyLimit: 500,
      roomsHost: parseDomainJid('rooms.example'),
      roomsGuess: parseDomainJid('rooms.example') ?? expect.fail('no domain'),
      succession: { open: () => next.shift() ?? expect.unreachable(), done: (auth) => done.push(auth) },
    },
  );
  const chat = owner.open(() => {});
  guest.online();
  const room = chat.room('lobby');
  room.join();
  guest.hear(
    presenceEl(
      { from: full(`lobby@rooms.example/${nick}`) },
      encodeMucUser({ statuses: [110], item: { role: 'participant', affiliation: 'none' } }),
    ),
  );
  guest.takeSent();
  return { chat, clock, done, guest, other, owner, room, user };
}

test('the one who signs in comes when the guest has gone, and not before', async () => {
  const { chat, done, guest, room, user } = setUp();
  const signing = chat.signIn(MIRA);
  await tick();
  expect(user.calls).toEqual(['start']);
  expect(guest.takeSent()).toEqual([]);
  user.online(undefined, false);
  await tick();
  const [farewell] = guest.takeSent();
  expect(farewell?.attrs).toMatchObject({ to: 'lobby@rooms.example/anna', type: 'unavailable' });
  room.send('meanwhile');
  await tick();
  expect(user.takeSent()).toEqual([]);
  guest.requests.at(-1)?.refuse({ condition: 'service-unavailable', type: 'cancel' });
  await signing;
  const joins = user.takeSent().filter(({ attrs }) => attrs.to?.startsWith('lobby'));
  expect(joins.map(({ attrs }) => attrs.to)).toEqual(['lobby@rooms.example/mira']);
  expect(guest.calls).toContain('signOut');
  expect(guest.calls).not.toContain('abandon');
  expect(guest.listeners).toBe(0);
  expect(done).toEqual([MIRA]);
});

test('who signs in by a cookie goes by the name of the account', async () => {
  const { chat, guest, user } = setUp('visitor');
  const signing = chat.signIn({ kind: 'cookie' });
  await tick();
  user.online(undefined, false);
  await tick();
  guest.requests.at(-1)?.refuse({ condition: 'service-unavailable', type: 'cancel' });
  await signing;
  const joins = user.takeSent().filter(({ attrs }) => attrs.to?.startsWith('lobby'));
  expect(user.me.value?.account).toBe('anna@example');
  expect(joins.map(({ attrs }) => attrs.to)).toEqual(['lobby@rooms.example/anna']);
});

test('a guest’s link that does not answer is not waited for longer than a while', async () => {
  const { chat, clock, guest, user } = setUp();
  const signing = chat.signIn(MIRA);
  await tick();
  user.online(undefined, false);
  await tick();
  clock.advance(2_999);
  await tick();
  expect(guest.calls).not.toContain('abandon');
  clock.advance(1);
  await signing;
  expect(guest.calls).toEqual(['abandon', 'signOut']);
});

test('who cannot be signed in is signed out again, and the guest goes on', async () => {
  const { chat, guest, owner, user } = setUp();
  const signing = chat.signIn(MIRA);
  await tick();
  user.status.set({ state: 'connecting' });
  user.status.set({ state: 'refused', reason: 'not-authorized' });
  await expect(signing).rejects.toMatchObject({ name: 'SignInError', status: { reason: 'not-authorized' } });
  expect(user.calls).toEqual(['start', 'signOut']);
  expect(owner.session).toBe(guest);
  expect(guest.calls).toEqual([]);
});

test('of two who would take the guest’s place the first one does', async () => {
  const { chat, guest, other, owner, user } = setUp();
  const first = chat.signIn(MIRA);
  const second = chat.signIn({ kind: 'cookie' });
  await tick();
  user.online(undefined, false);
  await tick();
  other.online(undefined, false);
  await expect(second).rejects.toMatchObject({ name: 'SignInError' });
  expect(other.calls).toEqual(['start', 'signOut']);
  expect(owner.session).toBe(user);
  guest.requests.at(-1)?.refuse({ condition: 'service-unavailable', type: 'cancel' });
  await first;
  expect(user.calls).not.toContain('signOut');
});

test('only a guest signs in', async () => {
  const { chat, user } = setUp();
  const signing = chat.signIn(MIRA);
  await tick();
  user.online(undefined, false);
  await tick();
  await tick();
  const again = chat.signIn(MIRA);
  await expect(again).rejects.toThrow(TypeError);
  void signing;
});
