import { el, encodeMucUser, messageEl, NS, presenceEl, serialize } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import type { ChatEvents } from '../chat.js';
import type { Conversations } from './conversations.js';
import { Direct } from './direct.js';
import { bare, full } from './testing/scripted-session.js';

const BOB = full('bob@example/phone');
const chat = (text: string) => messageEl({ from: BOB, type: 'chat' }, el('body', NS.client, {}, text));
const tick = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

function setUp({ kept, failures = 0 }: { kept?: unknown; failures?: number } = {}) {
  const sent: string[] = [];
  const calls: string[] = [];
  const presences: ChatEvents['presence'][] = [];
  const clock = new FakeClock();
  let left = failures;
  const conversations = {
    located: ({ account }) => calls.push(`located ${account}`),
    hear: (stanza) => calls.push(`hear ${stanza.children.length}`),
    fresh: (unacknowledged) => calls.push(`fresh ${unacknowledged.length}`),
    keep: () => 'kept now',
    close: () => calls.push('close'),
  } satisfies Partial<Conversations> as unknown as Conversations;
  const direct = new Direct({
    env: { clock, random: new SeededRandom() },
    send: (stanza) => sent.push(serialize(stanza)),
    tell: (_, event) => presences.push(event as ChatEvents['presence']),
    load: async (before) => {
      calls.push(`load ${String(before)}`);
      if (left-- > 0) throw new Error('the network is gone');
      return conversations;
    },
  });
  direct.restore(kept);
  const me = { jid: full('anna@example/page'), account: bare('anna@example'), guest: true };
  return { sent, calls, presences, clock, direct, me };
}

describe('the way to the conversations', () => {
  test('is not gone by a page that has none', async () => {
    const { direct, calls, sent, me } = setUp();
    direct.located(me);
    direct.fresh([presenceEl({})]);
    await tick();
    expect([calls, sent]).toEqual([[], ['<presence xmlns="jabber:client"/>']]);
  });

  test('is gone for the first message, and what comes meanwhile keeps its order', async () => {
    const { direct, calls, me } = setUp();
    direct.located(me);
    direct.hear(chat('1'));
    direct.hear(messageEl({ from: BOB }));
    await tick();
    direct.hear(chat('2'));
    expect(calls).toEqual(['load undefined', 'located anna@example', 'hear 1', 'hear 0', 'hear 1']);
  });

  test('is gone where the page before kept something, or something was not confirmed', async () => {
    const before = setUp({ kept: 'k' });
    expect(before.direct.keep()).toBe('k');
    before.direct.located(before.me);
    await tick();
    expect([before.calls, before.direct.keep()]).toEqual([['load k', 'located anna@example'], 'kept now']);
    const lost = setUp();
    lost.direct.fresh([chat('1')]);
    await tick();
    expect(lost.calls).toEqual(['load undefined', 'fresh 1']);
  });

  test('is tried again, and nothing that waits is dropped', async () => {
    const { direct, calls, clock, me } = setUp({ failures: 1 });
    direct.located(me);
    direct.hear(chat('1'));
    await tick();
    expect(calls).toEqual(['load undefined']);
    clock.advance(5_000);
    await tick();
    expect(calls).toEqual(['load undefined', 'load undefined', 'located anna@example', 'hear 1']);
  });

  test('holds no more than a thousand messages', async () => {
    const { direct, calls, clock } = setUp({ failures: 1 });
    for (let count = 0; count < 1_001; count++) direct.hear(chat('1'));
    await tick();
    clock.advance(5_000);
    await tick();
    expect(calls.filter((call) => call === 'hear 1')).toHaveLength(1_000);
  });

  test('leaves nothing running', async () => {
    const { direct, clock } = setUp({ failures: 1 });
    direct.hear(chat('1'));
    await tick();
    direct.close();
    expect(clock.pending).toBe(0);
  });
});

describe('presences of people', () => {
  test('are told, those of rooms and of accounts are not', () => {
    const { direct, presences } = setUp();
    direct.hear(presenceEl({ from: BOB }, el('show', NS.client, {}, 'away')));
    direct.hear(presenceEl({ from: BOB, type: 'unavailable' }, el('status', NS.client, {}, 'gone')));
    direct.hear(presenceEl({ from: bare('bob@example') }));
    direct.hear(presenceEl({ from: BOB, type: 'subscribe' }));
    direct.hear(
      presenceEl({ from: BOB }, encodeMucUser({ statuses: [], item: { role: 'none', affiliation: 'none' } })),
    );
    expect(presences).toEqual([
      { from: BOB, available: true, show: 'away' },
      { from: BOB, available: false, status: 'gone' },
    ]);
  });
});
