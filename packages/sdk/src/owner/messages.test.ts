import { SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import { MAX_PENDING } from '../bounds.js';
import { type ArchivePageEvent, oldestArchiveId, takePage } from './archive-pages.js';
import {
  type Incoming,
  type Messages,
  type MessagesEvent,
  newestArchiveId,
  noMessages,
  reduceMessages,
  rowsOf,
  waitingCount,
} from './messages.js';

const said = (n: number, more: Partial<Incoming> = {}): Incoming => ({
  archiveId: `m${n}`,
  id: `id${n}`,
  nick: 'bob',
  own: false,
  at: n * 1_000,
  old: false,
  text: `line ${n}`,
  ...more,
});
const live = (message: Incoming): MessagesEvent => ({ kind: 'live', message });
const written = (key: string): MessagesEvent => ({ kind: 'write', key, text: key, nick: 'anna', at: 1 });
/** After what a room tells, and what its archive does. */
const take = (messages: Messages, event: ArchivePageEvent | MessagesEvent): Messages =>
  event.kind === 'older' || event.kind === 'after' || event.kind === 'newest'
    ? takePage(messages, event)
    : reduceMessages(messages, event);
const after = (events: readonly (ArchivePageEvent | MessagesEvent)[], start: Messages = noMessages(500)) =>
  events.reduce(take, start);
const texts = (messages: Messages) => rowsOf(messages).map(({ text }) => text);
const echo = (key: string, n: number): Incoming => said(n, { id: key, text: key, nick: 'anna', own: true });
const states = (messages: Messages) => messages.own.map(({ row, state }) => [row.key, state]);

describe('what is said', () => {
  test('stands in the order of its coming', () => {
    expect(texts(after([live(said(1)), live(said(2))]))).toEqual(['line 1', 'line 2']);
  });

  test('stands once, though it comes live, from a history and from the archive', () => {
    const messages = after([
      live(said(1)),
      live(said(2)),
      { kind: 'history', page: [said(1, { old: true }), said(2, { old: true })] },
      { kind: 'after', anchor: 'm1', page: [said(2, { old: true }), said(3, { old: true })] },
    ]);
    expect(texts(messages)).toEqual(['line 1', 'line 2', 'line 3']);
  });

  test('stands once for a guest who comes back as somebody else and reads their own words', () => {
    const mine = after([written('k1'), live(echo('k1', 1))]);
    const foreign = said(7, { id: 'k1', text: 'k1', nick: 'anna', own: false, old: true });
    expect(texts(after([{ kind: 'history', page: [foreign] }], mine))).toEqual(['k1']);
    // Somebody else's message under the same id, or one said just now, is another message.
    for (const other of [
      { ...foreign, nick: 'bob' },
      { ...foreign, old: false },
    ]) {
      const event: MessagesEvent = other.old ? { kind: 'history', page: [other] } : live(other);
      expect(texts(after([event], mine))).toHaveLength(2);
    }
  });

  test('of rooms without ids is known again by what was said when', () => {
    const bare = said(1, { archiveId: undefined, id: undefined });
    const again = { ...bare, old: true, at: bare.at - 3_000 };
    expect(texts(after([live(bare), { kind: 'history', page: [again] }]))).toHaveLength(1);
    // The same words said again are another message.
    expect(texts(after([live(bare), live({ ...bare, at: bare.at + 3_000 })]))).toHaveLength(2);
    expect(texts(after([live(bare), live(bare)]))).toHaveLength(2);
  });

  test('keys are never double', () => {
    const bare = said(1, { archiveId: undefined, id: undefined });
    const keys = rowsOf(after([live(bare), live(bare), live(bare)])).map(({ key }) => key);
    expect(new Set(keys).size).toBe(3);
  });

  test('a gap is filled between what was known before and what came since', () => {
    const messages = after([
      live(said(1)),
      live(said(5)),
      { kind: 'after', anchor: 'm1', page: [said(2), said(3)] },
      { kind: 'after', anchor: 'm3', page: [said(4), said(5)] },
    ]);
    expect(texts(messages)).toEqual(['line 1', 'line 2', 'line 3', 'line 4', 'line 5']);
  });

  test('where too much is missing, what stood before the gap goes', () => {
    const messages = after([
      live(said(1)),
      live(said(9)),
      { kind: 'newest', anchor: 'm1', page: [said(7), said(8), said(9)] },
    ]);
    expect(texts(messages)).toEqual(['line 7', 'line 8', 'line 9']);
  });

  test('older pages come before the oldest', () => {
    const messages = after([live(said(3)), { kind: 'older', page: [said(1), said(2)] }]);
    expect(texts(messages)).toEqual(['line 1', 'line 2', 'line 3']);
    expect([oldestArchiveId(messages), newestArchiveId(messages)]).toEqual(['m1', 'm3']);
  });

  test.each([
    ['that overlaps is laid over it', [1, 2, 3, 4], [1, 2, 3, 4]],
    ['without overlap comes after it', [4, 5], [2, 3, 4, 5]],
  ])('a history %s', (_, page, expected) => {
    const events = [
      live(said(2)),
      live(said(3)),
      { kind: 'history' as const, page: page.map((n) => said(n)) },
    ];
    expect(texts(after(events))).toEqual(expected.map((n) => `line ${n}`));
  });

  test.each([
    [500, 'line 1'],
    [501, 'line 2'],
  ])('after %i messages the oldest is "%s"', (count, oldest) => {
    const messages = after(Array.from({ length: count }, (_, index) => live(said(index + 1))));
    expect(rowsOf(messages)).toHaveLength(500);
    expect(texts(messages)[0]).toBe(oldest);
  });
});

describe('what is written here', () => {
  test('waits last, and takes its place with the echo, under the same key', () => {
    const waiting = after([written('mine'), live(said(1))]);
    expect(texts(waiting)).toEqual(['line 1', 'mine']);
    const done = after([live(said(2)), live(echo('mine', 3)), live(said(4))], waiting);
    expect(texts(done)).toEqual(['line 1', 'line 2', 'mine', 'line 4']);
    expect(rowsOf(done)[2]).toMatchObject({ key: 'mine', archiveId: 'm3', delivery: { state: 'delivered' } });
    expect(done.own).toEqual([]);
  });

  test('is not delivered by what others say under its id', () => {
    const messages = after([written('mine'), live(said(1, { id: 'mine' }))]);
    expect(messages.own).toHaveLength(1);
    expect(rowsOf(messages)).toHaveLength(2);
  });

  test('is unsure when the stream is lost after it was sent, and waits again when it did not arrive', () => {
    const lost = after([written('a'), written('b'), { kind: 'sent', key: 'a' }, { kind: 'lost' }]);
    expect(states(lost)).toEqual([
      ['a', 'unsure'],
      ['b', 'waiting'],
    ]);
    expect(states(after([{ kind: 'missing' }], lost))).toEqual([
      ['a', 'waiting'],
      ['b', 'waiting'],
    ]);
    const found = after([{ kind: 'after', anchor: 'none', page: [echo('a', 1)] }, { kind: 'missing' }], lost);
    expect(states(found)).toEqual([['b', 'waiting']]);
  });

  test('fails with a reason, is tried again, and can be forgotten', () => {
    const refuse = { kind: 'refused', key: 'a', reason: 'Too fast.', again: false } as const;
    const failed = after([written('a'), { kind: 'sent', key: 'a' }, refuse]);
    expect(rowsOf(failed)[0]?.delivery).toEqual({ state: 'failed', reason: 'Too fast.' });
    expect(rowsOf(after([{ kind: 'retry', key: 'a' }], failed))[0]?.delivery).toEqual({ state: 'pending' });
    expect(rowsOf(after([{ kind: 'discard', key: 'a' }], failed))).toEqual([]);
  });

  test('is not forgotten while it may still arrive', () => {
    expect(states(after([written('a'), { kind: 'discard', key: 'a' }]))).toEqual([['a', 'waiting']]);
  });

  test('the same key is written once', () => {
    expect(after([written('a'), written('a')]).own).toHaveLength(1);
    expect(texts(after([written('a'), live(echo('a', 1)), written('a')]))).toEqual(['a']);
  });

  test.each([
    [MAX_PENDING, 0],
    [MAX_PENDING + 1, 1],
  ])('of %i waiting messages %i fails', (count, failed) => {
    const messages = after(Array.from({ length: count }, (_, index) => written(`w${index}`)));
    expect(waitingCount(messages)).toBe(MAX_PENDING);
    expect(messages.own.filter(({ state }) => state === 'failed')).toHaveLength(failed);
  });

  test.each([
    [MAX_PENDING, MAX_PENDING],
    [MAX_PENDING + 1, MAX_PENDING],
  ])('of %i failed messages %i are kept', (count, kept) => {
    const events = Array.from({ length: count }, (_, index): MessagesEvent[] => [
      written(`w${index}`),
      { kind: 'refused', key: `w${index}`, reason: '', again: false },
    ]);
    expect(after(events.flat()).own).toHaveLength(kept);
  });
});

test('an archive told in any pages, live or not, ends the same', () => {
  const all = Array.from({ length: 40 }, (_, index) => said(index + 1));
  for (let seed = 1; seed <= 100; seed++) {
    const random = new SeededRandom(seed);
    // We hear the start, miss a while, and hear the rest live while pages fill the gap.
    const [missed, back] = [1 + Math.floor(random.number() * 15), 20 + Math.floor(random.number() * 15)];
    let messages = after(all.slice(0, missed).map(live));
    const lives = all.slice(back).map(live);
    let anchor = missed;
    while (anchor < all.length || lives.length > 0) {
      const next = lives[0];
      if (next && random.number() < 0.5) {
        messages = reduceMessages(messages, next);
        lives.shift();
        continue;
      }
      const told = all.length - lives.length;
      const page = all.slice(anchor, Math.min(told, anchor + 1 + Math.floor(random.number() * 8)));
      messages = takePage(messages, { kind: 'after', anchor: `m${anchor}`, page });
      anchor += page.length;
    }
    expect(messages.delivered.map(({ archiveId }) => archiveId)).toEqual(
      all.map(({ archiveId }) => archiveId),
    );
  }
});
