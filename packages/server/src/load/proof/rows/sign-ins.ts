import { atMost, type Bar, never, of, times, told } from '../bar.js';
import type { Figures } from '../figures.js';
import { type Row, type SignInKind, variant } from '../row.js';
import { SITE_SETTINGS } from '../site.js';

const USERS = 10_000;
const GUEST = 'guest';
const KINDS: readonly SignInKind[] = [GUEST, 'token', 'cookie'];

/** What one sign-in took of the server's core, handshake and stream included. */
const cost = ({ counters, cpuSeconds }: Figures): number => (cpuSeconds * 1000) / (counters.signedIn ?? 0);

const ofKind = (kind: SignInKind): readonly Bar[] => [
  never(
    `${kind}: failures`,
    of(kind, (figures) => figures.wrong),
  ),
  told(
    `${kind}: sign-ins/s`,
    'count',
    of(
      kind,
      ({ counters, spans }) => ((counters.signedIn ?? 0) * 1000) / (spans.untilAllAreIn?.max ?? Number.NaN),
    ),
  ),
  told(
    `${kind}: p50`,
    'milliseconds',
    of(kind, ({ spans }) => spans.signIn?.p50 ?? Number.NaN),
  ),
  told(
    `${kind}: p95`,
    'milliseconds',
    of(kind, ({ spans }) => spans.signIn?.p95 ?? Number.NaN),
  ),
  told(`${kind}: CPU of each`, 'milliseconds', of(kind, cost)),
  told(
    `${kind}: memory`,
    'megabytes',
    of(kind, (figures) => figures.peakBytes),
  ),
];

/** How much dearer a site's word may be than none at all. */
const DEARER = 1.5;

export const signIns: Row = {
  name: 'sign-in',
  work: '10,000 sign-ins, 100 at a time, by a token and by a cookie beside guests',
  note: 'Each token is made for its sign-in (HS256), names itself and is taken once; the same in a cookie. Times are from the connection until a resource is bound, with 100 of them under way.',
  rounds: Number.POSITIVE_INFINITY,
  variants: KINDS.map((kind) =>
    variant({
      name: kind,
      scenario: 'sign-in',
      users: USERS,
      values: {},
      signIn: kind,
      settings: SITE_SETTINGS,
      // Figures are of CPU, and of whole runs.
      late: Number.POSITIVE_INFINITY,
    }),
  ),
  bars: [
    ...KINDS.flatMap(ofKind),
    ...KINDS.filter((kind) => kind !== GUEST).map((kind) =>
      atMost(`${kind}: CPU of each, to that of a guest`, 'times', DEARER, times(kind, GUEST, cost)),
    ),
  ],
};
