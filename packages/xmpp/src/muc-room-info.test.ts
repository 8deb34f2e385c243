import { expect, test } from 'vitest';
import { decodeMucRoomInfo, encodeMucRoomInfo } from './muc-room-info.js';

test('what a room tells of itself is read back', () => {
  const info = { description: 'All', subject: '', occupants: 3, maxHistoryFetch: 30 };
  expect(decodeMucRoomInfo([encodeMucRoomInfo(info)])).toEqual(info);
  expect(decodeMucRoomInfo([])).toEqual({});
});
