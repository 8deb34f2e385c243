const KEY = 'meerkat:nick';

/** The name that a guest chose on this site before. None where storage is blocked (sandboxed frames). */
export function rememberedNick(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the name for the next visit, where storage allows it. */
export function rememberNick(nick: string): void {
  try {
    localStorage.setItem(KEY, nick);
  } catch {
    // Without storage the name is asked for again on the next page.
  }
}
