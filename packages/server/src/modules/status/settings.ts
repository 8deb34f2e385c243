import { z } from 'zod';

/** Settings of the status on the web, below `modules.status`. */
export const statusSettings = z.object({
  /** The label of the host below the domain that is asked to show a status. */
  host: z.string().default('status'),
  /** How long somebody who is gone is shown as before, in milliseconds: a reload or a short loss is nobody's business. */
  grace: z.int().min(0).max(3_600_000).default(20_000),
  /** Accounts that may show their status, guests among them. Each takes some 300 bytes of memory. */
  accounts: z.int().min(1).default(100_000),
  /** False lifts `sharedPerHour`, for load tests; every other bound stays. */
  rateLimits: z.boolean().default(true),
  /** Accounts that may begin to show their status from one network address in an hour. */
  sharedPerHour: z.int().min(1).default(60),
  /** How long a guest's status is kept once the guest is offline, in milliseconds. */
  guestLife: z.int().min(60_000).default(2_592_000_000),
});

export type StatusSettings = z.output<typeof statusSettings>;
