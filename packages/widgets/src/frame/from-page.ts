import type { FromPage } from './protocol.js';

/** The most that may lie over a frame, in px. */
const MAX_INSET = 10_000;

/** The longest token, as servers take them; what it is made of: RFC 6750 section 2.1. */
const MAX_TOKEN = 8192;

/** The longest answer of a captcha that servers take. */
const MAX_PROOF = 4096;

const isToken = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= MAX_TOKEN && /^[\w.~+/-]+=*$/.test(value);
const isProof = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= MAX_PROOF;
const inset = (value: unknown): value is number =>
  Number.isFinite(value) && (value as number) >= 0 && (value as number) <= MAX_INSET;

/** Reads what came from the page around us; undefined when it is nothing of ours. */
export function parseFromPage(data: unknown): FromPage | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { meerkat, type, nonce, top, bottom, token, answer } = data as Readonly<Record<string, unknown>>;
  if (meerkat !== 1 || typeof nonce !== 'string' || !/^[\w-]{16,64}$/.test(nonce)) return undefined;
  switch (type) {
    case 'hello':
    case 'signed-out':
      return { meerkat, type, nonce };
    case 'proof':
      return isProof(answer) ? { meerkat, type, nonce, answer } : undefined;
    case 'insets':
      return inset(top) && inset(bottom) ? { meerkat, type, nonce, top, bottom } : undefined;
    case 'token':
      return { meerkat, type, nonce, token: token === null || isToken(token) ? token : undefined };
    default:
      return undefined;
  }
}
