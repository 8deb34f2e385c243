import { expect, test } from 'vitest';
import { cellText, rowAsText, runAsMarkdown } from './report.mjs';

const cell = (value, low = value, high = value) => ({ value, low, high });
const row = {
  id: 'list',
  title: 'List under load',
  note: 'At 4x.',
  rounds: 3,
  notes: ['deep-chat: stopped after 90 s with 2,310 of 6,000 messages.'],
  figures: [
    { id: 'fps', name: 'frames a second', unit: '', least: 50 },
    { id: 'p95', name: 'p95 frame', unit: 'ms', most: 34 },
    { id: 'heap', name: 'heap', unit: 'MB' },
  ],
  cells: {
    'deep-chat': { fps: cell(1.06), p95: cell(117) },
    Meerkat: { fps: cell(57.94, 55, 60), p95: cell(35.2), heap: cell(3.004) },
  },
};

test('figures have three digits, and a range where rounds differ', () => {
  expect(cellText(cell(12_345.6), 'ms')).toBe('12,346 ms');
  expect(cellText(cell(0.1234), '')).toBe('0.12');
  expect(cellText(cell(57.94, 55, 60), '')).toBe('57.9 (55 to 60)');
  expect(cellText(cell(Number.POSITIVE_INFINITY), 'px')).toBe('lost px');
  expect(cellText(undefined, 'ms')).toBe('-');
});

test('ours is beside its bar, then come the others', () => {
  const lines = rowAsText(row).split('\n');
  expect(lines[0]).toBe('List under load [list]');
  expect(lines[1]).toMatch(/figure +Meerkat +bar +verdict +deep-chat/);
  expect(lines[2]).toMatch(/57\.9 \(55 to 60\) +>= 50 +met +1\.06/);
  expect(lines[3]).toMatch(/35\.2 ms +<= 34 ms +MISSED +117 ms/);
  expect(lines[4]).toMatch(/heap +3 MB +-$/);
  expect(lines[5]).toContain('stopped after 90 s');
});

test('a document tells what was measured where', () => {
  const text = runAsMarkdown({
    taken: '2026-11-21',
    machine: '2 x Processor',
    browser: 'Chromium 156',
    versions: { 'deep-chat': '2.4.2' },
    rows: [row],
  });
  expect(text).toContain('Measured on 2026-11-21 on 2 x Processor, Chromium 156, with deep-chat 2.4.2.');
  expect(text).toContain('| p95 frame | 35.2 ms | <= 34 ms | MISSED | 117 ms |');
  expect(text).toContain('Medians of 3 rounds (lowest to highest). At 4x. deep-chat: stopped');
});
