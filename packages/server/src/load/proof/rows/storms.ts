import { atMost, type Bar, never, of, told } from '../bar.js';
import type { Figures } from '../figures.js';
import { type Row, type Variant, variant } from '../row.js';

const NAME = 'all';
/** A storm is told in seconds. */
const LATE = 500;
const worst = (figures: Figures, ...names: readonly string[]): number =>
  Math.max(...names.map((name) => figures.spans[name]?.max ?? 0));
/** The last of them is in the room, and the last presence has come. */
const settled = of(NAME, (figures) => worst(figures, 'subject', 'lastPresence'));
const memory: Bar = told(
  'memory',
  'megabytes',
  of(NAME, (figures) => figures.peakBytes),
);
const failures: Bar = never(
  'failures',
  of(NAME, (figures) => figures.wrong),
);

const everybody = (users: number, mostSeconds: number, late: number): Variant =>
  variant({
    name: NAME,
    scenario: 'join-storm',
    users,
    values: { seconds: mostSeconds - 60 },
    settings: { 'modules.muc.presence.policy': 'all' },
    late,
    mostSeconds,
  });
/** Everybody hears of everybody, themselves as well. */
const missing = (users: number): Bar =>
  never(
    'presences missing',
    of(NAME, ({ counters }) => Math.max(0, users ** 2 - (counters.presences ?? 0))),
  );

export const joinAll1000: Row = {
  name: 'join-all-1000',
  work: 'join storm, policy `all`: 1,000 at once',
  note: '',
  rounds: Number.POSITIVE_INFINITY,
  variants: [everybody(1000, 120, LATE)],
  bars: [failures, missing(1000), atMost('until all have heard of all', 'seconds', 8000, settled), memory],
};

export const joinAll3000: Row = {
  name: 'join-all-3000',
  work: 'join storm, policy `all`: 3,000 at once, 9 million presences',
  note: '',
  rounds: 1,
  variants: [everybody(3000, 300, 4 * LATE)],
  bars: [
    failures,
    missing(3000),
    atMost('until all have heard of all', 'seconds', 90_000, settled),
    atMost(
      'memory',
      'megabytes',
      600e6,
      of(NAME, (figures) => figures.peakBytes),
    ),
  ],
};

export const joinBurst: Row = {
  name: 'join-burst',
  work: 'join storm, default policy: 3,000 at once',
  note: '',
  rounds: Number.POSITIVE_INFINITY,
  variants: [
    variant({ name: NAME, scenario: 'join-storm', users: 3000, values: { seconds: 30 }, late: LATE }),
  ],
  bars: [failures, atMost('until all are in', 'seconds', 3000, settled), memory],
};

export const arrivals: Row = {
  name: 'arrivals',
  work: 'one room, default policy: 1,000 arrivals/s up to 4,000 occupants',
  note: '',
  rounds: Number.POSITIVE_INFINITY,
  variants: [
    variant({
      name: NAME,
      scenario: 'join-storm',
      users: 4000,
      values: { arrivals: 1000, seconds: 30 },
    }),
  ],
  bars: [
    failures,
    atMost(
      'join to subject, p99',
      'milliseconds',
      200,
      of(NAME, ({ spans }) => spans.subject?.p99 ?? Number.NaN),
    ),
  ],
};

export const reconnect: Row = {
  name: 'reconnect',
  work: 'reconnect storm: 10,000 resume at once, 400 rooms talk on',
  note: '',
  rounds: 1,
  variants: [
    variant({
      name: NAME,
      scenario: 'reconnect-storm',
      users: 10_000,
      values: { seconds: 20 },
      late: LATE,
      mostSeconds: 200,
    }),
  ],
  bars: [
    never(
      'lost, doubled, out of order',
      of(NAME, (figures) => figures.wrong),
    ),
    atMost(
      'until all are back',
      'seconds',
      10_000,
      of(NAME, (figures) => worst(figures, 'storm')),
    ),
    memory,
  ],
};
