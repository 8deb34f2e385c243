import { expect, test } from 'vitest';
import { StreamWorld } from '../testing/stream-world.js';
import { MAX_REMEMBERED, ResumableSessions } from './resumable-sessions.js';
import { BoundSession } from './session.js';

async function session(user = 'juliet', password = 'r0m30') {
  const world = new StreamWorld();
  await world.client({ user, password });
  const found = world.session;
  if (!(found instanceof BoundSession)) throw new TypeError('not a session of ours');
  return found;
}

test('finds a session for its own account only', async () => {
  const sessions = new ResumableSessions(1000);
  const [juliet, nurse] = [await session(), await session('nurse', 'angelica')];
  sessions.add('id', juliet);
  expect(sessions.find('id', juliet.account)).toEqual({ found: 'session', session: juliet });
  expect(sessions.find('id', nurse.account)).toEqual({ found: 'nothing' });
  expect(sessions.find('other', juliet.account)).toEqual({ found: 'nothing' });
});

test('remembers for its own account how far a session had come, for a time', async () => {
  const sessions = new ResumableSessions(1000);
  const [juliet, nurse] = [await session(), await session('nurse', 'angelica')];
  sessions.add('id', juliet);
  juliet.receiveQuietly();
  sessions.remove('id', juliet, 5000);
  expect(sessions.find('id', juliet.account)).toEqual({ found: 'gone', h: 1 });
  expect(sessions.find('id', nurse.account)).toEqual({ found: 'nothing' });
  expect(sessions.prune(5999)).toBe(1);
  expect(sessions.prune(6000)).toBe(0);
  expect(sessions.find('id', juliet.account)).toEqual({ found: 'nothing' });
});

test('one session does not take away the id of another', async () => {
  const sessions = new ResumableSessions(1000);
  const [old, young] = [await session(), await session()];
  sessions.add('id', young);
  sessions.remove('id', old, 0);
  expect(sessions.find('id', young.account)).toMatchObject({ found: 'session' });
});

test('remembers a bounded number, the newest', async () => {
  const sessions = new ResumableSessions(1000);
  const juliet = await session();
  for (let n = 0; n <= MAX_REMEMBERED; n++) {
    sessions.add(`${n}`, juliet);
    sessions.remove(`${n}`, juliet, 0);
  }
  expect(sessions.remembered).toBe(MAX_REMEMBERED);
  expect(sessions.find('0', juliet.account).found).toBe('nothing');
  expect(sessions.find(`${MAX_REMEMBERED}`, juliet.account).found).toBe('gone');
});
