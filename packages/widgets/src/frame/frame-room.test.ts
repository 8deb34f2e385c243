import { expect, test } from 'vitest';
import type { Condition } from '../chat-room/condition.js';
import { statusOf } from './frame-room.js';

test.each<[Condition, string]>([
  [{ kind: 'fine' }, 'online'],
  [{ kind: 'waiting', lost: false }, 'connecting'],
  [{ kind: 'waiting', lost: true }, 'reconnecting'],
  [{ kind: 'offline' }, 'offline'],
  [{ kind: 'refused', cause: { by: 'person' } }, 'refused'],
])('%j is told as %s', (condition, status) => {
  expect(statusOf(condition)).toBe(status);
});
