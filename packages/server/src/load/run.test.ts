import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { type RunOptions, runScenario } from './run.js';
import { NOWHERE } from './testing/play.js';

const URLS = ['ws://127.0.0.1:1/', 'ws://127.0.0.1:2/'];

/** A run that is refused before anybody connects. */
async function refused(name: string, options: Partial<RunOptions>): Promise<unknown> {
  const clock = new FakeClock();
  const run = runScenario(
    name,
    { target: NOWHERE, users: 10, ...options },
    { clock, random: new SeededRandom(1) },
  );
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RangeError);
  expect(clock.pending).toBe(0);
  return error;
}

test('what makes no sense is refused before anybody connects', async () => {
  expect(String(await refused('nonsense', {}))).toContain('no scenario');
  expect(String(await refused('idle', { users: 1 }))).toContain('two users');
  expect(String(await refused('idle', { values: { seconds: 0 } }))).toContain('seconds');
  expect(String(await refused('idle', { target: { ...NOWHERE, url: [] } }))).toContain('a server');
  expect(String(await refused('idle', { target: { ...NOWHERE, url: ['ws://a/', 'xmpp://b/'] } }))).toContain(
    'same kind',
  );
});

test('who belongs together is not spread over servers that know nothing of each other', async () => {
  const target = { ...NOWHERE, url: URLS };
  expect(String(await refused('one-room', { target }))).toContain('belong together');
  expect(String(await refused('join-storm', { target }))).toContain('belong together');
  expect(String(await refused('many-rooms', { target, values: { roomSize: 10 } }))).toContain(
    'belong together',
  );
});
