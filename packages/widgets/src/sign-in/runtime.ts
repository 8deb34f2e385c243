import { browserSurroundings } from '../runtime.js';
import type { SignInSurroundings } from './site-sign-in.js';

/** The browser's own. */
export const browserSignIn: SignInSurroundings = {
  clock: browserSurroundings.clock,
  post: async (address, headers, timeout) => {
    const url = new URL(address, document.baseURI);
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      // A back end on another origin is asked as whoever is signed in there; it decides by CORS whom it answers.
      credentials: url.origin === location.origin ? 'same-origin' : 'include',
      // Many sites send those who are not signed in to a page where they can.
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.timeout(timeout),
    });
    const status = answer.type === 'opaqueredirect' ? 302 : answer.status;
    return { status, text: await answer.text() };
  },
  warn: (text) => console.warn(text),
};
