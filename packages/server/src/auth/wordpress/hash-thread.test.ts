import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { HashJob } from './hash-jobs.js';
import { HashThread, MAX_WAITING } from './hash-thread.js';

// A thread runs what is built, so it is built from what is here.
const PACKAGE = path.resolve(import.meta.dirname, '../../..');
const ENTRY = pathToFileURL(path.join(PACKAGE, 'dist/auth/wordpress/hash-worker.js'));
vi.setConfig({ testTimeout: 60_000 });
beforeAll(() => {
  const tsc = path.resolve(PACKAGE, '../../node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-b', 'tsconfig.src.json'], { cwd: PACKAGE, stdio: 'inherit' });
}, 120_000);

let thread: HashThread;
afterEach(() => thread.close());

const job = (typed: string): HashJob => ({
  typed,
  stored: '$P$BsaltSALTIIbh5hLEfiuG23MBBvFPc0',
  application: ['$generic$F6W18u0QEytvRVb59DemVWRxyTxU6vg_VK0s_f-h'],
  release: '6.8',
});

test('passwords are held against hashes, several at a time', async () => {
  thread = new HashThread(ENTRY);
  const typed = ['correct horse 1', 'wrong', 'abcd EFGH 1234 ijkl MNOP 5678'];
  expect(await Promise.all(typed.map((text) => thread.fits(job(text))))).toEqual([true, false, true]);
});

test('no more wait than may, and those who wait are told when the thread ends', async () => {
  thread = new HashThread(ENTRY);
  const waiting = Array.from({ length: MAX_WAITING }, () => thread.fits(job('wrong')));
  const ended = Promise.allSettled(waiting);
  await expect(thread.fits(job('wrong'))).rejects.toThrow('too many');
  await thread.close();
  const outcomes = (await ended).map(({ status }) => status);
  expect(outcomes).toContain('rejected');
  // And it begins anew with the next question.
  expect(await thread.fits(job('correct horse 1'))).toBe(true);
});
