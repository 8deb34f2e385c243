import { describe, expect, test, vi } from 'vitest';
import { portPair } from './port.js';

describe('a pair of ports in one page', () => {
  test('what is posted in one turn is heard later, together and in order', async () => {
    const [a, b] = portPair<string, string>();
    const heard: string[] = [];
    b.onMessage((message) => heard.push(message));
    a.post('1');
    a.post('2');
    expect(heard).toEqual([]);
    await Promise.resolve();
    expect(heard).toEqual(['1', '2']);
  });

  test('what came before there was a listener is kept for it', async () => {
    const [a, b] = portPair<string, string>();
    a.post('early');
    await Promise.resolve();
    const hear = vi.fn();
    b.onMessage(hear);
    await Promise.resolve();
    expect(hear).toHaveBeenCalledExactlyOnceWith('early');
  });

  test('nothing is heard after either end was closed, not even what was on its way', async () => {
    for (const closer of [0, 1]) {
      const pair = portPair<string, string>();
      const hear = vi.fn();
      for (const port of pair) port.onMessage(hear);
      for (const port of pair) port.post('late');
      pair[closer]?.close();
      for (const port of pair) port.post('later');
      await Promise.resolve();
      await Promise.resolve();
      expect(hear).not.toHaveBeenCalled();
    }
  });

  test('a listener that let go hears nothing', async () => {
    const [a, b] = portPair<string, string>();
    const hear = vi.fn();
    const off = b.onMessage(hear);
    off();
    off();
    b.onMessage(() => {});
    a.post('x');
    await Promise.resolve();
    expect(hear).not.toHaveBeenCalled();
  });

  test('with clone it hands on copies, and throws for what cannot be copied', async () => {
    const [a, b] = portPair<unknown, unknown>({ clone: true });
    const heard: unknown[] = [];
    b.onMessage((message) => heard.push(message));
    const posted = { list: [1], map: new Map([['k', undefined]]) };
    a.post(posted);
    await Promise.resolve();
    expect(heard).toEqual([posted]);
    expect(heard[0]).not.toBe(posted);
    expect(() => a.post({ run: () => {} })).toThrow();
  });
});
