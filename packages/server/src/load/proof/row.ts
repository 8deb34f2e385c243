import type { Millis } from '@meerkat-chat/xmpp';
import { LATE } from '../measure/generator-limits.js';
import type { Bar } from './bar.js';

/** Who is loaded. */
export type ServerName = 'ejabberd' | 'prosody' | 'meerkat';

/** By what users sign in: as guests, or with what a site says of them. */
export type SignInKind = 'cookie' | 'guest' | 'token';

/** One server under one load: what has its turn in every round. */
export interface Variant {
  /** What tells it apart from the others of its row. */
  readonly name: string;
  readonly server: ServerName;
  /** A scenario of `meerkat load`, with so many users and its own options. */
  readonly scenario: string;
  readonly users: number;
  readonly values: Readonly<Record<string, number | string>>;
  /** Every user has stream management (XEP-0198) on. */
  readonly streamManagement: boolean;
  readonly transport: 'websocket' | 'bosh';
  readonly signIn: SignInKind;
  /** Settings of this server that are not as by default, by their path. */
  readonly settings: Readonly<Record<string, string>>;
  /** The server collects its garbage before the first connection, and when the scenario's work begins. */
  readonly collects: boolean;
  /** It has its turn in so many rounds at most. */
  readonly rounds: number;
  /**
   * How late the generator's event loop may be (p99, in milliseconds) before its figures are not the server's: little
   * beside what is judged.
   */
  readonly late: Millis;
  /** A turn that takes longer has failed. */
  readonly mostSeconds: number;
}

/** One line of what this server promises, with what it takes to measure it. */
export interface Row {
  /** What it is called on the command line. */
  readonly name: string;
  /** The work, for people. */
  readonly work: string;
  /** What else a reader has to know of how it is measured; may be empty. */
  readonly note: string;
  /** In the order of their turns. */
  readonly variants: readonly Variant[];
  /** Rounds at most, of those that are asked for. */
  readonly rounds: number;
  readonly bars: readonly Bar[];
}

/** What a variant is when nothing else is said; its name, scenario and users have to be. */
type Usual = Omit<Variant, 'name' | 'scenario' | 'users' | 'values'>;
const USUAL: Usual = {
  server: 'meerkat',
  streamManagement: true,
  transport: 'websocket',
  signIn: 'guest',
  settings: {},
  collects: false,
  rounds: Number.POSITIVE_INFINITY,
  late: LATE,
  mostSeconds: 120,
};

/** A variant, told by what is not usual: this server with its defaults, stream management on, over WebSocket. */
export function variant(
  told: Pick<Variant, 'name' | 'scenario' | 'users' | 'values'> & Partial<Usual>,
): Variant {
  return { ...USUAL, ...told };
}

/** The names of the variants with stream management (XEP-0198) for nobody, and for everybody. */
export const OFF = 'SM off';
export const ON = 'SM on';

/** The same load with stream management off and on. */
export function offAndOn(told: Omit<Parameters<typeof variant>[0], 'name'>): readonly Variant[] {
  return [
    variant({ ...told, name: OFF, streamManagement: false }),
    variant({ ...told, name: ON, streamManagement: true }),
  ];
}

/** What a small version of a load has at most of each option. */
const SMALL: Readonly<Record<string, number>> = { seconds: 1, rate: 4, arrivals: 20, tries: 2, away: 1 };
const SMALL_CROWD = 30;

/** A small version of a row, which says whether it can be measured, and nothing of speed. */
export function quickened(row: Row): Row {
  const small = (one: Variant): Variant => ({
    ...one,
    users: Math.min(one.users, SMALL_CROWD),
    values: Object.fromEntries(
      Object.entries(one.values).map(([name, value]) => [
        name,
        typeof value === 'number' ? Math.min(value, SMALL[name] ?? value) : value,
      ]),
    ),
  });
  return { ...row, variants: row.variants.map(small), rounds: 1 };
}
