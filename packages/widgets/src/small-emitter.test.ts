import { expect, test } from 'vitest';
import { EventEmitter } from './small-emitter.js';

test('calls in order, with what was given and the emitter as `this`, and says whether anybody listens', () => {
  const emitter = new EventEmitter();
  const calls: unknown[] = [];
  emitter.on('text', (...args) => void calls.push(['first', ...args]));
  emitter.on('text', function (this: unknown) {
    calls.push(this === emitter);
  });
  expect(emitter.emit('text', 1, 2)).toBe(true);
  expect(emitter.emit('end')).toBe(false);
  expect(calls).toEqual([['first', 1, 2], true]);
});
