import { el, NS } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { SharedStanza } from '../kernel/shared-stanza.js';
import { Backlog } from './backlog.js';
import { HeldStanzas } from './held-stanzas.js';

const TO = Buffer.from('a@b/c');
const presence = (id: string) => SharedStanza.of(el('presence', NS.client, { id }));

function* source(ids: readonly string[], log: string[] = []): Generator<SharedStanza> {
  for (const id of ids) {
    log.push(id);
    yield presence(id);
  }
}

function drain(backlog: Backlog): (string | undefined)[] {
  const out: (string | undefined)[] = [];
  for (let next = backlog.next(); next !== undefined; next = backlog.next()) {
    out.push(typeof next === 'string' ? next : /id="(\w+)"/.exec(next.bytes(TO).toString())?.[1]);
  }
  return out;
}

test('sources and what came behind them leave in order', () => {
  const backlog = new Backlog(TO, new HeldStanzas());
  backlog.pushSource(source(['a', 'b']));
  backlog.push('<one/>');
  backlog.pushSource(source([]));
  backlog.pushSource(source(['c']));
  backlog.push(presence('d'));
  expect(drain(backlog)).toEqual(['a', 'b', '<one/>', 'c', 'd']);
  expect([backlog.isEmpty, backlog.bytes]).toEqual([true, 0]);
});

test('a source is asked for one stanza at a time, when it is wanted', () => {
  const log: string[] = [];
  const backlog = new Backlog(TO, new HeldStanzas());
  backlog.pushSource(source(['a', 'b'], log));
  expect(log).toEqual([]);
  backlog.next();
  expect(log).toEqual(['a']);
});

test('only what waits behind sources is counted and given back', () => {
  const held = new HeldStanzas();
  const backlog = new Backlog(TO, held);
  const shared = presence('c');
  backlog.pushSource(source(['a', 'b']));
  backlog.push('<ä/>');
  backlog.push(shared);
  expect(backlog.bytes).toBe(5 + shared.size(TO.length));
  expect(held.bytes).toBeGreaterThan(0);
  expect(backlog.clear()).toEqual(['<ä/>', shared]);
  expect([backlog.isEmpty, backlog.bytes, held.bytes]).toEqual([true, 0, 0]);
});

test('a source that throws is passed over from then on', () => {
  const backlog = new Backlog(TO, new HeldStanzas());
  backlog.pushSource(
    (function* (): Generator<SharedStanza> {
      yield presence('a');
      throw new Error('broken');
    })(),
  );
  backlog.push('<b/>');
  backlog.next();
  expect(() => backlog.next()).toThrow('broken');
  expect(drain(backlog)).toEqual(['<b/>']);
});

test('many stanzas leave nothing behind', () => {
  const held = new HeldStanzas();
  const backlog = new Backlog(TO, held);
  for (let round = 0; round < 1000; round++) {
    backlog.push(`<s${round}/>`);
    expect(backlog.next()).toBe(`<s${round}/>`);
  }
  expect([backlog.isEmpty, held.bytes]).toEqual([true, 0]);
});

test('behind a source that has nothing yet, everything waits', () => {
  const backlog = new Backlog(TO, new HeldStanzas());
  const arrived: SharedStanza[] = [];
  let over = false;
  backlog.pushSource({
    next: () =>
      over && arrived.length === 0 ? { done: true, value: undefined } : { value: arrived.shift() },
  });
  backlog.push('<one/>');
  expect(drain(backlog)).toEqual([]);
  arrived.push(presence('a'));
  expect(drain(backlog)).toEqual(['a']);
  expect(backlog.isEmpty).toBe(false);
  over = true;
  expect(drain(backlog)).toEqual(['<one/>']);
  expect(backlog.isEmpty).toBe(true);
});
