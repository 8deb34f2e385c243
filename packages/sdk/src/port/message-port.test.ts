import { expect, test } from 'vitest';
import { messagePort } from './message-port.js';

/** Waits until a real port has delivered. */
function next<T>(port: ReturnType<typeof messagePort<T, T>>): Promise<T> {
  return new Promise((resolve) => {
    const off = port.onMessage((message) => {
      off();
      resolve(message);
    });
  });
}

test('speaks over the ports of the platform, both ways', async () => {
  const channel = new MessageChannel();
  const [a, b] = [messagePort<string, string>(channel.port1), messagePort<string, string>(channel.port2)];
  a.post('to b');
  expect(await next(b)).toBe('to b');
  b.post('to a');
  expect(await next(a)).toBe('to a');
  a.close();
});

test('after closing, posting does nothing and no listener is left', () => {
  const calls: string[] = [];
  const listeners = new Set<unknown>();
  const port = messagePort<string, string>({
    postMessage: (message) => calls.push(`post ${String(message)}`),
    addEventListener: (_, listener) => void listeners.add(listener),
    removeEventListener: (_, listener) => void listeners.delete(listener),
    start: () => calls.push('start'),
    close: () => calls.push('close'),
  });
  port.onMessage(() => {});
  port.onMessage(() => {});
  expect(listeners.size).toBe(2);
  port.close();
  port.post('late');
  expect(listeners.size).toBe(0);
  expect(calls).toEqual(['start', 'start', 'close']);
});
