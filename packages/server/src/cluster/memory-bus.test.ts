import { expect, test } from 'vitest';
import type { Bus, BusListener } from './bus.js';
import { MemoryNetwork } from './memory-bus.js';
import type { NodeMessage } from './node-message.js';

const ended = (session: number): NodeMessage => ({ type: 'ended', session });

function setUp() {
  const heard: string[] = [];
  const network = new MemoryNetwork();
  const listener = (bus: Bus): BusListener => ({
    joined: (node) => void heard.push(`${bus.self}: ${node} joined`),
    received: (from, message) =>
      void heard.push(`${bus.self}: ${from} ${message.type === 'ended' ? message.session : '?'}`),
    gone: (node) => void heard.push(`${bus.self}: ${node} gone`),
  });
  return { heard, network, listener };
}

test('nodes hear of each other, and what one sends the other gets later, in order', async () => {
  const { heard, network, listener } = setUp();
  const [a, b] = [network.bus('a'), network.bus('b')];
  a.listen(listener(a));
  b.send('a', ended(0));
  b.listen(listener(b));
  expect(heard.splice(0)).toEqual(['a: b joined', 'b: a joined']);
  for (const number of [1, 2, 3]) a.send('b', ended(number));
  a.send('c', ended(9));
  expect(heard).toEqual([]);
  await new Promise((resolve) => void setImmediate(resolve));
  expect(heard).toEqual(['b: a 1', 'b: a 2', 'b: a 3']);
  expect(() => a.listen(listener(a))).toThrow('already');
});

test.each(['is killed', 'leaves'])(
  'of a node that %s nothing more is heard, until it joins again',
  async (how) => {
    const { heard, network, listener } = setUp();
    const [a, b] = [network.bus('a'), network.bus('b')];
    a.listen(listener(a));
    const leave = b.listen(listener(b));
    b.send('a', ended(1));
    a.send('b', ended(2));
    if (how === 'leaves') leave();
    else network.kill('b');
    b.send('a', ended(3));
    await new Promise((resolve) => void setImmediate(resolve));
    expect(heard.splice(0)).toEqual(['a: b joined', 'b: a joined', 'a: b gone']);
    b.listen(listener(b));
    leave();
    b.send('a', ended(4));
    await new Promise((resolve) => void setImmediate(resolve));
    expect(heard).toEqual(['a: b joined', 'b: a joined', 'a: b 4']);
  },
);

test('a message is a copy', async () => {
  const network = new MemoryNetwork();
  const got: NodeMessage[] = [];
  const [a, b] = [network.bus('a'), network.bus('b')];
  for (const bus of [a, b]) {
    bus.listen({ joined: () => {}, gone: () => {}, received: (_, message) => void got.push(message) });
  }
  const message: NodeMessage = { type: 'some', sessions: [1], xml: '<message/>' };
  a.send('b', message);
  await new Promise((resolve) => void setImmediate(resolve));
  expect(got).toEqual([message]);
  expect(got[0]).not.toBe(message);
});
