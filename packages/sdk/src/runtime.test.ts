import { afterEach, expect, test, vi } from 'vitest';
import { browserPlatform, realEnv } from './runtime.js';

afterEach(() => {
  vi.useRealTimers();
});

test('timers run until they are undone', () => {
  vi.useFakeTimers();
  const { clock } = realEnv();
  const [once, often, never] = [vi.fn(), vi.fn(), vi.fn()];
  clock.after(10, once);
  const off = clock.every(10, often);
  clock.after(10, never)();
  vi.advanceTimersByTime(30);
  off();
  vi.advanceTimersByTime(30);
  expect([once, often, never].map((run) => run.mock.calls.length)).toEqual([1, 3, 0]);
});

test('time of day, spans and chance are real', () => {
  const { clock, random } = realEnv();
  expect(clock.now()).toBeGreaterThan(Date.UTC(2020, 0));
  expect(clock.monotonic()).toBeLessThanOrEqual(clock.monotonic());
  expect(random.number()).toBeLessThan(1);
  expect(random.bytes(16)).not.toEqual(random.bytes(16));
});

test('a page hears the events of its window and document, and lets go of them', () => {
  const [window, document] = [new EventTarget(), new EventTarget()];
  vi.stubGlobal('document', Object.assign(document, { visibilityState: 'hidden' }));
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
  vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window));
  const { page } = browserPlatform();
  const heard: string[] = [];
  const offs = (['online', 'offline', 'visible', 'hidden', 'suspend', 'show'] as const).map((event) =>
    page.on(event, () => heard.push(event)),
  );
  const fire = () => {
    for (const name of ['online', 'offline', 'pagehide', 'pageshow']) window.dispatchEvent(new Event(name));
    for (const name of ['visibilitychange', 'freeze', 'resume']) document.dispatchEvent(new Event(name));
  };
  fire();
  expect(heard).toEqual(['online', 'offline', 'suspend', 'show', 'hidden', 'suspend', 'show']);
  expect(page.visible()).toBe(false);
  for (const off of offs) off();
  fire();
  expect(heard).toHaveLength(7);
});

test.each([
  ['https://page.example', 'https://page.example'],
  ['null', undefined],
])('a page of origin %s has the origin %s', (origin, expected) => {
  vi.stubGlobal('location', { origin });
  expect(browserPlatform().page.origin).toBe(expected);
});

test('where there is no page it is online, visible and of no origin', () => {
  const { page } = browserPlatform();
  expect([page.online(), page.visible(), page.origin]).toEqual([true, true, undefined]);
  expect(() => page.on('show', () => {})()).not.toThrow();
});

test('storage that throws throws when it is asked for, not before', () => {
  vi.stubGlobal(
    'localStorage',
    new Proxy(
      {},
      {
        get() {
          throw new Error('blocked');
        },
      },
    ),
  );
  const { storage } = browserPlatform();
  expect(() => storage('local').getItem('x')).toThrow('blocked');
});
