import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test, vi } from 'vitest';
import { MessageLog } from './message-log.js';

function setUp(limit = 10, kept?: ConstructorParameters<typeof MessageLog>[1]) {
  const [touch, said] = [vi.fn(), vi.fn()];
  const env = { clock: new FakeClock(), random: new SeededRandom() };
  const log = new MessageLog({ env, limit, touch, said }, kept);
  const sent: string[] = [];
  const flush = () => log.flush(({ key }) => sent.push(key));
  const live = (id: string) =>
    log.reduce({
      kind: 'live',
      message: { id, archiveId: id, nick: 'bob', own: false, at: 1, old: false, text: id },
    });
  return { log, touch, said, sent, flush, live };
}

test('what is written is shown and told as news, and what is adopted is shown only', () => {
  const { log, touch, said } = setUp();
  log.write('k1', 'one', 'anna');
  log.adopt('k0', 'zero', 'anna');
  log.adopt('k1', 'again', 'anna');
  expect(log.rows.map(({ key, text, nick }) => [key, text, nick])).toEqual([
    ['k1', 'one', 'anna'],
    ['k0', 'zero', 'anna'],
  ]);
  expect(said.mock.calls).toEqual([['k1']]);
  expect([log.waiting, touch.mock.calls.length > 0]).toEqual([2, true]);
});

test('what waits is sent once, in order, and nothing overtakes what is in doubt', () => {
  const { log, sent, flush } = setUp();
  for (const key of ['k1', 'k2']) log.write(key, key, 'anna');
  flush();
  flush();
  expect(sent.splice(0)).toEqual(['k1', 'k2']);
  log.lost();
  log.write('k3', 'k3', 'anna');
  flush();
  expect(sent).toEqual([]);
  log.reduce({ kind: 'missing' });
  flush();
  expect(sent).toEqual(['k1', 'k2', 'k3']);
});

test('a loss ends the loading of older messages; what is known stays', () => {
  const { log, live } = setUp();
  live('a');
  log.older = 'loading';
  log.lost();
  expect([log.older, log.rows.length, log.newest]).toEqual(['maybe', 1, 'a']);
});

test('the next page has the last rows, and all that is on its way', () => {
  const { log, live } = setUp(60);
  for (let n = 0; n < 55; n++) live(`${n}`);
  log.write('k', 'mine', 'anna');
  const kept = log.keep();
  expect([kept.rows.length, kept.rows[0]?.text]).toEqual([50, '5']);
  const next = setUp(60, kept);
  expect(next.log.rows.map(({ text }) => text)).toEqual([...kept.rows.map(({ text }) => text), 'mine']);
  expect(setUp(20, kept).log.rows).toHaveLength(20);
});

test('is full at its limit', () => {
  const { log, live } = setUp(2);
  live('a');
  expect(log.full).toBe(false);
  live('b');
  expect(log.full).toBe(true);
  log.clear();
  expect([log.rows, log.full]).toEqual([[], false]);
});
