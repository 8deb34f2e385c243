import { expect, test } from 'vitest';
import type { Session } from '../kernel/session.js';
import { createTestKernel } from '../testing/index.js';
import { credentials } from './credentials.js';

test('a session ends with the credential that it was signed in with', async () => {
  const kernel = await createTestKernel({ modules: [credentials] });
  const now = kernel.clock.now();
  const mira = kernel.bind('mira@localhost/a', 'user', { until: now + 60_000 });
  const joe = kernel.bind('joe@localhost/a');
  kernel.clock.advance(59_000);
  expect(mira.ended).toBeUndefined();
  kernel.clock.advance(1000);
  expect(mira.ended).toEqual({ why: 'credentials-expired', streamError: 'not-authorized' });
  expect(joe.ended).toBeUndefined();
  expect(kernel.stats()).toMatchObject({ 'credentials.limited': 0 });
});

test('a credential that takes its place in time keeps it', async () => {
  const kernel = await createTestKernel({ modules: [credentials] });
  const now = kernel.clock.now();
  const mira = kernel.bind('mira@localhost/a', 'user', { until: now + 60_000 });
  kernel.clock.advance(48_000);
  mira.renews({ grant: { until: now + 120_000 } });
  kernel.clock.advance(60_000);
  expect(mira.ended).toBeUndefined();
  mira.renews({ grant: {} });
  kernel.clock.advance(600_000);
  expect(mira.ended).toBeUndefined();
});

type AuthVerdict = Awaited<ReturnType<NonNullable<Session['identity']['holds']>>>;

/** A session whose credential is asked about; the test says what comes of it. */
async function watched(settings = {}) {
  const kernel = await createTestKernel({ modules: [credentials], settings: { credentials: settings } });
  const session = kernel.bind('mira@localhost/a');
  const good: AuthVerdict = { verdict: 'accepted', identity: session.identity };
  const site: { answer: AuthVerdict | Error; asked: number } = { answer: good, asked: 0 };
  session.renews({
    holds: async () => {
      site.asked++;
      if (site.answer instanceof Error) throw site.answer;
      return site.answer;
    },
  });
  const wait = async (ms: number) => {
    for (let waited = 0; waited < ms; waited += 1000) {
      kernel.clock.advance(1000);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  };
  return { kernel, session, site, good, wait };
}

test('who has signed out of the site is out within the time that is set', async () => {
  const { session, site, wait } = await watched();
  await wait(46_000);
  expect(session.ended).toBeUndefined();
  const { asked } = site;
  expect(asked).toBeGreaterThan(0);
  site.answer = { verdict: 'refused', reason: 'not-authorized' };
  await wait(46_000);
  expect(session.ended).toEqual({ why: 'credentials-expired', streamError: 'not-authorized' });
  const last = site.asked;
  await wait(100_000);
  expect(site.asked).toBe(last);
});

test('a cookie that belongs to somebody else by now ends the session', async () => {
  const { kernel, session, site, wait } = await watched();
  site.answer = { verdict: 'accepted', identity: kernel.bind('joe@localhost/a').identity };
  await wait(46_000);
  expect(session.ended).toBeDefined();
});

test('a site that cannot be asked ends nobody, until its grace is over', async () => {
  const { session, site, wait } = await watched({ grace: 120_000 });
  site.answer = new Error('no route');
  await wait(60_000);
  site.answer = { verdict: 'refused', reason: 'temporary-auth-failure' };
  await wait(59_000);
  expect(session.ended).toBeUndefined();
  await wait(46_000);
  expect(session.ended).toBeDefined();
});

test('no more are asked about at once than is set', async () => {
  const kernel = await createTestKernel({
    modules: [credentials],
    settings: { credentials: { atOnce: 2 } },
  });
  let asking = 0;
  for (const name of ['a', 'b', 'c']) {
    kernel.bind(`${name}@localhost/x`).renews({
      holds: () => {
        asking++;
        return new Promise(() => {});
      },
    });
  }
  kernel.clock.advance(100_000);
  expect(asking).toBe(2);
});

test('everybody is asked about in time, however many come before them', async () => {
  const kernel = await createTestKernel({
    modules: [credentials],
    settings: { credentials: { atOnce: 2, recheck: 45_000 } },
  });
  const names = Array.from({ length: 500 }, (_, n) => `u${n}`);
  const out = new Set<string>();
  const sessions = names.map((name) => {
    const session = kernel.bind(`${name}@localhost/x`);
    const good: AuthVerdict = { verdict: 'accepted', identity: session.identity };
    const holds = async (): Promise<AuthVerdict> =>
      out.has(name) ? { verdict: 'refused', reason: 'not-authorized' } : good;
    session.renews({ holds });
    return session;
  });
  const wait = async (seconds: number) => {
    for (let waited = 0; waited < seconds; waited++) {
      kernel.clock.advance(1000);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  };
  await wait(100);
  for (const name of names) out.add(name);
  await wait(46);
  expect(sessions.filter(({ ended }) => ended === undefined)).toEqual([]);
});
