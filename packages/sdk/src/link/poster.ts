import { failed, type Millis, ok, type Result } from '@meerkat-chat/xmpp';
import type { Platform } from '../platform.js';
import { NO_ENDPOINT } from './client-link.js';

/** Pauses before the attempts after the first; after the last of them the server counts as gone. */
const RETRY_PAUSES: readonly Millis[] = [250, 500, 1000, 2000, 4000];

/** How often a body is posted at most. */
export const MAX_TRIES = RETRY_PAUSES.length + 1;

export interface PostOptions {
  /** For each attempt. */
  readonly timeout: Millis;
  /** From 1 to `MAX_TRIES`. */
  readonly tries: number;
  /** Gives up at once. */
  readonly signal: AbortSignal;
}

/** Posts bodies, each again and again until it is answered or hopeless. */
export class Poster {
  readonly #platform: Pick<Platform, 'env' | 'fetch'>;
  readonly #url: string;
  readonly #cookies: boolean;

  /** @param cookies whether the cookies of the server's site go along: then it answers pages that it knows, and no others */
  constructor(platform: Pick<Platform, 'env' | 'fetch'>, url: string, cookies: boolean) {
    this.#platform = platform;
    this.#url = url;
    this.#cookies = cookies;
  }

  /**
   * @returns the text of the answer, or what went wrong, for logs
   */
  async post(body: string, options: PostOptions): Promise<Result<string, string>> {
    const { signal, timeout, tries } = options;
    for (let attempt = 0; ; attempt++) {
      const reply = await this.#once(body, timeout, signal);
      const pause = attempt + 1 < tries ? RETRY_PAUSES[attempt] : undefined;
      if (reply.ok || !reply.error.recoverable || pause === undefined || signal.aborted) {
        return reply.ok ? reply : failed(reply.error.reason);
      }
      await this.#pause(pause * (0.5 + this.#platform.env.random.number() / 2), signal);
    }
  }

  async #once(
    body: string,
    timeout: Millis,
    signal: AbortSignal,
  ): Promise<Result<string, { readonly reason: string; readonly recoverable: boolean }>> {
    const abort = new AbortController();
    const giveUp = (): void => abort.abort();
    if (signal.aborted) return failed({ reason: 'given up', recoverable: false });
    signal.addEventListener('abort', giveUp);
    const stopTimer = this.#platform.env.clock.after(timeout, giveUp);
    try {
      const response = await this.#platform.fetch(this.#url, {
        method: 'POST',
        headers: { 'Content-Type': 'text/xml; charset=utf-8' },
        body,
        signal: abort.signal,
        ...(this.#cookies ? { credentials: 'include' } : {}),
      });
      if (response.status === 200) return ok(await response.text());
      const { status } = response;
      if (status === 404 || status === 405 || status === 410) {
        return failed({ reason: NO_ENDPOINT, recoverable: false });
      }
      return failed({
        reason: `HTTP ${status}`,
        recoverable: status >= 500 || status === 408 || status === 429,
      });
    } catch (error) {
      return failed({ reason: String(error), recoverable: !signal.aborted });
    } finally {
      stopTimer();
      signal.removeEventListener('abort', giveUp);
    }
  }

  #pause(span: Millis, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        stop();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const stop = this.#platform.env.clock.after(span, done);
      if (signal.aborted) done();
      else signal.addEventListener('abort', done);
    });
  }
}
