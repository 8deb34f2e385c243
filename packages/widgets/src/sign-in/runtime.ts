import { browserSurroundings } from '../runtime.js';
import { askSite } from './ask-site.js';
import type { SignInSurroundings } from './site-sign-in.js';

/** The browser's own. */
export const browserSignIn: SignInSurroundings = {
  clock: browserSurroundings.clock,
  ask: askSite,
  warn: (text) => console.warn(text),
};
