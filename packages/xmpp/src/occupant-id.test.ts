import { expect, test } from 'vitest';
import { NS } from './ns.js';
import { encodeOccupantId, occupantIdOf } from './occupant-id.js';
import { el } from './xml/element.js';

test('an occupant id is read back, and none where there is none', () => {
  expect(occupantIdOf(el('presence', NS.client, {}, encodeOccupantId('x')))).toBe('x');
  expect(occupantIdOf(el('presence', NS.client))).toBeUndefined();
});
