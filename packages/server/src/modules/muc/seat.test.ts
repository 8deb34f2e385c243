import { parseBareJid, parseFullJid } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { Occupant } from './occupant.js';
import { Seat } from './seat.js';

function occupant(joined: number, activeSince = Number.POSITIVE_INFINITY): Occupant {
  const account = parseBareJid('a@b');
  if (account === undefined) throw new TypeError('this is an address');
  const made = new Occupant({
    account,
    id: '',
    nick: 'n',
    role: 'visitor',
    affiliation: 'none',
    payload: [],
    joinedAt: 0,
  });
  made.joined = joined;
  made.activeSince = activeSince;
  return made;
}

function seat(): Seat {
  const session = parseFullJid('a@b/c');
  if (session === undefined) throw new TypeError('this is an address');
  return new Seat(session, occupant(5));
}

test('nobody is shown at first', () => {
  expect(seat().shows(occupant(1, 2))).toBe(false);
});

test.each([
  ['all', { all: 4, active: 0 }, [true, true, false]],
  ['active', { all: 0, active: 4 }, [false, true, false]],
  ['count', { all: 0, active: 0 }, [false, false, false]],
] as const)('a burst under %s shows whom it reaches, once it has come to them', (_, reach, shown) => {
  const [quiet, active, later] = [occupant(1), occupant(2, 3), occupant(6, 7)];
  const viewer = seat();
  const burst = viewer.begin(reach, 5, false);
  expect([quiet, active, later].map((who) => viewer.shows(who))).toEqual([false, false, false]);
  expect([quiet, active, later].map((who) => viewer.wants(burst, who))).toEqual(shown);
  burst.cursor = 1;
  expect(viewer.shows(active)).toBe(false);
  viewer.finish(burst);
  expect([quiet, active, later].map((who) => viewer.shows(who))).toEqual(shown);
});

test('who comes in while a burst is under way is told behind it, at once', () => {
  const viewer = seat();
  const burst = viewer.begin({ all: 5, active: 0 }, 5, false);
  viewer.sawAll(6);
  expect(viewer.shows(occupant(6))).toBe(true);
  expect(viewer.shows(occupant(4))).toBe(false);
  viewer.finish(burst);
  expect(viewer.shows(occupant(4))).toBe(true);
});

test('who is taken out of a burst counts as shown, and is not shown by it', () => {
  const viewer = seat();
  const burst = viewer.begin({ all: 5, active: 0 }, 5, false);
  const renamed = occupant(2);
  viewer.takeOut(renamed);
  expect([viewer.shows(renamed), viewer.wants(burst, renamed)]).toEqual([true, false]);
});

test('a burst that shows again takes in those who were seen before, another leaves them out', () => {
  const viewer = seat();
  viewer.sawAll(3);
  const [seen, unseen] = [occupant(3), occupant(4)];
  const again = viewer.begin({ all: 0, active: 0 }, 5, true);
  expect([viewer.wants(again, seen), viewer.wants(again, unseen)]).toEqual([true, false]);
  viewer.finish(again);
  const wider = viewer.begin({ all: 5, active: 0 }, 5, false);
  expect([viewer.wants(wider, seen), viewer.wants(wider, unseen)]).toEqual([false, true]);
});
