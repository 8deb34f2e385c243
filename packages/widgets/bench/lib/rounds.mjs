// Takes the turns of a row.

import { takeTurn } from './browser.mjs';
import { OURS, summarise } from './verdict.mjs';

const withoutBar = ({ most, least, ...figure }) => figure;

/**
 * Measures a row: everybody in turn, round after round, so that what else happens on the machine falls on all.
 * @param row     one of rows/
 * @param site    where its pages are
 * @param options `seconds`, `slowdown`, `rounds` (undefined: the row's own), `ours` alone, `structural` bars alone
 */
export async function measureRow(row, site, { ours, structural, rounds = row.rounds, ...options }) {
  const all = row.subjects({ site, ...options });
  const subjects = ours ? all.filter(({ name }) => name === OURS) : all;
  const taken = new Map(subjects.map(({ name }) => [name, []]));
  const notes = new Set();
  for (let round = 0; round < rounds; round++) {
    for (const { name, run } of subjects) {
      try {
        const { figures, notes: said } = await run({ ...options, turn: takeTurn });
        taken.get(name).push(figures);
        for (const note of said) notes.add(`${name} ${note}`);
      } catch (error) {
        // What cannot be driven is told of, and the others are measured.
        notes.add(`${name} failed: ${error.message.split('\n')[0]}`);
      }
    }
  }
  const { id, title, note } = row;
  const figures = structural
    ? row.figures.map((figure) => (figure.structural ? figure : withoutBar(figure)))
    : row.figures;
  const cells = Object.fromEntries([...taken].map(([name, list]) => [name, summarise(list)]));
  return { id, title, note, rounds, figures, cells, notes: [...notes] };
}
