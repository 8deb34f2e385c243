import { pagePath, thisPage } from './page-address.js';

/** By what the page that we are in is known; empty where it has no address of its own. */
export function pageHere(): string {
  try {
    const { host, path } = pagePath(thisPage());
    return host + path;
  } catch {
    return '';
  }
}

/** Calls when the page that we are in has become another one, until what it answers with is called. */
export function followPage(changed: () => void): () => void {
  const end = new AbortController();
  const now = pageHere();
  import('./page-navigation.js').then(
    ({ watchPage }) => watchPage(now, changed, end.signal),
    // Then it stays in the room that it is in, as if nothing had moved.
    () => {},
  );
  return () => end.abort();
}
