import type { Occupant } from '@meerkat-chat/sdk';
import { mkMessage } from '@meerkat-chat/sdk/testing';
import { describe, expect, test } from 'vitest';
import { actsOn, speakerOf } from './moderation.js';

const person = (more: Partial<Occupant> = {}): Occupant => ({
  nick: 'Joe',
  role: 'participant',
  affiliation: 'none',
  self: false,
  ...more,
});
const me = (affiliation: Occupant['affiliation'], role: Occupant['role'] = 'moderator') =>
  person({ nick: 'Mira', affiliation, role, self: true });

describe('what may be done about somebody', () => {
  test.each([
    ['a participant by an owner', me('owner'), person(), ['mute', 'remove', 'ban']],
    ['a visitor by an admin', me('admin'), person({ role: 'visitor' }), ['unmute', 'remove', 'ban']],
    ['a participant by a moderator of the moment', me('none'), person(), ['mute', 'remove']],
    ['a member by a moderator of the moment', me('none'), person({ affiliation: 'member' }), []],
    ['a moderator by another', me('member'), person({ role: 'moderator' }), []],
    ['a moderator by an admin', me('admin'), person({ role: 'moderator' }), ['remove', 'ban']],
    ['an admin by an admin', me('admin'), person({ affiliation: 'admin', role: 'moderator' }), ['remove']],
    ['an owner by an admin', me('admin'), person({ affiliation: 'owner', role: 'moderator' }), []],
    [
      'an admin by an owner',
      me('owner'),
      person({ affiliation: 'admin', role: 'moderator' }),
      ['remove', 'ban'],
    ],
    ['oneself', me('owner'), me('owner'), []],
    ['anybody by a participant', me('owner', 'participant'), person(), []],
    ['anybody before one is in', undefined, person(), []],
    ['somebody who has gone', me('owner'), undefined, []],
  ])('%s', (_, self, other, acts) => {
    expect(actsOn(self, other)).toEqual(acts);
  });
});

test('a speaker is found under another name, and nobody else under theirs', () => {
  const renamed = person({ nick: 'Joseph', occupantId: 'joe' });
  const thief = person({ nick: 'Joe', occupantId: 'eve' });
  const occupants = new Map([renamed, thief].map((one) => [one.nick, one]));
  expect(speakerOf(mkMessage({ nick: 'Joe', occupantId: 'joe' }), occupants)).toBe(renamed);
  expect(speakerOf(mkMessage({ nick: 'Joe', occupantId: 'gone' }), occupants)).toBeUndefined();
  const { occupantId: _, ...unknown } = mkMessage({ nick: 'Joe' });
  expect(speakerOf(unknown, occupants)).toBe(thief);
});
