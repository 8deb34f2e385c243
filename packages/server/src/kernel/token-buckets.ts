import type { Clock, Millis } from '@meerkat-chat/xmpp';

interface Bucket {
  tokens: number;
  at: Millis;
}

/** How fast something may happen, for each key by itself. */
export interface Rate {
  /** In the long run. */
  readonly perSecond: number;
  /** At once, after a quiet time. */
  readonly burst: number;
}

/** Token buckets by key. A key that has been quiet takes no memory after the next `sweep`. */
export class TokenBuckets<Key> {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #rate: Rate;
  readonly #maxKeys: number;
  readonly #buckets = new Map<Key, Bucket>();

  /** @param maxKeys beyond so many the oldest key is forgotten, and begins anew with a full bucket */
  constructor(clock: Pick<Clock, 'monotonic'>, rate: Rate, maxKeys = 100_000) {
    this.#clock = clock;
    this.#rate = rate;
    this.#maxKeys = maxKeys;
  }

  /** Takes one token; false when there is none. */
  take(key: Key): boolean {
    const now = this.#clock.monotonic();
    const bucket = this.#buckets.get(key) ?? this.#add(key, now);
    bucket.tokens = this.#level(bucket, now);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  /** Forgets every key whose bucket is full again. */
  sweep(): void {
    const now = this.#clock.monotonic();
    for (const [key, bucket] of this.#buckets) {
      if (this.#level(bucket, now) >= this.#rate.burst) this.#buckets.delete(key);
    }
  }

  get size(): number {
    return this.#buckets.size;
  }

  #add(key: Key, now: Millis): Bucket {
    if (this.#buckets.size >= this.#maxKeys) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    const bucket = { tokens: this.#rate.burst, at: now };
    this.#buckets.set(key, bucket);
    return bucket;
  }

  #level(bucket: Bucket, now: Millis): number {
    return Math.min(this.#rate.burst, bucket.tokens + ((now - bucket.at) / 1000) * this.#rate.perSecond);
  }
}
