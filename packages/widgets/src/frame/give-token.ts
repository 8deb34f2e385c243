import { askSite } from '../sign-in/ask-site.js';
import { tokenFrom } from '../sign-in/token-from.js';
import type { FromPage } from './protocol.js';

/** An `<iframe>` that asks, as far as it is needed: its window and its `data-` attributes. */
export type AskingFrame = Pick<HTMLIFrameElement, 'contentWindow' | 'dataset'>;

/**
 * Gives a framed room a token of whoever is signed in to the page, from where `data-token-from` says; loaded when a frame
 * asks for one. It is sent to the frame's own origin alone, so a frame whose origin is opaque gets none.
 */
export async function giveToken(
  frame: AskingFrame,
  origin: string,
  nonce: string,
  ask = askSite,
  warn = (text: string): void => console.warn(text),
): Promise<void> {
  const { tokenFrom: url, tokenNonce, tokenNonceFrom } = frame.dataset;
  if (!url || origin === 'null') {
    // A page may answer by itself; a sandboxed frame cannot be answered.
    if (url) warn('Chat: a frame without allow-same-origin gets no token: whoever it shows could read it.');
    return;
  }
  const asked = await tokenFrom(ask, { tokenFrom: url, tokenNonce, tokenNonceFrom });
  if (asked.kind === 'down') warn(`Chat: token from ${url}: ${asked.why}`);
  const token = asked.kind === 'token' ? asked.token : asked.kind === 'out' ? null : undefined;
  const message: FromPage = { meerkat: 1, type: 'token', nonce, token };
  frame.contentWindow?.postMessage(message, origin);
}
