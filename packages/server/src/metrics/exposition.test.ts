import { expect, test } from 'vitest';
import { SpanCounts } from '../kernel/span-counts.js';
import { Exposition } from './exposition.js';
import { FIGURES, type Figure, type Reading } from './figures.js';

function reading(more: Partial<Reading> = {}): Reading {
  return {
    version: '1.2.3',
    counts: {
      router: {
        received: { message: 1, presence: 2, iq: 3 },
        refused: { message: 4, presence: 5, iq: 6 },
        fannedOut: 7,
        fanOuts: new SpanCounts([1, 10]),
      },
      streams: { signIns: { failed: 8, succeeded: 9 }, resumptions: { refused: 10, taken: 11 } },
    },
    census: {
      byLink: { websocket: 12, bosh: 13, tcp: 0, memory: 0, none: 14 },
      keptBytes: 15,
      linkBytes: 16,
    },
    stats: { 'modules.muc.rooms': 17, 'modules.muc.occupants': 18 },
    archive: { waitingBytes: 19, commits: new SpanCounts([]) },
    removed: { rooms: 3, users: 0 },
    process: { cpuSeconds: 20.5, residentBytes: 21, heapBytes: 22, startedAt: 23_000 },
    lag: { '0.5': 0, '0.99': 24, '1': 25 },
    ...more,
  };
}

const lines = (text: string): readonly string[] =>
  text.split('\n').filter((line) => line && !line.startsWith('#'));

test('everything that is read is told, in seconds and bytes', async () => {
  const told = lines(await new Exposition().text(reading()));
  expect(told).toEqual(
    expect.arrayContaining([
      'meerkat_info{version="1.2.3"} 1',
      'meerkat_sessions{link="websocket"} 12',
      'meerkat_sessions{link="bosh"} 13',
      'meerkat_sessions{link="none"} 14',
      'meerkat_sign_ins_total{outcome="succeeded"} 9',
      'meerkat_sign_ins_total{outcome="failed"} 8',
      'meerkat_resumptions_total{outcome="taken"} 11',
      'meerkat_resumptions_total{outcome="refused"} 10',
      'meerkat_rooms 17',
      'meerkat_occupants 18',
      'meerkat_stanzas_received_total{kind="presence"} 2',
      'meerkat_stanzas_refused_total{kind="iq"} 6',
      'meerkat_deliveries_total 7',
      'meerkat_unacknowledged_bytes 15',
      'meerkat_link_queue_bytes 16',
      'meerkat_archive_waiting_bytes 19',
      'meerkat_event_loop_lag_seconds{quantile="0.99"} 0.024',
      'process_cpu_seconds_total 20.5',
      'process_resident_memory_bytes 21',
      'process_start_time_seconds 23',
      'nodejs_heap_size_used_bytes 22',
    ]),
  );
});

test('a server without rooms has none', async () => {
  const told = lines(await new Exposition().text(reading({ stats: {} })));
  expect(told).toEqual(expect.arrayContaining(['meerkat_rooms 0', 'meerkat_occupants 0']));
});

test('spans become the buckets of a histogram, and those that are too long are in the last', async () => {
  const fanOuts = new SpanCounts([1, 10]);
  for (const span of [0.5, 1, 2, 500]) fanOuts.add(span);
  const { counts } = reading();
  const text = await new Exposition().text(
    reading({ counts: { ...counts, router: { ...counts.router, fanOuts } } }),
  );
  expect(text).toContain(
    [
      '# TYPE meerkat_fan_out_seconds histogram',
      'meerkat_fan_out_seconds_bucket{le="0.001"} 2',
      'meerkat_fan_out_seconds_bucket{le="0.01"} 3',
      'meerkat_fan_out_seconds_bucket{le="+Inf"} 4',
      'meerkat_fan_out_seconds_sum 0.5035',
      'meerkat_fan_out_seconds_count 4',
    ].join('\n'),
  );
});

test('a reading tells what is now, not what was before, and not what another server says', async () => {
  const one = new Exposition();
  const other = new Exposition();
  await one.text(reading());
  await other.text(reading({ version: '9.9.9' }));
  const { counts } = reading();
  const again = await one.text(
    reading({ counts: { ...counts, router: { ...counts.router, fannedOut: 8 } } }),
  );
  expect(lines(again)).toContain('meerkat_deliveries_total 8');
  expect(again).not.toContain('9.9.9');
});

test.each(FIGURES.map((figure) => [figure.name, figure] as const))(
  '%s is named and told as Prometheus has it',
  async (name, figure: Figure) => {
    expect(name).toMatch(/^(meerkat|process|nodejs)_[a-z_]+$/);
    expect(name.endsWith('_total')).toBe(figure.kind === 'counter');
    if (figure.kind === 'spans') expect(name).toMatch(/_seconds$/);
    expect(figure.help).toMatch(/^[A-Z].+\.$/);
    const text = await new Exposition([figure]).text(reading());
    const type = figure.kind === 'spans' ? 'histogram' : figure.kind;
    expect(text).toContain(`# HELP ${name} ${figure.help}\n# TYPE ${name} ${type}\n${name}`);
  },
);
