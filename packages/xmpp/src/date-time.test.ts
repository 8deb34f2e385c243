import { describe, expect, test } from 'vitest';
import { formatDateTime, parseDateTime } from './date-time.js';

describe('DateTime of XEP-0082', () => {
  test('what is written is read back', () => {
    const at = Date.UTC(2026, 1, 3, 4, 5, 6, 7);
    expect(formatDateTime(at)).toBe('2026-02-03T04:05:06.007Z');
    expect(parseDateTime(formatDateTime(at))).toBe(at);
  });

  test.each([
    ['2026-02-03T04:05:06Z', Date.UTC(2026, 1, 3, 4, 5, 6)],
    ['2026-02-03T04:05:06+02:00', Date.UTC(2026, 1, 3, 2, 5, 6)],
    ['2026-02-03T04:05:06.123456Z', Date.UTC(2026, 1, 3, 4, 5, 6, 123)],
  ])('reads %s', (text, at) => expect(parseDateTime(text)).toBe(at));

  test.each(['', '2026-02-03', '2026-02-03T04:05:06', '2026-13-03T04:05:06Z', 'x2026-02-03T04:05:06Z'])(
    'refuses %j',
    (text) => expect(parseDateTime(text)).toBeUndefined(),
  );
});
