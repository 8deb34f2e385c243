import { type BareJid, parseBareJid } from '@meerkat-chat/xmpp';
import { z } from 'zod';
import { PRESENCE_CHOICES } from './presence-policy.js';
import { isPattern } from './reserved-nicks.js';

const count = (fallback: number) => z.int().min(1).default(fallback);

const account = z.string().transform((text, issues): BareJid => {
  const jid = parseBareJid(text);
  if (jid !== undefined) return jid;
  issues.addIssue({ code: 'custom', message: 'not an address like user@domain' });
  return z.NEVER;
});

/** Settings of rooms, below `modules.muc`. Bounds are counts, or bytes of UTF-8 where they say so. */
export const mucSettings = z.object({
  /** The label of the host below the domain. */
  host: z.string().default('rooms'),
  /** Accounts that own every room. */
  admins: z.array(account).default([]),
  /** Who may make a room by joining it. */
  create: z.enum(['anyone', 'users', 'admins', 'nobody']).default('users'),
  /** False lifts `createdPerMinute`, `pages.createdPerHour` and `typing.perMinute`, for load tests; every other bound stays. */
  rateLimits: z.boolean().default(true),
  /** Rooms that one network address may make in a minute. */
  createdPerMinute: count(10),
  /** Rooms of web pages, which elements with `room="page"` enter; their names begin with `page-`. */
  pages: z
    .object({
      /** Origins of the pages that may have one: who is on them may make it, guests too, and nobody else. Empty: `create` decides. */
      origins: z.array(z.string().regex(/^https?:\/\/[^/]+$/)).default([]),
      /** Rooms of pages that one network address may make in an hour. */
      createdPerHour: count(120),
    })
    .prefault({}),
  /** Rooms in memory: those that somebody is in, or is just asking about. */
  rooms: count(10_000),
  /** Occupants of one room. */
  occupants: count(5_000),
  /** Of whom the occupants of a large room are told; their presences alone would grow with the square of its size. */
  presence: z
    .object({
      /** For rooms whose owner has not chosen; `auto` goes by the bounds below. */
      policy: z.enum(PRESENCE_CHOICES).default('auto'),
      /** Up to so many occupants everybody hears of everybody. */
      all: z.int().min(0).default(200),
      /** Up to so many, of moderators and of those who have spoken; beyond, only of how many there are. */
      active: z.int().min(0).default(2_000),
      /** Percent of a bound to which a room has to shrink before its policy widens again. */
      widenAt: z.int().min(1).max(100).default(70),
      /** The shortest time between two messages that tell how many there are. */
      countInterval: z.int().min(100).default(2_000),
    })
    .prefault({}),
  /** Whether a new room keeps its messages in its archive; its owner may choose otherwise. */
  archive: z.boolean().default(true),
  /** Rooms that one account may be in. */
  roomsPerAccount: count(50),
  /** Entries of one room's lists of owners, admins, members and banned. */
  affiliations: count(2_000),
  /**
   * Names that guests cannot take, nor what may be taken for them: look-alikes of other alphabets, with spaces, signs
   * and numbers around them. `*` at an end stands for anything.
   */
  reservedNicks: z
    .array(z.string().refine(isPattern, 'a word with letters, and * at its ends alone'))
    .default([
      ...['admin*', '*admin', 'moderator*', '*moderator', 'mod', 'mods', 'support*', '*support', 'helpdesk'],
      ...['staff', 'official', 'operator', 'owner', 'root', 'system', 'server', 'security', 'webmaster'],
      ...['everyone', 'all', 'here', 'bot', 'meerkat'],
    ]),
  /** Whether guests are kept from the names of accounts, and of a room's owners, admins and members. */
  protectNames: z.boolean().default(true),
  /**
   * Whether those whom a site names are shown by that name in every room, whatever their client asks for: others know
   * then who they are. Without it the name is a proposal.
   */
  siteNames: z.boolean().default(true),
  /** Pictures of those whom a site has given one. Whoever sees them asks their host for them. */
  avatars: z
    .object({
      /** False: nobody is shown any. */
      shown: z.boolean().default(true),
      /** Hosts that they may be at, `gravatar.com` or `*.gravatar.com`; any where none is named. Always by https. */
      hosts: z.array(z.string().regex(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?$/)).default([]),
    })
    .prefault({}),
  /** Entries in one request of an administrator. */
  adminItems: count(100),
  /** Who is writing just now (chat states): what is beyond these bounds is dropped without a word. */
  typing: z
    .object({
      /** Rooms with more occupants pass on none: all of them together would be as many as the square of that. */
      occupants: z.int().min(0).default(100),
      /** Changes that one occupant may tell in a minute. */
      perMinute: count(30),
    })
    .prefault({}),
  /** Bytes of one message to a room or in it, as it goes out. */
  messageBytes: count(16_384),
  /** Bytes of one presence in a room, as it goes out. */
  presenceBytes: count(4_096),
  /** Bytes of a subject. */
  subjectBytes: count(1_024),
  /** Bytes of a nick. */
  nickBytes: count(128),
  /** Bytes of a reason for a kick or a ban. */
  reasonBytes: count(512),
  /** Messages that a room keeps in memory for those who join; nobody gets more than these on joining. */
  historyKept: z.int().min(0).default(100),
  /** Characters of them: a joiner's link has to take them at once. */
  historyChars: count(262_144),
  /** Messages that a joiner gets who does not say how many. */
  historyOnJoin: z.int().min(0).default(30),
  /** Stanzas that may wait for a room while it is read from storage. */
  loadQueue: count(5_000),
  /** Rooms that disco#items of the host lists at most. */
  listedRooms: count(1_000),
});

export type MucSettings = z.output<typeof mucSettings>;
