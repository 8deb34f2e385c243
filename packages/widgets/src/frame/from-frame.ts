import type { FrameStatus, FromFrame } from './protocol.js';

const STATUSES: readonly FrameStatus[] = ['connecting', 'offline', 'online', 'reconnecting', 'refused'];
/** Bounds: px, messages, and characters of an id or nick, and of a text. */
const MAX_HEIGHT = 10_000;
const MAX_COUNT = 1_000_000;
const MAX_NAME = 1024;
const MAX_TEXT = 65_536;

const whole = (value: unknown, most: number): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;
const text = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length <= most;

/** Reads what came from a frame; undefined when it is nothing of ours. Whatever is beyond the type is left behind. */
export function parseFromFrame(data: unknown): FromFrame | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const {
    meerkat,
    type,
    nonce,
    status,
    count,
    height,
    id,
    own,
    nick,
    text: said,
  } = data as Readonly<Record<string, unknown>>;
  if (meerkat !== 1) return undefined;
  if (type === 'ready') return { meerkat, type };
  if (!text(nonce, MAX_NAME)) return undefined;
  switch (type) {
    case 'status': {
      const known = STATUSES.find((one) => one === status);
      return known && { meerkat, type, nonce, status: known };
    }
    case 'unread':
      return whole(count, MAX_COUNT) ? { meerkat, type, nonce, count } : undefined;
    case 'height':
      return whole(height, MAX_HEIGHT) ? { meerkat, type, nonce, height } : undefined;
    case 'proof-wanted':
    case 'token-wanted':
      return { meerkat, type, nonce };
    case 'message':
      if (!text(id, MAX_NAME) || typeof own !== 'boolean') return undefined;
      return {
        meerkat,
        type,
        nonce,
        id,
        own,
        ...(text(nick, MAX_NAME) && text(said, MAX_TEXT) ? { nick, text: said } : {}),
      };
  }
  return undefined;
}
