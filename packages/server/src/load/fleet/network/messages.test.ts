import { expect, test } from 'vitest';
import { parseFromMachine, parseToMachine } from './messages.js';

test('each end reads what the other says, and nothing else', () => {
  const read = (kind: string) => [
    parseToMachine(`{"kind":"${kind}"}`),
    parseFromMachine(`{"kind":"${kind}"}`),
  ];
  for (const kind of ['start', 'go', 'stop', 'ping']) expect(read(kind)).toEqual([{ kind }, undefined]);
  for (const kind of ['arrived', 'sample', 'done', 'failed', 'pong'])
    expect(read(kind)).toEqual([undefined, { kind }]);
  for (const kind of ['hello', 'claim', 'constructor', ''])
    expect(read(kind)).toEqual([undefined, undefined]);
});
