import { atLeast, of, times, told } from '../bar.js';
import { OFF, ON, offAndOn, type Row, type ServerName, type Variant, variant } from '../row.js';

const USERS = 3000;
/** A fifth of the p99 that is judged. */
const LATE = 200;
const TRIES = { seconds: 5, tries: 8 };

/** A peer, without stream management, which makes it faster. @param rate that it is likely to keep up with */
const peer = (server: ServerName, rate: number, rounds: number): Variant =>
  variant({
    name: server,
    server,
    scenario: 'saturation',
    users: USERS,
    values: { rate, ...TRIES },
    streamManagement: false,
    rounds,
    late: LATE,
    mostSeconds: 400,
  });

export const saturation: Row = {
  name: 'saturation',
  work: 'one room, 3,000 users: the highest rate with a p99 below 1 s and no backlog',
  note: 'Other servers without stream management. Prosody in the first round only, as filling its room takes long.',
  rounds: 2,
  variants: [
    ...offAndOn({
      scenario: 'saturation',
      users: USERS,
      values: { rate: 24, ...TRIES },
      late: LATE,
      mostSeconds: 200,
    }),
    peer('ejabberd', 8, 2),
    peer('prosody', 4, 1),
  ],
  bars: [
    ...[OFF, ON].flatMap((name) => [
      told(
        `${name}: deliveries/s`,
        'count',
        of(name, (figures) => figures.perSecond),
      ),
      atLeast(
        `${name}: deliveries per CPU second`,
        'count',
        90_000,
        of(name, (figures) => figures.deliveriesPerCpuSecond),
      ),
      told(
        `${name}: share of a core at that rate`,
        'share',
        of(name, (figures) => figures.cpu),
      ),
      atLeast(
        `${name}: deliveries/s, to ejabberd`,
        'times',
        3,
        times(name, 'ejabberd', (figures) => figures.perSecond),
      ),
      atLeast(
        `${name}: deliveries/s, to Prosody`,
        'times',
        5,
        times(name, 'prosody', (figures) => figures.perSecond),
      ),
    ]),
    told(
      'ejabberd: deliveries/s',
      'count',
      of('ejabberd', (figures) => figures.perSecond),
    ),
    told(
      'ejabberd: deliveries per CPU second',
      'count',
      of('ejabberd', (figures) => figures.deliveriesPerCpuSecond),
    ),
    told(
      'Prosody: deliveries/s',
      'count',
      of('prosody', (figures) => figures.perSecond),
    ),
    told(
      'Prosody: deliveries per CPU second',
      'count',
      of('prosody', (figures) => figures.deliveriesPerCpuSecond),
    ),
  ],
};
