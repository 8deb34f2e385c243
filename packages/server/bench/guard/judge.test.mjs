import { describe, expect, test } from 'vitest';
import { CALM, ENOUGH, judge } from './judge.mjs';

/** Rounds in which the server takes so many times what the bare broadcast takes. */
const rounds = (count, ratio, share = 0.95) =>
  Array.from({ length: count }, (_, at) => {
    // The machine's own speed comes and goes.
    const cpu = 26_000 * (1 + (at % 5) / 10);
    return { server: { cpu: cpu * ratio, wall: cpu * ratio * 1.5 }, bare: { cpu, wall: cpu / share } };
  });

describe('on a calm machine', () => {
  test('ten percent more is allowed, and no more', () => {
    expect(judge(rounds(100, 1.649), 1.5)).toMatchObject({ worse: false, disturbed: false });
    expect(judge(rounds(100, 1.651), 1.5)).toMatchObject({ worse: true, disturbed: false });
  });

  test('a server that has become faster is not worse', () => {
    expect(judge(rounds(100, 1.1), 1.5).worse).toBe(false);
  });

  test('a third of the rounds that went wrong changes nothing', () => {
    const { ratio, worse } = judge([...rounds(70, 1.5), ...rounds(30, 4)], 1.5);
    expect(ratio).toBeCloseTo(1.5);
    expect(worse).toBe(false);
  });

  test('rounds without a core do not count while enough others do', () => {
    const busy = (count) => rounds(count, 2.5, CALM - 0.01);
    const calm = (count) => rounds(count, 1.5, CALM + 0.001);
    const judged = (rounds) => judge(rounds, 1.5).disturbed;
    expect(judge([...busy(ENOUGH), ...calm(ENOUGH)], 1.5)).toMatchObject({ disturbed: false, worse: false });
    expect(judged(calm(ENOUGH - 1))).toBe(true);
    expect(judged([...busy(201), ...calm(200)])).toBe(true);
  });
});

test('on a busy machine all rounds count, and more is allowed', () => {
  expect(judge(rounds(100, 2.02, 0.4), 1.5)).toMatchObject({ disturbed: true, worse: false });
  expect(judge(rounds(100, 2.03, 0.4), 1.5)).toMatchObject({ disturbed: true, worse: true });
});

test('without a recorded ratio nothing is worse', () => {
  expect(judge(rounds(100, 9), undefined)).toMatchObject({ worse: false, limit: Number.POSITIVE_INFINITY });
});
