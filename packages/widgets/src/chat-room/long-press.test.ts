import { FakeClock } from '@meerkat-chat/sdk/testing';
import { expect, test, vi } from 'vitest';
import { LongPress, PRESS_STRAY, PRESS_TIME } from './long-press.js';

const at = (clientX: number, clientY = 0, isPrimary = true) => ({ clientX, clientY, isPrimary });

function setUp() {
  const clock = new FakeClock();
  const pressed = vi.fn();
  return { clock, pressed, press: new LongPress(clock, pressed) };
}

test('a finger that rests is told once, where it was put down', () => {
  const { clock, pressed, press } = setUp();
  press.down(at(7));
  clock.advance(PRESS_TIME - 1);
  expect(pressed).not.toHaveBeenCalled();
  clock.advance(1);
  press.end();
  clock.advance(PRESS_TIME);
  expect(pressed.mock.calls).toEqual([[at(7)]]);
});

test('one that trembles still rests, one that strays further does not', () => {
  const { clock, pressed, press } = setUp();
  press.down(at(0));
  press.move(at(PRESS_STRAY));
  clock.advance(PRESS_TIME);
  expect(pressed).toHaveBeenCalledOnce();
  press.down(at(0));
  press.move(at(0, PRESS_STRAY + 1));
  clock.advance(PRESS_TIME);
  expect(pressed).toHaveBeenCalledOnce();
});

test('one that is lifted, or is joined by a second, does not', () => {
  const { clock, pressed, press } = setUp();
  press.down(at(0));
  press.end();
  press.down(at(0));
  press.down(at(50, 0, false));
  clock.advance(PRESS_TIME);
  expect([pressed.mock.calls, clock.pending]).toEqual([[], 0]);
});
