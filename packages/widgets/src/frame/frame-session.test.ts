import { expect, test } from 'vitest';
import { FrameSession, type SignedRoom } from './frame-session.js';

function scene(room: SignedRoom, token: string | null | Error, account?: string) {
  const log: string[] = [];
  const session = new FrameSession(
    room,
    {
      token: async () => {
        log.push('ask');
        if (token instanceof Error) throw token;
        return token;
      },
    },
    {
      begin: async (given) => {
        log.push(`begin ${given}`);
        return given === 'refused' ? undefined : `${given}@chat.example`;
      },
      end: async () => void log.push('end'),
    },
    account,
  );
  return { log, session };
}

test('whom the page has signed in gets a session, once', async () => {
  const room: SignedRoom = { auth: 'token' };
  const { log, session } = scene(room, 'mira');
  await session.online();
  await session.online();
  expect(log).toEqual(['ask', 'begin mira']);
  expect(room.auth).toBe('token');
  session.closed();
  expect(log.at(-1)).toBe('end');
  // Who signs in after that is kept as well.
  await session.online();
  expect(log.slice(2)).toEqual(['end', 'ask', 'begin mira']);
});

test('who comes with a session goes on with it while the page knows the same', async () => {
  const room: SignedRoom = { auth: 'cookie' };
  const { log, session } = scene(room, 'mira', 'mira@chat.example');
  await session.online();
  expect(log).toEqual(['ask', 'begin mira']);
  expect(room.auth).toBe('cookie');
});

test('of somebody else, or nobody, the session ends', async () => {
  const other: SignedRoom = { auth: 'cookie' };
  const joe = scene(other, 'joe', 'mira@chat.example');
  await joe.session.online();
  expect([joe.log, other.auth]).toEqual([['ask', 'begin joe', 'end'], 'token']);
  const room: SignedRoom = { auth: 'cookie' };
  const nobody = scene(room, null, 'mira@chat.example');
  await nobody.session.online();
  expect([nobody.log, room.auth]).toEqual([['ask', 'end'], 'token']);
});

test('a page that cannot say it now changes nothing', async () => {
  const room: SignedRoom = { auth: 'cookie' };
  const { log, session } = scene(room, new Error('down'), 'mira@chat.example');
  await session.online();
  expect([log, room.auth]).toEqual([['ask'], 'cookie']);
});

test('a session that the server takes no more gives way to the token', () => {
  const room: SignedRoom = { auth: 'cookie' };
  scene(room, 'mira').session.refused();
  expect(room.auth).toBe('token');
});
