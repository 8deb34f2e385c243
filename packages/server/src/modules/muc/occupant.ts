import type { BareJid, Element, FullJid, Millis, MucAffiliation, MucRole } from '@meerkat-chat/xmpp';
import type { SharedStanza } from '../../kernel/shared-stanza.js';
import type { Moment } from './seat.js';

/** Who reads a presence: moderators see real addresses (semi-anonymous rooms), others do not. */
export type Audience = 'moderators' | 'others';

/** Somebody in a room: one person under one nick, with any number of sessions of one account. */
export class Occupant {
  readonly account: BareJid;
  /** XEP-0421. */
  readonly id: string;
  readonly joinedAt: Millis;
  readonly sessions = new Set<FullJid>();
  /** When it came in; the room says it, see `Visibility`. */
  joined: Moment = 0;
  /** When it spoke or moderated first; infinity before that. */
  activeSince: Moment = Number.POSITIVE_INFINITY;
  #nick: string;
  #role: MucRole;
  #affiliation: MucAffiliation;
  #payload: readonly Element[];
  #avatar: string | undefined;
  /** Its presence for each audience, where it was made: two fields, for a Map takes more than what is in it. */
  #forModerators: SharedStanza | undefined;
  #forOthers: SharedStanza | undefined;

  constructor(init: {
    readonly account: BareJid;
    readonly id: string;
    readonly nick: string;
    readonly role: MucRole;
    readonly affiliation: MucAffiliation;
    readonly payload: readonly Element[];
    /** Where its picture is; none by default. */
    readonly avatar?: string | undefined;
    /** Time of day at which it comes in. */
    readonly joinedAt: Millis;
  }) {
    this.account = init.account;
    this.id = init.id;
    this.#nick = init.nick;
    this.#role = init.role;
    this.#affiliation = init.affiliation;
    this.#payload = init.payload;
    this.#avatar = init.avatar;
    this.joinedAt = init.joinedAt;
  }

  get nick(): string {
    return this.#nick;
  }

  get role(): MucRole {
    return this.#role;
  }

  get affiliation(): MucAffiliation {
    return this.#affiliation;
  }

  /** Has spoken, or moderated, since it came in. */
  get isActive(): boolean {
    return this.activeSince !== Number.POSITIVE_INFINITY;
  }

  /** What the client says in its presence: show, status, capabilities... */
  get payload(): readonly Element[] {
    return this.#payload;
  }

  /** Where its picture is, as the site that knows it says. */
  get avatar(): string | undefined {
    return this.#avatar;
  }

  /** Another picture, or none; false where it is the same. */
  picture(avatar: string | undefined): boolean {
    if (avatar === this.#avatar) return false;
    this.#avatar = avatar;
    this.#changed();
    return true;
  }

  /** The nick is the room's to give: see `Room.rename`. */
  rename(nick: string): void {
    this.#nick = nick;
    this.#changed();
  }

  stand(affiliation: MucAffiliation, role: MucRole): void {
    this.#affiliation = affiliation;
    this.#role = role;
    this.#changed();
  }

  says(payload: readonly Element[]): void {
    this.#payload = payload;
    this.#changed();
  }

  /** Its presence for an audience, made once for as long as nothing of it changes. */
  presenceFor(audience: Audience, make: () => SharedStanza): SharedStanza {
    if (audience === 'moderators') {
      this.#forModerators ??= make();
      return this.#forModerators;
    }
    this.#forOthers ??= make();
    return this.#forOthers;
  }

  #changed(): void {
    this.#forModerators = undefined;
    this.#forOthers = undefined;
  }
}
