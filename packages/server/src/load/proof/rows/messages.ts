import { atLeast, atMost, type Bar, never, of, told } from '../bar.js';
import { OFF, ON, offAndOn, type Row, variant } from '../row.js';

const SECONDS = 8;

/** What every row of messages has for each of its two variants. @param p99 in milliseconds */
function messageBars(name: string, p99: number): readonly Bar[] {
  return [
    never(
      `${name}: lost, doubled, out of order`,
      of(name, (figures) => figures.wrong),
    ),
    atMost(
      `${name}: p99`,
      'milliseconds',
      p99,
      of(name, (figures) => figures.p99),
    ),
  ];
}

const efficiency = (name: string): Bar =>
  told(
    `${name}: deliveries per CPU second`,
    'count',
    of(name, (figures) => figures.deliveriesPerCpuSecond),
  );
const cpu = (name: string, most: number): Bar =>
  atMost(
    `${name}: share of a core`,
    'share',
    most,
    of(name, (figures) => figures.cpu),
  );
const memory = (name: string): Bar =>
  told(
    `${name}: memory`,
    'megabytes',
    of(name, (figures) => figures.peakBytes),
  );

export const oneRoom: Row = {
  name: 'one-room-3000',
  work: 'one room, 3,000 users, 10 messages/s',
  note: '',
  rounds: Number.POSITIVE_INFINITY,
  variants: offAndOn({ scenario: 'one-room', users: 3000, values: { rate: 10, seconds: SECONDS } }),
  bars: [
    ...[...messageBars(OFF, 100), cpu(OFF, 0.4), efficiency(OFF)],
    // Acknowledgements may cost a tenth.
    ...[...messageBars(ON, 100), cpu(ON, 0.44), efficiency(ON), memory(ON)],
  ],
};

export const fastRoom: Row = {
  name: 'one-room-30',
  work: 'one room, 3,000 users, 30 messages/s',
  note: '',
  rounds: 2,
  variants: offAndOn({
    scenario: 'one-room',
    users: 3000,
    values: { rate: 30, seconds: SECONDS },
    // Part of what is measured, and far below the bar.
    late: 100,
  }),
  bars: [...messageBars(OFF, 250), efficiency(OFF), ...messageBars(ON, 250), efficiency(ON)],
};

export const manyRooms: Row = {
  name: 'many-rooms',
  work: '780 rooms, 25 users and 0.6 messages/s each: 19,500 sockets in one process',
  note: '',
  rounds: 2,
  variants: offAndOn({
    scenario: 'many-rooms',
    users: 19_500,
    values: { roomSize: 25, rate: 0.6, seconds: 12 },
    mostSeconds: 240,
  }),
  bars: [OFF, ON].flatMap((name) => [
    ...messageBars(name, 100),
    atLeast(
      `${name}: deliveries per CPU second`,
      'count',
      40_000,
      of(name, (figures) => figures.deliveriesPerCpuSecond),
    ),
    memory(name),
  ]),
};

const BOSH = 'over BOSH';
export const bosh: Row = {
  name: 'bosh',
  work: 'one room over BOSH, 1,000 users, 5 messages/s',
  note: '',
  rounds: Number.POSITIVE_INFINITY,
  variants: [
    variant({
      name: BOSH,
      scenario: 'one-room',
      users: 1000,
      values: { rate: 5, seconds: SECONDS },
      transport: 'bosh',
      late: 100,
      streamManagement: false,
    }),
  ],
  bars: [...messageBars(BOSH, 500), efficiency(BOSH), memory(BOSH)],
};
