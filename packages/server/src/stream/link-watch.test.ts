import { describe, expect, test } from 'vitest';
import { ASK_AFTER, ASK_AFTER_BYTES, ASK_AFTER_STANZAS, LinkWatch } from './link-watch.js';

const LIMITS = { idleTimeout: 45_000, answerTimeout: 20_000 };

describe('how far the client has come', () => {
  test.each([
    ['stanzas', { length: ASK_AFTER_STANZAS - 1, bytes: 0 }, { length: ASK_AFTER_STANZAS, bytes: 0 }],
    ['bytes', { length: 1, bytes: ASK_AFTER_BYTES - 1 }, { length: 1, bytes: ASK_AFTER_BYTES }],
  ])('is asked at once at the bound of %s, later below it', (_, below, at) => {
    expect(new LinkWatch(LIMITS).consider(below, 1000)).toBe(1000 + ASK_AFTER);
    expect(new LinkWatch(LIMITS).consider(at, 1000)).toBe('ask');
  });

  test('is not asked twice, nor when nothing waits', () => {
    const watch = new LinkWatch(LIMITS);
    const much = { length: ASK_AFTER_STANZAS, bytes: 0 };
    expect(watch.consider({ length: 0, bytes: 0 }, 0)).toBeUndefined();
    expect(watch.consider(much, 0)).toBe('ask');
    expect(watch.consider(much, 0)).toBeUndefined();
    watch.answered();
    expect(watch.consider(much, 0)).toBe('ask');
    watch.begin();
    expect(watch.consider(much, 0)).toBe('ask');
  });

  test('is asked when its time has come', () => {
    const watch = new LinkWatch(LIMITS);
    watch.consider({ length: 1, bytes: 1 }, 0);
    expect(watch.look(ASK_AFTER - 1, 0)).toEqual({ act: 'wait', until: ASK_AFTER });
    expect(watch.look(ASK_AFTER, 0)).toEqual({ act: 'ask', until: 45_000 });
    expect(watch.look(ASK_AFTER + 1, 0)).toEqual({ act: 'wait', until: 45_000 });
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
