import { expect, test } from 'vitest';
import { randomId } from '../env.js';
import { FakeClock } from './fake-clock.js';
import { linkPair, settle } from './link-pair.js';
import { SeededRandom } from './seeded-random.js';

test('timers run in order of time, then of setting, and may set others', () => {
  const clock = new FakeClock(0);
  const ran: string[] = [];
  clock.after(20, () => ran.push(`b${clock.now()}`));
  clock.after(10, () => {
    ran.push(`a${clock.now()}`);
    clock.after(10, () => ran.push(`c${clock.now()}`));
  });
  const off = clock.every(8, () => ran.push(`e${clock.now()}`));
  clock.advance(20);
  off();
  clock.advance(100);
  expect(ran).toEqual(['e8', 'a10', 'e16', 'b20', 'c20']);
  expect([clock.now(), clock.pending]).toEqual([120, 0]);
});

test('a pair delivers when told, in order, and keeps texts for the first listener', () => {
  const [a, b] = linkPair();
  const heard: string[] = [];
  a.send('1');
  a.send('2');
  expect(a.flush(1)).toBe(1);
  b.onText((text) => heard.push(text));
  expect(heard).toEqual(['1']);
  settle(a, b);
  expect(heard).toEqual(['1', '2']);
});

test('a close comes after what was sent before it; a cut loses that', () => {
  const [a, b] = linkPair();
  const heard: unknown[] = [];
  b.onText((text) => heard.push(text));
  b.onClose((end) => heard.push(end));
  a.send('last');
  a.close('bye');
  a.send('too late');
  settle(a, b);
  expect(heard).toEqual(['last', { clean: true, reason: 'bye' }]);

  const [c, d] = linkPair();
  const ends: unknown[] = [];
  d.onText((text) => ends.push(text));
  c.send('lost');
  c.cut();
  d.onClose((end) => ends.push(end));
  settle(c, d);
  expect(ends).toEqual([{ clean: false, reason: 'cut' }]);
});

test('the same seed gives the same ids, another seed others', () => {
  expect(randomId(new SeededRandom(1))).toBe(randomId(new SeededRandom(1)));
  expect(randomId(new SeededRandom(1))).not.toBe(randomId(new SeededRandom(2)));
  expect(randomId(new SeededRandom(3))).toMatch(/^[a-z2-7]{26}$/);
});
