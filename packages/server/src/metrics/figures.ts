import type { Core } from '../core.js';
import type { SpanReading } from '../kernel/span-counts.js';
import type { ProcessUse } from '../runtime.js';
import type { ArchiveStats } from '../storage/storage.js';

/** All that is measured, as it is at one moment. */
export interface Reading {
  readonly version: string;
  readonly counts: ReturnType<Core['counts']>;
  readonly census: ReturnType<Core['census']>;
  /** By part and name, such as `modules.muc.rooms`. */
  readonly stats: Readonly<Record<string, number>>;
  readonly archive: ArchiveStats;
  /** Messages that were older than they may be, by whose they were. */
  readonly removed: Readonly<Record<'rooms' | 'users', number>>;
  readonly process: ProcessUse;
  /** How late the event loop was since the last reading, in milliseconds, by the share of all looks that were not later. */
  readonly lag: Readonly<Record<string, number>>;
}

/** One metric: how Prometheus knows it, what it says to an operator, and where it is in a reading. */
export type Figure = {
  readonly name: string;
  readonly help: string;
} & (
  | { readonly kind: 'counter' | 'gauge'; read(now: Reading): number }
  | {
      readonly kind: 'counter' | 'gauge';
      /** What tells its values apart; never anything that comes from the wire. */
      readonly label: string;
      read(now: Reading): Readonly<Record<string, number>>;
    }
  | { readonly kind: 'spans'; read(now: Reading): SpanReading }
);

const SECOND = 1000;

/** Every metric of the server, in the order in which it tells them. */
export const FIGURES: readonly Figure[] = [
  {
    name: 'meerkat_info',
    help: 'Always 1; the version of the server is in the label.',
    kind: 'gauge',
    label: 'version',
    read: ({ version }) => ({ [version]: 1 }),
  },
  {
    name: 'meerkat_sessions',
    help: 'Sessions by what they are connected with. "none" has lost its connection and waits to be resumed.',
    kind: 'gauge',
    label: 'link',
    read: ({ census: { byLink } }) => ({ websocket: byLink.websocket, bosh: byLink.bosh, none: byLink.none }),
  },
  {
    name: 'meerkat_sign_ins_total',
    help: 'Attempts to sign in, by how they ended.',
    kind: 'counter',
    label: 'outcome',
    read: ({ counts }) => counts.streams.signIns,
  },
  {
    name: 'meerkat_resumptions_total',
    help: 'Sessions that went on over another connection, and requests for sessions that could not.',
    kind: 'counter',
    label: 'outcome',
    read: ({ counts }) => counts.streams.resumptions,
  },
  {
    name: 'meerkat_rooms',
    help: 'Rooms in memory: those that somebody is in.',
    kind: 'gauge',
    read: ({ stats }) => stats['modules.muc.rooms'] ?? 0,
  },
  {
    name: 'meerkat_occupants',
    help: 'Occupants of all rooms together; who is in two rooms counts twice.',
    kind: 'gauge',
    read: ({ stats }) => stats['modules.muc.occupants'] ?? 0,
  },
  {
    name: 'meerkat_stanzas_received_total',
    help: 'Stanzas that clients have sent, by kind.',
    kind: 'counter',
    label: 'kind',
    read: ({ counts: { router } }) => ({ ...router.received }),
  },
  {
    name: 'meerkat_stanzas_refused_total',
    help: 'Stanzas that were refused, by kind: not allowed, too fast, too long, for nobody...',
    kind: 'counter',
    label: 'kind',
    read: ({ counts: { router } }) => ({ ...router.refused }),
  },
  {
    name: 'meerkat_deliveries_total',
    help: 'Deliveries of what many get, such as the messages and presences of a room: each recipient counts.',
    kind: 'counter',
    read: ({ counts }) => counts.router.fannedOut,
  },
  {
    name: 'meerkat_fan_out_seconds',
    help: 'Time to hand one stanza to all its recipients; nothing else is done meanwhile.',
    kind: 'spans',
    read: ({ counts }) => counts.router.fanOuts,
  },
  {
    name: 'meerkat_unacknowledged_bytes',
    help: 'Bytes kept for all clients until they acknowledge them. Stanzas that many get are kept once and counted for each.',
    kind: 'gauge',
    read: ({ census }) => census.keptBytes,
  },
  {
    name: 'meerkat_link_queue_bytes',
    help: 'Bytes written to connections that the operating system has not taken yet: slow readers.',
    kind: 'gauge',
    read: ({ census }) => census.linkBytes,
  },
  {
    name: 'meerkat_archive_commit_seconds',
    help: 'Time from taking the first message of a group until the group is on disk.',
    kind: 'spans',
    read: ({ archive }) => archive.commits,
  },
  {
    name: 'meerkat_archive_waiting_bytes',
    help: 'Bytes of messages that are not on disk yet. Messages are refused from storage.archiveWaitingBytes on.',
    kind: 'gauge',
    read: ({ archive }) => archive.waitingBytes,
  },
  {
    name: 'meerkat_archive_removed_total',
    help: 'Messages that were removed because they were older than archive.retention.',
    kind: 'counter',
    label: 'archive',
    read: ({ removed }) => removed,
  },
  {
    name: 'meerkat_event_loop_lag_seconds',
    help: 'How late the event loop was since these figures were read last: half of the time, 99 % of it, and at worst.',
    kind: 'gauge',
    label: 'quantile',
    read: ({ lag }) =>
      Object.fromEntries(Object.entries(lag).map(([quantile, late]) => [quantile, late / SECOND])),
  },
  {
    name: 'process_cpu_seconds_total',
    help: 'CPU time that the process has taken, in user and kernel mode, all its threads together.',
    kind: 'counter',
    read: ({ process }) => process.cpuSeconds,
  },
  {
    name: 'process_resident_memory_bytes',
    help: 'Memory of the process.',
    kind: 'gauge',
    read: ({ process }) => process.residentBytes,
  },
  {
    name: 'process_start_time_seconds',
    help: 'When the process began, in seconds since 1970.',
    kind: 'gauge',
    read: ({ process }) => process.startedAt / SECOND,
  },
  {
    name: 'nodejs_heap_size_used_bytes',
    help: 'Memory that JavaScript objects take, garbage that was not collected yet included.',
    kind: 'gauge',
    read: ({ process }) => process.heapBytes,
  },
];
