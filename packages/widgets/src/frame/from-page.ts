import type { FromPage } from './protocol.js';

/** The most that may lie over a frame, in px. */
const MAX_INSET = 10_000;

const inset = (value: unknown): value is number =>
  Number.isFinite(value) && (value as number) >= 0 && (value as number) <= MAX_INSET;

/** Reads what came from the page around us; undefined when it is nothing of ours. */
export function parseFromPage(data: unknown): FromPage | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { meerkat, type, nonce, top, bottom } = data as Readonly<Record<string, unknown>>;
  if (meerkat !== 1 || typeof nonce !== 'string' || !/^[\w-]{16,64}$/.test(nonce)) return undefined;
  switch (type) {
    case 'hello':
      return { meerkat, type, nonce };
    case 'insets':
      return inset(top) && inset(bottom) ? { meerkat, type, nonce, top, bottom } : undefined;
    default:
      return undefined;
  }
}
