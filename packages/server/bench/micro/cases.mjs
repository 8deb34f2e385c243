// The work on the path of a message, piece by piece, each beside the least that such work can take.

import { archiveCases } from './archive.mjs';
import { readingCases } from './reading.mjs';
import { roomCases } from './room.mjs';
import { sharingCases } from './sharing.mjs';

/** Makes the cases one after the other, since some hold thousands of users. */
export async function* cases() {
  yield* readingCases();
  yield* sharingCases();
  yield* roomCases();
  yield* archiveCases();
}
