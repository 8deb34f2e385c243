import type { PresencePolicy } from '@meerkat-chat/xmpp';
import type { Occupant } from './occupant.js';
import { narrowness } from './presence-policy.js';
import { type Burst, type Moment, type Reach, reaches, type Seat } from './seat.js';

/**
 * Who in a room is shown to whom, under a policy that may change at any time and takes nothing back. Moderators are
 * told of active occupants under every policy: they keep order among those who speak.
 *
 * What always holds: under `all` each seat has seen everybody, under `active` everybody who is active, or is about to
 * by a burst. So whoever comes, or speaks for the first time, is told to those who do not know them yet, and to no more.
 */
export class Visibility {
  readonly #seats: () => Iterable<Seat>;
  #policy: PresencePolicy = 'all';
  #now: Moment = 0;
  /** As far as any seat has ever seen: nobody was shown who is beyond it. */
  readonly #furthest = { all: 0, active: 0 };

  constructor(seats: () => Iterable<Seat>) {
    this.#seats = seats;
  }

  get policy(): PresencePolicy {
    return this.#policy;
  }

  /** Notes that somebody comes in, before their own seat is taken. */
  enters(occupant: Occupant): void {
    occupant.joined = ++this.#now;
    if (this.#policy !== 'all') return;
    this.#furthest.all = this.#now;
    for (const seat of this.#seats()) seat.sawAll(this.#now);
  }

  /** Notes that somebody has become active: speaks, or moderates. @returns seats that have to be told who it is, now */
  activates(occupant: Occupant): readonly Seat[] {
    if (occupant.isActive) return [];
    occupant.activeSince = ++this.#now;
    // Everybody has seen everybody.
    if (this.#policy === 'all') return [];
    this.#furthest.active = this.#now;
    const fresh: Seat[] = [];
    for (const seat of this.#seats()) {
      if (seat.occupant === occupant || this.#levelOf(seat.occupant) !== 'active') continue;
      const before = seat.shows(occupant);
      seat.sawActive(this.#now);
      if (!before && seat.shows(occupant)) fresh.push(seat);
    }
    return fresh;
  }

  /**
   * Begins to show a session whom it may see: one that has come in, that moderates from now on, or whose room shows more.
   * @param again shows those too whom it has seen
   * @returns undefined when there is nobody to show
   */
  begin(seat: Seat, again: boolean): Burst | undefined {
    const reach = this.#reachOf(seat.occupant);
    if (!again && reach.all + reach.active === 0) return undefined;
    return seat.begin(reach, this.#now, again);
  }

  /** Notes that somebody has another nick, before that is told. */
  renames(occupant: Occupant): void {
    for (const seat of this.#seats()) seat.takeOut(occupant);
  }

  /** Changes the policy. @returns seats that have to be shown more than they have seen */
  turn(policy: PresencePolicy): Iterable<Seat> {
    const before = this.#policy;
    this.#policy = policy;
    if (narrowness(policy) < narrowness(before)) return this.#seats();
    if (before === 'all') {
      // Who has seen everybody has seen the active ones.
      this.#furthest.active = this.#now;
      for (const seat of this.#seats()) {
        if (this.#levelOf(seat.occupant) === 'active') seat.sawActive(this.#now);
      }
    }
    return [];
  }

  /** False when nobody at all was shown this occupant, so that nobody needs to be looked for. */
  mayBeShown(occupant: Occupant): boolean {
    return reaches(this.#furthest, occupant);
  }

  /** True for those whom the policy shows to anybody who comes. */
  lists(occupant: Occupant): boolean {
    return this.#policy === 'all' || (this.#policy === 'active' && occupant.isActive);
  }

  #reachOf(viewer: Occupant): Reach {
    switch (this.#levelOf(viewer)) {
      case 'all':
        this.#furthest.all = this.#now;
        return { all: this.#now, active: 0 };
      case 'active':
        this.#furthest.active = this.#now;
        return { all: 0, active: this.#now };
      case 'count':
        return { all: 0, active: 0 };
    }
  }

  #levelOf(viewer: Occupant): PresencePolicy {
    return this.#policy === 'count' && viewer.role === 'moderator' ? 'active' : this.#policy;
  }
}
