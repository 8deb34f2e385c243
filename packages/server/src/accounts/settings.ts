import { z } from 'zod';

const days = z.int().min(0).max(36_500);

/** For how long messages are kept, below `archive.retention`. */
export const retentionSettings = z.object({
  /** Days for which the messages of rooms are kept; 0 for ever. A year lets people look up what was said last season. */
  rooms: days.default(365),
  /** Days for which messages between people are kept; 0 for ever. */
  users: days.default(365),
});

/** For how long messages are kept, complete. */
export type RetentionSettings = Readonly<z.output<typeof retentionSettings>>;

const limit = (fallback: number) => z.int().min(1).default(fallback);

/** Registration by the people themselves (XEP-0077), below `registration`. */
export const registrationSettings = z.object({
  /**
   * Whether people may make accounts by themselves, over secure connections. Where a site signs people in, ask it by
   * `hook`: who registers the name of a visitor of the site who has not been here yet would be in their place.
   */
  open: z.boolean().default(false),
  /** Accounts that one network address (an IPv6 /64) may make in an hour. */
  perAddress: limit(3),
  /** Accounts that all together may make in an hour. */
  perHour: limit(100),
  /**
   * A URL that is asked before an account is made, by POST with `{"name", "address"}` as JSON. It answers `{"allow": true}`,
   * or `{"allow": false, "message": "..."}` with one sentence for who asked. No answer in time means no.
   */
  hook: z.url({ protocol: /^https?$/ }).optional(),
  /** How long the hook may take, in milliseconds. */
  hookTimeout: z.int().min(100).max(20_000).default(5_000),
});

/** Settings of registration, complete. */
export type RegistrationSettings = Readonly<z.output<typeof registrationSettings>>;
