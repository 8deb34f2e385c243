import type { FullJid } from '@meerkat-chat/xmpp';
import type { Occupant } from './occupant.js';

/** A moment in the life of a room: comings in and first words are numbered from 1. */
export type Moment = number;

/** Everybody who came in up to a moment, and everybody who was active up to one; 0 for nobody. */
export interface Reach {
  readonly all: Moment;
  readonly active: Moment;
}

/** Presences that a session is being sent, in the order in which their occupants came in. */
export interface Burst {
  all: Moment;
  active: Moment;
  /** When it began: it ends with who came in last before that; who comes later is told behind it. */
  readonly from: Moment;
  /** The last who was passed, whether shown or not. */
  cursor: Moment;
  /** Shows those once more who were shown before. */
  readonly again: boolean;
  /** Left out, since they were told behind it: see `takeOut`. */
  readonly out: Set<Occupant>;
}

/** True when somebody is within reach. */
export function reaches({ all, active }: Reach, { joined, activeSince }: Occupant): boolean {
  return joined <= all || activeSince <= active;
}

/** True when a burst has somebody before it whom it has not come to. */
function isToCome({ from, cursor, out }: Burst, occupant: Occupant): boolean {
  return occupant.joined <= from && occupant.joined > cursor && !out.has(occupant);
}

/**
 * One session in a room, and of whom it was told. Since everything is told either to all who are there or to one who
 * comes in, two moments say it for any number of others, whatever policies the room has had: nothing is kept per pair.
 */
export class Seat {
  readonly session: FullJid;
  readonly occupant: Occupant;
  #all: Moment = 0;
  #active: Moment = 0;
  /** Under way or to come, in their order. */
  readonly #bursts: Burst[] = [];

  constructor(session: FullJid, occupant: Occupant) {
    this.session = session;
    this.occupant = occupant;
  }

  /** True when this session has been sent the presence of somebody, and so has to hear what becomes of them. */
  shows(occupant: Occupant): boolean {
    if (reaches({ all: this.#all, active: this.#active }, occupant)) return true;
    return this.#bursts.some((burst) => reaches(burst, occupant) && !isToCome(burst, occupant));
  }

  /** Begins to show others; those whom it does not come to before something happens to them, it shows as they are then. */
  begin(reach: Reach, from: Moment, again: boolean): Burst {
    const burst = { ...reach, from, cursor: 0, again, out: new Set<Occupant>() };
    this.#bursts.push(burst);
    return burst;
  }

  /** Whether a burst has to show the occupant that it comes to. */
  wants(burst: Burst, occupant: Occupant): boolean {
    if (burst.out.has(occupant)) return false;
    const shown = this.shows(occupant);
    return reaches(burst, occupant) ? burst.again || !shown : burst.again && shown;
  }

  /**
   * Leaves somebody out of the bursts that have not come to them. Who changes nick is told behind what was said of the
   * nick before, and not ahead of it.
   */
  takeOut(occupant: Occupant): void {
    for (const burst of this.#bursts) if (isToCome(burst, occupant)) burst.out.add(occupant);
  }

  /** A burst has come to its end. */
  finish(burst: Burst): void {
    const at = this.#bursts.indexOf(burst);
    if (at < 0) return;
    this.#bursts.splice(at, 1);
    this.#all = Math.max(this.#all, burst.all);
    this.#active = Math.max(this.#active, burst.active);
  }

  /** Notes that everybody who came in up to that moment is shown, or will be by the last burst. */
  sawAll(moment: Moment): void {
    const burst = this.#bursts.at(-1);
    if (burst) burst.all = moment;
    else this.#all = moment;
  }

  /** The same for those who were active up to that moment. */
  sawActive(moment: Moment): void {
    const burst = this.#bursts.at(-1);
    if (burst) burst.active = moment;
    else this.#active = moment;
  }
}
