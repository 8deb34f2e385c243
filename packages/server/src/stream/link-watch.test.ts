import { describe, expect, test } from 'vitest';
import { ASK_AFTER, ASK_AFTER_BYTES, ASK_AFTER_STANZAS, LinkWatch } from './link-watch.js';

const LIMITS = { idleTimeout: 45_000, answerTimeout: 20_000, unacknowledgedBytes: 4_194_304 };
const LITTLE = { length: 1, bytes: 1 };

describe('how far the client has come', () => {
  test.each([
    ['stanzas', { length: ASK_AFTER_STANZAS - 1, bytes: 0 }, { length: ASK_AFTER_STANZAS, bytes: 0 }],
    ['bytes', { length: 1, bytes: ASK_AFTER_BYTES - 1 }, { length: 1, bytes: ASK_AFTER_BYTES }],
  ])('is asked at the bound of %s, not below it', (_, below, at) => {
    const watch = new LinkWatch(LIMITS);
    expect(watch.rides(below, 1000)).toBe(false);
    expect(watch.rides(at, 1000)).toBe(true);
  });

  test('is asked at a quarter of what may wait, where that is less', () => {
    const watch = new LinkWatch({ ...LIMITS, unacknowledgedBytes: 4000 });
    expect(watch.rides({ length: 1, bytes: 999 }, 0)).toBe(false);
    expect(watch.rides({ length: 1, bytes: 1000 }, 0)).toBe(true);
  });

  test('is not asked twice, nor when nothing waits', () => {
    const watch = new LinkWatch(LIMITS);
    const much = { length: ASK_AFTER_STANZAS, bytes: 0 };
    expect(watch.rides({ length: 0, bytes: 0 }, 0)).toBe(false);
    expect(watch.rides(much, 0)).toBe(true);
    expect(watch.rides(much, 0)).toBe(false);
    expect(watch.rides(much, 10 * ASK_AFTER)).toBe(false);
    watch.answered();
    expect(watch.rides(much, 0)).toBe(true);
    watch.begin();
    expect(watch.rides(much, 0)).toBe(true);
  });

  test('rides with the first stanza after its time, counted from when something began to wait', () => {
    const watch = new LinkWatch(LIMITS);
    watch.rides(LITTLE, 1000);
    expect(watch.rides(LITTLE, 999 + ASK_AFTER)).toBe(false);
    expect(watch.rides(LITTLE, 1000 + ASK_AFTER)).toBe(true);
    watch.answered();
    watch.rides(LITTLE, 2 * ASK_AFTER);
    expect(watch.rides(LITTLE, 3 * ASK_AFTER - 1)).toBe(false);
  });

  test('is asked without a stanza when the time of the link comes', () => {
    const watch = new LinkWatch(LIMITS);
    watch.rides(LITTLE, 0);
    expect(watch.look(ASK_AFTER - 1, 20_000)).toEqual({ act: 'wait', until: ASK_AFTER });
    expect(watch.look(ASK_AFTER, 20_000)).toEqual({ act: 'ask', until: 65_000 });
    expect(watch.rides(LITTLE, ASK_AFTER)).toBe(false);
    expect(watch.look(ASK_AFTER + 1, 20_000)).toEqual({ act: 'wait', until: 65_000 });
  });
});

test('a silent peer is asked, has its time to answer, and is then given up', () => {
  const watch = new LinkWatch(LIMITS);
  expect(watch.look(44_999, 0)).toEqual({ act: 'wait', until: 45_000 });
  expect(watch.look(45_000, 0)).toEqual({ act: 'ask', until: 65_000 });
  expect(watch.look(64_999, 0)).toEqual({ act: 'wait', until: 65_000 });
  expect(watch.look(65_000, 0)).toEqual({ act: 'give-up' });
});

test('one that has said anything since is there', () => {
  const watch = new LinkWatch(LIMITS);
  watch.look(45_000, 0);
  expect(watch.look(65_000, 45_000)).toEqual({ act: 'wait', until: 90_000 });
});

test('another link is not blamed for the silence of the one before', () => {
  const watch = new LinkWatch(LIMITS);
  watch.look(45_000, 0);
  watch.begin();
  expect(watch.look(65_000, 64_000)).toEqual({ act: 'wait', until: 109_000 });
});
