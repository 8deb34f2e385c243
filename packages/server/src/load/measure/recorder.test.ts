import { expect, test } from 'vitest';
import { Recorder } from './recorder.js';

const LEDGER = { expected: 0, delivered: 0, doubled: 0, outOfOrder: 0 };

test('an interval holds what came since the one before; the findings hold all', () => {
  const recorder = new Recorder();
  recorder.connected(1);
  recorder.sent();
  recorder.delivered(5);
  expect(recorder.interval()).toMatchObject({ sent: 1, delivered: 1, users: 1, latency: { max: 5 } });
  recorder.delivered(7);
  recorder.deliveredLate(3000);
  expect(recorder.interval()).toMatchObject({ sent: 0, delivered: 2, users: 1, latency: { max: 7 } });
  const { sent, spans } = recorder.findings(LEDGER);
  expect([sent, spans.message?.max, spans.whileAway?.max]).toEqual([1, 7, 3000]);
});

test('failures are all counted, and a few told, shortened', () => {
  const recorder = new Recorder();
  for (let index = 0; index < 20; index++) recorder.failed(new Error(`${index % 10} ${'x'.repeat(1000)}`));
  const { examples, failures } = recorder.findings(LEDGER);
  expect(failures).toBe(20);
  expect(examples.map((text) => text.length)).toEqual([300, 300, 300, 300, 300]);
});
