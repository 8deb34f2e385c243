import { type StanzaErrorCondition, stanzaError } from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { RequestError } from '../session/xmpp-session.js';
import type { ArchivePage } from './archive.js';
import { type CatchUpPage, catchUp, isNoArchive } from './catch-up.js';
import { errorIn } from './request-failure.js';
import type { Line } from './room-stanzas.js';

const line = (id: number): Line => ({ archiveId: `m${id}`, nick: 'bob', at: id, old: true, text: `${id}` });
const page = (from: number, to: number, complete: boolean): ArchivePage => ({
  lines: Array.from({ length: to - from + 1 }, (_, index) => line(from + index)),
  complete,
  last: `m${to}`,
});

/** Runs it against answers in order, and gives what was asked and what was applied. */
async function run(answers: readonly (ArchivePage | StanzaErrorCondition)[], staleAfter = 99) {
  const asked: unknown[] = [];
  const applied: [kind: CatchUpPage['kind'], anchor: string | undefined, rows: string][] = [];
  const end = await catchUp({
    anchor: 'm1',
    limit: 4,
    ask: async (where) => {
      const answer = answers[asked.length];
      asked.push(where);
      if (answer === undefined) throw new TypeError('one question too many');
      if (typeof answer === 'string') throw new RequestError(stanzaError(answer));
      return answer;
    },
    apply: ({ kind, anchor, page: lines }) =>
      applied.push([kind, anchor, lines.map(({ text }) => text).join()]),
    stale: () => asked.length > staleAfter,
  });
  return { end, asked, applied };
}

describe('catching up', () => {
  test('asks page after page until there is no more', async () => {
    const { end, asked, applied } = await run([page(2, 3, false), page(4, 4, true)]);
    expect(end).toBe('done');
    expect(asked).toEqual([{ after: 'm1' }, { after: 'm3' }]);
    expect(applied).toEqual([
      ['after', 'm1', '2,3'],
      ['after', 'm3', '4'],
    ]);
  });

  test('pages by entries that are no lines, but places lines after lines', async () => {
    const silent: ArchivePage = { lines: [], complete: false, last: 'm9' };
    const { asked, applied } = await run([page(2, 2, false), silent, page(10, 10, true)]);
    expect(asked).toEqual([{ after: 'm1' }, { after: 'm2' }, { after: 'm9' }]);
    expect(applied.at(-1)).toEqual(['after', 'm2', '10']);
  });

  test.each([
    ['at the bound', [page(2, 5, true)], [['after', 'm1', '2,3,4,5']]],
    [
      'past the bound',
      [page(2, 5, false), page(90, 92, false)],
      [
        ['after', 'm1', '2,3,4,5'],
        ['newest', 'm5', '90,91,92'],
      ],
    ],
  ])('%s', async (_, answers, expected) => {
    const { end, applied } = await run(answers);
    expect(end).toBe('done');
    expect(applied).toEqual(expected);
  });

  test('takes the last page where the archive has forgotten what we know', async () => {
    const { end, asked, applied } = await run(['item-not-found', page(7, 8, false)]);
    expect(end).toBe('done');
    expect(asked).toEqual([{ after: 'm1' }, { before: '' }]);
    expect(applied).toEqual([['newest', 'm1', '7,8']]);
  });

  test.each([
    ['service-unavailable', 'unsupported'],
    ['forbidden', 'unsupported'],
    ['remote-server-timeout', 'failed'],
  ] as const)('%s means that it is %s', async (condition, expected) => {
    expect((await run([condition])).end).toBe(expected);
  });

  test('stops when nobody wants it any more', async () => {
    expect(await run([page(2, 3, false)], 0)).toMatchObject({ end: 'stale', applied: [] });
  });

  test('an archive that goes in circles is left', async () => {
    const circle: ArchivePage = { lines: [], complete: false, last: 'm1' };
    expect((await run([circle])).end).toBe('done');
  });
});

test('only refusals are answers; a bug stays one', () => {
  expect(errorIn(new RequestError(stanzaError('gone')))).toMatchObject({ condition: 'gone' });
  expect(() => errorIn(new TypeError('bug'))).toThrow('bug');
  expect(isNoArchive(stanzaError('item-not-found'))).toBe(false);
});
