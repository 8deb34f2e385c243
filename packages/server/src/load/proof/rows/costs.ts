import { atMost, type Bar, of, told } from '../bar.js';
import type { Figures } from '../figures.js';
import { type Row, type Variant, variant } from '../row.js';

const efficiency = (figures: Figures): number => figures.deliveriesPerCpuSecond;

export const IDLE = 'idle';
export const idle: Row = {
  name: 'idle',
  work: 'idle connection, of 10,000 after signing in, a forced collection and 30 s',
  note: 'Above what the process had after a forced collection, before the first connection.',
  rounds: 1,
  variants: [
    variant({
      name: IDLE,
      scenario: 'idle',
      users: 10_000,
      values: { seconds: 30 },
      collects: true,
      // Nothing is timed.
      late: Number.POSITIVE_INFINITY,
    }),
  ],
  bars: [
    atMost(
      'memory of each',
      'kilobytes',
      12_000,
      of(IDLE, (figures) => figures.bytesPerUser),
    ),
  ],
};

const WITHOUT = 'archive off';
const WITH = 'archive on';
/** How much more CPU a delivery takes when its message is kept. */
const archiveCost: Bar = atMost('CPU per delivery that the archive adds', 'share', 0.1, {
  of: [WITHOUT, WITH],
  value: (off, on) => (off && on ? efficiency(off) / efficiency(on) - 1 : Number.NaN),
});
const onAndOff = (told: Omit<Parameters<typeof variant>[0], 'name'>): readonly Variant[] => [
  variant({ ...told, name: WITHOUT, settings: { 'modules.muc.archive': 'false' } }),
  variant({ ...told, name: WITH }),
];
const efficiencies: readonly Bar[] = [WITHOUT, WITH].map((name) =>
  told(`${name}: deliveries per CPU second`, 'count', of(name, efficiency)),
);

export const archiveOneRoom: Row = {
  name: 'archive-one-room',
  work: 'archive on, every message durable: one room, 3,000 users, 10 messages/s',
  note: '',
  rounds: Number.POSITIVE_INFINITY,
  variants: onAndOff({ scenario: 'one-room', users: 3000, values: { rate: 10, seconds: 8 } }),
  bars: [archiveCost, ...efficiencies],
};

export const archiveManyRooms: Row = {
  name: 'archive-many-rooms',
  work: 'archive on, every message durable: 780 rooms, 25 users and 0.6 messages/s each',
  note: '',
  rounds: 2,
  variants: onAndOff({
    scenario: 'many-rooms',
    users: 19_500,
    values: { roomSize: 25, rate: 0.6, seconds: 12 },
    mostSeconds: 240,
  }),
  bars: [archiveCost, ...efficiencies],
};

/** Occupants and messages per second: 30,000 deliveries/s each. */
export const SIZES = [
  [300, 100],
  [1000, 30],
  [3000, 10],
  [10_000, 3],
] as const;
/** The variant of `growth` with so many occupants. */
export const named = (users: number): string => `${users.toLocaleString('en')} occupants`;
export const growth: Row = {
  name: 'growth',
  work: 'growth: 30,000 deliveries/s in rooms of 300 to 10,000',
  note: 'Presence policy `count` and no archive in all of them, so that the work is the same: messages do not gather for a commit.',
  rounds: 2,
  variants: SIZES.map(([users, rate]) =>
    variant({
      name: named(users),
      scenario: 'one-room',
      users,
      values: { rate, seconds: 8 },
      settings: {
        'modules.muc.presence.policy': 'count',
        'modules.muc.archive': 'false',
        'modules.muc.occupants': '20000',
      },
    }),
  ),
  bars: [
    atMost('deliveries per CPU second fall from 300 to 10,000 by', 'share', 0.15, {
      of: [named(300), named(10_000)],
      value: (few, many) => (few && many ? 1 - efficiency(many) / efficiency(few) : Number.NaN),
    }),
    ...SIZES.flatMap(([users]) => [
      told(`${named(users)}: deliveries per CPU second`, 'count', of(named(users), efficiency)),
      told(
        `${named(users)}: p99`,
        'milliseconds',
        of(named(users), (figures) => figures.p99),
      ),
    ]),
  ],
};
