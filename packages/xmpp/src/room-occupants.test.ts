import { expect, test } from 'vitest';
import { NS } from './ns.js';
import { decodeRoomOccupants, encodeRoomOccupants, PRESENCE_POLICIES } from './room-occupants.js';
import { el } from './xml/element.js';

const told = (attrs: Readonly<Record<string, string>>) =>
  decodeRoomOccupants(el('message', NS.client, {}, el('occupants', NS.roomOccupants, attrs)));

test.each(PRESENCE_POLICIES)('what was written is read, policy %s', (shows) => {
  const occupants = { count: 2841, shows };
  expect(decodeRoomOccupants(el('message', NS.client, {}, encodeRoomOccupants(occupants)))).toEqual(
    occupants,
  );
});

test('nobody is a number too', () => {
  expect(told({ count: '0', shows: 'count' })).toEqual({ count: 0, shows: 'count' });
});

test.each([
  {},
  { count: '3' },
  { shows: 'all' },
  { count: '-1', shows: 'all' },
  { count: '1e9', shows: 'all' },
  { count: '1234567890', shows: 'all' },
  { count: '', shows: 'all' },
  { count: '3', shows: 'some' },
])('is nothing when malformed: %j', (attrs) => {
  expect(told(attrs)).toBeUndefined();
});

test('is nothing where it is missing', () => {
  expect(decodeRoomOccupants(el('message', NS.client))).toBeUndefined();
});
