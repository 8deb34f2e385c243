import { SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import { MAX_COUNTED, MAX_OCCUPANTS } from '../bounds.js';
import type { Occupant } from '../chat.js';
import {
  beginOccupants,
  completeOccupants,
  countOf,
  listedOf,
  NO_OCCUPANTS,
  type OccupantChange,
  reduceOccupants,
  restoredOccupants,
  tellOccupants,
} from './occupants.js';

const who = (nick: string, more: Partial<Occupant> = {}): Occupant => ({
  nick,
  role: 'participant',
  affiliation: 'none',
  self: false,
  ...more,
});
const here = (nick: string, more?: Partial<Occupant>): OccupantChange => [nick, who(nick, more)];
const gone = (nick: string): OccupantChange => [nick, undefined];
const crowd = (count: number, prefix = 'n') =>
  Array.from({ length: count }, (_, index) => here(`${prefix}${index}`));

describe('occupants', () => {
  test('come, change and go', () => {
    const state = reduceOccupants(NO_OCCUPANTS, [
      here('a'),
      here('b'),
      here('a', { role: 'moderator' }),
      gone('b'),
    ]);
    expect([...listedOf(state).values()]).toEqual([who('a', { role: 'moderator' })]);
    expect(countOf(state)).toBe(1);
  });

  test('of a join are shown when it is complete; until then the list before stands', () => {
    const before = reduceOccupants(NO_OCCUPANTS, [here('a'), here('b')]);
    const joining = reduceOccupants(beginOccupants(before), [here('b'), here('c')]);
    expect([...listedOf(joining).keys()]).toEqual(['a', 'b']);
    const done = completeOccupants(joining);
    expect([...listedOf(done).keys()]).toEqual(['b', 'c']);
  });

  test('nicks that are names of the language are nicks like any other', () => {
    const state = reduceOccupants(NO_OCCUPANTS, [
      here('__proto__'),
      here('constructor'),
      gone('constructor'),
    ]);
    expect([...listedOf(state).keys()]).toEqual(['__proto__']);
  });

  test('are listed up to the bound and counted beyond', () => {
    const full = reduceOccupants(NO_OCCUPANTS, crowd(MAX_OCCUPANTS));
    expect([listedOf(full).size, countOf(full)]).toEqual([MAX_OCCUPANTS, MAX_OCCUPANTS]);
    const more = reduceOccupants(full, [here('x'), here('y'), here('x', { role: 'visitor' })]);
    expect([listedOf(more).size, countOf(more)]).toEqual([MAX_OCCUPANTS, MAX_OCCUPANTS + 2]);
    const fewer = reduceOccupants(more, [gone('x'), gone('n0')]);
    expect([listedOf(fewer).size, countOf(fewer)]).toEqual([MAX_OCCUPANTS - 1, MAX_OCCUPANTS]);
  });

  test('we are listed even in a full room', () => {
    const state = reduceOccupants(NO_OCCUPANTS, [...crowd(MAX_OCCUPANTS), here('me', { self: true })]);
    expect(listedOf(state).has('me')).toBe(true);
    expect([listedOf(state).size, countOf(state)]).toEqual([MAX_OCCUPANTS + 1, MAX_OCCUPANTS + 1]);
  });

  test('are counted, though no longer by name, beyond the second bound', () => {
    const state = reduceOccupants(NO_OCCUPANTS, crowd(MAX_OCCUPANTS + MAX_COUNTED + 1));
    expect(countOf(state)).toBe(MAX_OCCUPANTS + MAX_COUNTED + 1);
    expect(countOf(reduceOccupants(state, [gone('somebody')]))).toBe(MAX_OCCUPANTS + MAX_COUNTED);
  });

  test('go on from what was kept', () => {
    const state = restoredOccupants([who('a'), who('b')], 5);
    expect(countOf(state)).toBe(5);
    expect(countOf(reduceOccupants(state, [gone('a'), gone('unknown')]))).toBe(3);
  });

  test('that say the same again are no change', () => {
    const before = reduceOccupants(NO_OCCUPANTS, [here('a')]);
    expect(listedOf(reduceOccupants(before, [here('a')]))).toBe(listedOf(before));
    const [gone1, back] = [
      reduceOccupants(before, [gone('a')]),
      reduceOccupants(before, [gone('a'), here('a')]),
    ];
    expect([listedOf(gone1).size, listedOf(back).size]).toEqual([0, 1]);
  });

  test('end the same however a run of presences is cut', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const random = new SeededRandom(seed);
      const run = Array.from({ length: 60 }, (): OccupantChange => {
        const nick = `n${Math.floor(random.number() * 12)}`;
        if (random.number() < 0.4) return gone(nick);
        return here(nick, { role: random.number() < 0.5 ? 'visitor' : 'moderator' });
      });
      let cut = NO_OCCUPANTS;
      for (let at = 0; at < run.length; ) {
        const length = 1 + Math.floor(random.number() * 10);
        cut = reduceOccupants(cut, run.slice(at, at + length));
        at += length;
      }
      const whole = listedOf(reduceOccupants(NO_OCCUPANTS, run));
      expect(listedOf(cut)).toEqual(whole);
      // Presences of different people may come in any order.
      const byNick = new Map<string, OccupantChange[]>();
      for (const change of run) {
        const [nick] = change;
        byNick.set(nick, [...(byNick.get(nick) ?? []), change]);
      }
      const reordered = reduceOccupants(NO_OCCUPANTS, [...byNick.values()].reverse().flat());
      expect(listedOf(reordered)).toEqual(whole);
    }
  });
});

describe('how many there are in a large room', () => {
  const few = reduceOccupants(NO_OCCUPANTS, [here('a'), here('b')]);

  test('is what the room says where it shows some only, whoever comes and goes among them', () => {
    const told = tellOccupants(few, { count: 2841, shows: 'active' });
    expect(countOf(told)).toBe(2841);
    expect(listedOf(told)).toBe(listedOf(few));
    const after = reduceOccupants(told, [here('c'), gone('a')]);
    expect([countOf(after), [...listedOf(after).keys()]]).toEqual([2841, ['b', 'c']]);
    expect(tellOccupants(told, { count: 2841, shows: 'active' })).toBe(told);
  });

  test('is counted again when the room shows all', () => {
    const told = tellOccupants(few, { count: 2841, shows: 'count' });
    expect(countOf(tellOccupants(told, { count: 2, shows: 'all' }))).toBe(2);
  });

  test('is, after a join, what the room said in it, and counted where it said nothing', () => {
    const joining = beginOccupants(tellOccupants(few, { count: 2841, shows: 'count' }));
    expect(countOf(joining)).toBe(2841);
    const own = reduceOccupants(joining, [here('me', { self: true })]);
    expect(countOf(completeOccupants(own, { count: 3000, shows: 'count' }))).toBe(3000);
    expect(countOf(completeOccupants(own))).toBe(1);
  });
});
