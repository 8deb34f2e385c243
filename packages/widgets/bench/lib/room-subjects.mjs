// Ours and converse.js, each in a room of a server of its own.

import { conversePage, meerkatPage } from './room-pages.mjs';
import { withServer } from './room-server.mjs';
import { OURS } from './verdict.mjs';

/**
 * The subjects of a row.
 * @param play      plays one turn of one kind of page
 * @param [browser] how its browser is opened
 */
export function roomSubjects(play, browser) {
  const kinds = [
    [OURS, meerkatPage],
    ['converse.js', conversePage],
  ];
  return ({ site }) =>
    kinds.map(([name, kind]) => ({
      name,
      run: ({ turn, ...options }) =>
        withServer((server) => turn((one) => play(one, kind, { site, server, ...options }), browser)),
    }));
}
