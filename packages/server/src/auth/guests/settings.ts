import { z } from 'zod';
import { backEnd } from '../site/settings.js';

/** Settings of guests. Times are in milliseconds. */
export const guestSettings = z.object({
  /** Guests of one network address (of IPv6, a /64) at once. */
  perAddress: z.int().min(1).default(100),
  /** Guests who may come in anew from one network address in a minute; who comes back is not counted. */
  newPerMinute: z.int().min(1).default(30),
  /** Guests at once, from wherever. */
  total: z.int().min(1).default(20_000),
  /**
   * Addresses and blocks (`203.0.113.0/24`) behind which many people sit, such as a school or an event: what counts by
   * address is twenty times as much there.
   */
  sharedNetworks: z.array(z.string()).default([]),
  /** What guests have to prove when many come, before they are let in. */
  proof: z
    .object({
      /**
       * `off`: nothing. `work`: that their browser has reckoned for a while. `site`: something that the page finds out,
       * such as a captcha, and that `url` is asked about.
       */
      kind: z.enum(['off', 'work', 'site']).default('off'),
      /** Guests of one network address who come in without that in a minute. 0: everybody is asked. */
      freePerAddress: z.int().min(0).default(5),
      /** The same of all of them together. */
      freeInAll: z.int().min(0).default(300),
      /** Of `work`, how much: each one more is twice as much. 16 take a laptop half a second or so, a phone several times that. */
      bits: z.int().min(1).max(26).default(16),
      /** Of `work`, how long it may take. */
      time: z.int().min(1000).default(120_000),
      // Of `site`: `POST {"answer", "address"}`; 200 lets in, 403 does not.
      ...backEnd,
    })
    .refine(
      ({ kind, url }) => kind !== 'site' || url !== undefined,
      'off or work where there is no url to ask',
    )
    .prefault({}),
});

/** Settings of guests, complete. */
export type GuestSettings = Readonly<z.output<typeof guestSettings>>;
