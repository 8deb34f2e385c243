import { describe, expect, test } from 'vitest';
import { MAX_ROOMS, MAX_TEXT } from '../bounds.js';
import type { RoomMessage } from '../chat.js';
import { fitKept, type KeptRoom } from './kept.js';
import { readKept } from './read-kept.js';
import { bare } from './testing/scripted-session.js';

const row = (key: string, text = key): RoomMessage => ({
  key,
  archiveId: `a${key}`,
  nick: 'bob',
  avatar: 'https://shop.example/bob.png',
  own: false,
  at: 1,
  text,
  delivery: { state: 'delivered' },
});
const room = (more: Partial<KeptRoom> = {}): KeptRoom => ({
  ref: bare('lobby@rooms.example'),
  asked: 'anna',
  nick: 'anna2',
  joined: true,
  name: 'Lobby',
  subject: 'Talk',
  archive: true,
  searched: false,
  anchor: 'a1',
  rows: [row('1')],
  own: [
    { state: 'unsure', row: { ...row('k'), own: true, delivery: { state: 'pending' } } },
    { state: 'failed', row: { ...row('f'), own: true, delivery: { state: 'failed', reason: 'No.' } } },
  ],
  occupants: [{ nick: 'anna2', role: 'moderator', affiliation: 'owner', occupantId: 'o1', self: true }],
  occupantCount: 9,
  ...more,
});
const stored = (rooms: readonly unknown[]): unknown =>
  JSON.parse(JSON.stringify({ version: 1, host: 'rooms.example', nick: 'guest1', rooms }));

describe('what is kept', () => {
  test('is read back as it was', () => {
    expect(readKept(stored([room()]))).toEqual({
      version: 1,
      host: 'rooms.example',
      nick: 'guest1',
      rooms: [room()],
    });
  });

  test.each(['lobby', 'caf\u00e9'])(
    'a room goes by its name while nobody knows where rooms live: %s',
    (ref) => {
      expect(readKept(stored([room({ ref })]))?.rooms).toEqual([room({ ref })]);
    },
  );

  test.each(['', 'Lobby', 'lob by', 'lobby/x', 7, undefined])('%j is no room', (ref) => {
    expect(readKept(stored([{ ...room(), ref }]))?.rooms).toEqual([]);
  });

  test.each([undefined, null, 'x', [], {}, { version: 2, rooms: [] }])('%j is nothing', (value) => {
    expect(readKept(value)).toBeUndefined();
  });

  test('a room that does not fit is dropped, the rest stays', () => {
    const broken = [
      { ...room(), ref: 'no address/x' },
      { ...room(), nick: 7 },
      'room',
      { ...room(), rows: [{ ...row('1'), at: 'noon' }, row('2')] },
      { ...room(), rows: [{ ...row('1'), delivery: { state: 'failed' } }] },
      { ...room(), rows: [{ ...row('1'), avatar: 'javascript:alert(1)' }] },
      { ...room(), occupants: [{ ...room().occupants[0], avatar: 'http://shop.example/x.png' }] },
      { ...room(), own: [{ state: 'odd', row: row('1') }] },
      { ...room(), occupants: [{ nick: 'x', role: 'king', affiliation: 'none', self: false }] },
      { ...room(), occupants: [{ ...room().occupants[0], jid: 'no account' }] },
      { ...room(), occupantCount: -1 },
      room(),
    ];
    expect(readKept(stored(broken))?.rooms).toEqual([room()]);
  });

  test('is bounded in rooms when written and when read', () => {
    const many = Array.from({ length: MAX_ROOMS + 1 }, () => room());
    expect(fitKept(many)).toHaveLength(MAX_ROOMS);
    expect(readKept(stored(many))?.rooms).toHaveLength(MAX_ROOMS);
  });

  test('goes without rows, but never without own messages, where it is too much', () => {
    const large = room({ rows: Array.from({ length: 50 }, (_, n) => row(`${n}`, 'x'.repeat(MAX_TEXT))) });
    const [first, second] = fitKept([large, large]);
    expect(first).toBe(large);
    expect(second).toMatchObject({ rows: [], occupants: [], joined: false, own: large.own });
  });
});
