import type { Surroundings } from '../runtime.js';
import { type Asked, readToken } from './token-answer.js';
import { PATIENCE } from './token-from.js';

/** A page's own way to a token; nothing, where nobody is signed in. */
export type PageToken = () => Promise<string | null | undefined>;

/**
 * Asks a function of the page for a token. One that takes longer than a site may counts as a site that does not answer;
 * what comes of it in the end is in `late`.
 */
export async function askPage(getToken: PageToken, clock: Surroundings['clock']): Promise<Asked> {
  const answer = answerOf(getToken);
  const why = `it has given nothing for ${PATIENCE / 1000} s`;
  return new Promise((resolve) => {
    const off = clock.after(PATIENCE, () => resolve({ kind: 'down', why, late: answer }));
    void answer.then((asked) => {
      off();
      resolve(asked);
    });
  });
}

async function answerOf(getToken: PageToken): Promise<Asked> {
  try {
    return readToken(await getToken());
  } catch (error) {
    return { kind: 'down', why: error instanceof Error ? error.message : String(error) };
  }
}
