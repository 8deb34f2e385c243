import { expect, test } from 'vitest';
import { valuesOf } from './scenario.js';
import { SCENARIOS, scenarioOf } from './scenarios/index.js';

test('options have defaults within their own bounds', () => {
  for (const scenario of SCENARIOS) {
    const values = valuesOf(scenario, {});
    expect(Object.keys(values)).toEqual(Object.keys(scenario.options));
    expect(valuesOf(scenario, values)).toEqual(values);
  }
});

test('bounds hold at the bound and one past it; unknown options, words and scenarios are refused', () => {
  const room = scenarioOf('one-room');
  expect(valuesOf(room, { seconds: 86_400 }).seconds).toBe(86_400);
  expect(() => valuesOf(room, { seconds: 86_401 })).toThrow(RangeError);
  expect(() => valuesOf(room, { seconds: Number.NaN })).toThrow(RangeError);
  expect(() => valuesOf(room, { nonsense: 1 })).toThrow('no option');
  expect(() => valuesOf(scenarioOf('reconnect-storm'), { how: 'never' })).toThrow('one of');
  expect(() => scenarioOf('nonsense')).toThrow('no scenario');
});
