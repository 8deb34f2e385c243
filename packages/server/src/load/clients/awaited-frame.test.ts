import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { ANSWER_TIMEOUT, AwaitedFrame } from './awaited-frame.js';

const is = (text: string) => (frame: Buffer) => frame.toString() === text;

test('the first frame that is the answer, and no other', async () => {
  const clock = new FakeClock();
  const awaited = new AwaitedFrame(clock);
  awaited.hear(Buffer.from('b'));
  const answer = awaited.wait(is('b'));
  awaited.hear(Buffer.from('a'));
  await expect(awaited.wait(is('c'))).rejects.toThrow('already');
  awaited.hear(Buffer.from('b'));
  expect(await answer).toBe('b');
  expect(clock.pending).toBe(0);
});

test('a refusal, and time that is over, at the bound', async () => {
  const clock = new FakeClock();
  const awaited = new AwaitedFrame(clock);
  const refused = awaited.wait(() => {
    throw new Error('no');
  });
  awaited.hear(Buffer.from('x'));
  await expect(refused).rejects.toThrow('no');
  const late = awaited.wait(is('x'));
  clock.advance(ANSWER_TIMEOUT - 1);
  expect(clock.pending).toBe(1);
  clock.advance(1);
  await expect(late).rejects.toThrow('no answer within 120 s');
  expect(clock.pending).toBe(0);
});
