import { z } from 'zod';

/** Settings of messages between two people, below `modules.direct`. */
export const directSettings = z.object({
  /**
   * The accounts, by name, to which guests may write: those who expect strangers, such as `support`. Whether one of
   * them is there is told to whoever may write. `*` is everybody, of whom nothing is told.
   */
  guestsMayWrite: z.array(z.string().min(1)).max(1000).default([]),
  /** Whether accounts have an archive. Without one, a message to somebody who is not there comes back. */
  archived: z.boolean().default(true),
  /** False lifts `guestMessages`, for load tests; every other bound stays. */
  rateLimits: z.boolean().default(true),
  /** Messages to people from the guests of one network address. */
  guestMessages: z
    .object({
      /** In the long run. */
      perSecond: z.number().positive().default(0.5),
      /** At once, after a quiet time. */
      burst: z.int().min(1).default(20),
    })
    .prefault({}),
});

export type DirectSettings = z.output<typeof directSettings>;
