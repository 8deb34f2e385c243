import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { gatherFleet, machinesOf, processesOn } from './fleet.js';

const env = { clock: new FakeClock(), random: new SeededRandom(1) };
const options = { run: 'r', processes: undefined, workers: undefined };

test('one process for every 8,000 users, at the bound and one past it, or as many as asked for', async () => {
  expect((await gatherFleet({ ...options, users: 8000 }, env)).parts).toEqual([[0, 8000]]);
  expect((await gatherFleet({ ...options, users: 8001 }, env)).parts).toHaveLength(2);
  expect((await gatherFleet({ ...options, users: 30_000 }, env)).parts).toHaveLength(4);
  expect((await gatherFleet({ ...options, users: 100, processes: 3 }, env)).parts).toHaveLength(3);
});

test('every machine has as many processes as any other', () => {
  expect([processesOn(2, 1), processesOn(2, 3), processesOn(3, 3), processesOn(1, 5)]).toEqual([2, 4, 3, 5]);
});

test('what is said of a machine is what its worst process knows', () => {
  const clock = (address: string, offset: number, uncertainty: number, drift: number) => ({
    clock: { address, offset, uncertainty, drift },
  });
  expect(machinesOf([clock('a:1', 5, 0.1, 0), clock('b:1', -7, 0.2, 1), clock('a:1', 6, 0.1, 0.5)])).toEqual([
    { address: 'a:1', processes: 2, clockOffset: 6, clockError: 0.6 },
    { address: 'b:1', processes: 1, clockOffset: -7, clockError: 1.2 },
  ]);
});
