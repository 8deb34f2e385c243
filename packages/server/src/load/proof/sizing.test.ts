import { expect, test } from 'vitest';
import type { Figures } from './figures.js';
import { growth, idle } from './rows/costs.js';
import { manyRooms } from './rows/messages.js';
import type { RowResult } from './run-rows.js';
import { sizingMarkdown } from './sizing.js';

const done = (variant: string, figures: Partial<Figures>, round = 1) => ({
  variant,
  round,
  outcome: { kind: 'done', figures: { limits: [], ...figures } as unknown as Figures } as const,
});

test('who fits on half a core and into a gigabyte', () => {
  const results: RowResult[] = [
    { row: growth, day: '', turns: [done('3,000 occupants', { deliveriesPerCpuSecond: 90_000 })] },
    {
      row: manyRooms,
      day: '',
      turns: [done('SM on', { deliveriesPerCpuSecond: 48_000, peakBytes: 19_500 * 40_000 })],
    },
    { row: idle, day: '', turns: [done('idle', { bytesPerUser: 10_000 })] },
  ];
  expect(sizingMarkdown(results).split('\n').slice(2)).toEqual([
    '| one room of 3,000 | 15 messages/s |  |',
    '| rooms of 25, 0.6 messages/s each | 40,000 people | 25,000 (40 kB each) |',
    '| connected, in no room | nearly nothing | 100,000 (10 kB each) |',
  ]);
});

test('medians, without the rounds in which the generator was the limit', () => {
  const rounds = [30_000, 60_000, 90_000, 6_000_000].map((deliveriesPerCpuSecond, at) =>
    done('1,000 occupants', { deliveriesPerCpuSecond, limits: at === 3 ? ['late'] : [] }, at + 1),
  );
  expect(sizingMarkdown([{ row: growth, day: '', turns: rounds }])).toContain(
    '| one room of 1,000 | 30 messages/s |',
  );
});

test('what was not measured is not told', () => {
  expect(sizingMarkdown([]).split('\n')).toHaveLength(2);
});
