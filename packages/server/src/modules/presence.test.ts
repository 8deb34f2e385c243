import { el, NS, type PresenceType, parseJid, presenceEl } from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { createTestKernel, type FakeSession } from '../testing/index.js';
import { presence } from './presence.js';

const heard = (session: FakeSession) =>
  session
    .takes()
    .map(
      ({ attrs }) =>
        `${attrs.type === 'unavailable' ? '-' : attrs.type === 'error' ? '!' : '+'}${attrs.from}`,
    );

async function start(settings = {}) {
  const kernel = await createTestKernel({ modules: [presence], settings: { presence: settings } });
  const show = (session: FakeSession, address?: string, type: PresenceType = 'available') => {
    const to = address === undefined ? undefined : parseJid(address);
    return session.sends(presenceEl({ ...(to && { to }), type }, el('show', NS.client, {}, 'chat')));
  };
  return { kernel, show };
}

describe('presence among the resources of an account', () => {
  test('each hears of the others: when they come, change and go', async () => {
    const { kernel, show } = await start();
    const a = kernel.bind('romeo@localhost/a');
    const b = kernel.bind('romeo@localhost/b');
    await show(a);
    expect([heard(a), heard(b)]).toEqual([[], []]);
    await show(b);
    expect([heard(a), heard(b)]).toEqual([['+romeo@localhost/b'], ['+romeo@localhost/a']]);
    await show(a);
    expect([heard(a), heard(b)]).toEqual([[], ['+romeo@localhost/a']]);
    a.end('lost');
    expect(heard(b)).toEqual(['-romeo@localhost/a']);
    b.end('lost');
    expect(kernel.stats()).toMatchObject({ 'presence.available': 0, 'presence.directed': 0 });
  });
});

describe('directed presence', () => {
  test('reaches whom it names, who hears once of the end', async () => {
    const { kernel, show } = await start();
    const romeo = kernel.bind('romeo@localhost/a');
    const juliet = kernel.bind('juliet@localhost/a');
    await show(romeo, 'juliet@localhost/a');
    expect(heard(juliet)).toEqual(['+romeo@localhost/a']);
    romeo.end('lost');
    expect(heard(juliet)).toEqual(['-romeo@localhost/a']);
    expect(kernel.stats()).toMatchObject({ 'presence.directed': 0 });
  });

  test('taken back, it is not taken back again', async () => {
    const { kernel, show } = await start();
    const romeo = kernel.bind('romeo@localhost/a');
    const juliet = kernel.bind('juliet@localhost/a');
    await show(romeo, 'juliet@localhost/a');
    await show(romeo, 'juliet@localhost/a', 'unavailable');
    romeo.end('lost');
    expect(heard(juliet)).toEqual(['+romeo@localhost/a', '-romeo@localhost/a']);
  });

  test('going unavailable tells those too', async () => {
    const { kernel, show } = await start();
    const romeo = kernel.bind('romeo@localhost/a');
    const juliet = kernel.bind('juliet@localhost/a');
    await show(romeo);
    await show(romeo, 'juliet@localhost/a');
    await show(romeo, undefined, 'unavailable');
    expect(heard(juliet)).toEqual(['+romeo@localhost/a', '-romeo@localhost/a']);
  });

  test('has a bound on its targets', async () => {
    const { kernel, show } = await start({ directedTargets: 2 });
    const romeo = kernel.bind('romeo@localhost/a');
    for (const name of ['a', 'b', 'a', 'c']) await show(romeo, `${name}@localhost/x`);
    expect(heard(romeo)).toEqual(['!c@localhost/x']);
  });
});
