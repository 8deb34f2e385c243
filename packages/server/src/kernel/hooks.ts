import type {
  BareJid,
  DataForm,
  Element,
  Jid,
  Message,
  Millis,
  MucAffiliation,
  MucRole,
  Presence,
  Stanza,
  StanzaError,
} from '@meerkat-chat/xmpp';
import type { AccountStatus } from '../storage/storage.js';
import type { Grant } from './grant.js';
import type { RoomAdministration } from './room-administration.js';
import type { Session, SessionEnd } from './session.js';

/**
 * What a handler may do to a stanza on its way: nothing (`undefined`: the next handler is asked), let another
 * stanza go on in its place, refuse it with an error to its sender, or say that it has been dealt with.
 */
export type StanzaVerdict =
  | { readonly verdict: 'replace'; readonly stanza: Stanza }
  | { readonly verdict: 'refuse'; readonly error: StanzaError }
  | { readonly verdict: 'handled'; readonly settled?: Settled };

/**
 * Whether what a stanza asked for is safe on disk: at once (`undefined`), or when the promise fulfils.
 * The sender's stanza is acknowledged (XEP-0198) only then; a rejection means it never is.
 */
export type Settled = Promise<void> | undefined;

/** An occupant of a room as it is now: nick, role and affiliation may change while a handler waits for something. */
export interface RoomOccupant {
  readonly account: BareJid;
  /** XEP-0421. */
  readonly id: string;
  readonly nick: string;
  readonly role: MucRole;
  readonly affiliation: MucAffiliation;
  /** Time of day at which it came in with its first session. */
  readonly joinedAt: Millis;
}

/** A message that an occupant with a voice sends to its room. It may still turn out to be too long. */
export interface RoomMessage {
  readonly room: BareJid;
  readonly occupant: RoomOccupant;
  /** `from` its session, with the content that those who were asked before have put in. */
  readonly message: Message;
}

/**
 * What a handler may do to a message before a room takes it: nothing (`undefined`), put other content in its place,
 * about which the next handler is asked, or have the last word: refuse it with an error to its sender, or keep it back.
 */
export type RoomMessageVerdict =
  | { readonly verdict: 'replace'; readonly content: readonly Element[] }
  | { readonly verdict: 'refuse'; readonly error: StanzaError }
  /**
   * `hold` gets what lets the message into the room after all, once and without asking anybody; it says false when
   * its sender has left by then, or may not speak, and nothing was told. The sender's stanza is settled as `hold` says.
   */
  | { readonly verdict: 'hold'; readonly hold: (release: () => boolean) => Settled };

/** One part of an answer to disco#info (XEP-0030, XEP-0128). */
export interface DiscoInfo {
  readonly identities?: readonly { category: string; type: string; name?: string }[];
  readonly features?: readonly string[];
  readonly forms?: readonly DataForm[];
}

/** What the world sees of an account that shows its status. */
export interface ShownStatus {
  readonly status: AccountStatus;
  /** Time of day since when it is so. */
  readonly since: Millis;
}

/** Under which id the status of an account is shown; `undefined` where it is not. Or why it cannot be. */
export type SharedStatus =
  | { readonly shared: true; readonly id: string | undefined }
  | { readonly shared: false; readonly error: StanzaError };

/** Whether somebody's own account was changed as they asked. */
export type OwnAccountAnswer =
  | { readonly done: true }
  | {
      readonly done: false;
      readonly error: StanzaError;
      /** The present password was not given, and has to be. */
      readonly wantsPresent?: boolean;
    };

/** One entry of an answer to disco#items. */
export interface DiscoItem {
  readonly jid: Jid;
  readonly node?: string;
  readonly name?: string;
}

/** A point where modules meet: what is told, and what a handler may answer. */
interface Hook<Payload, Answer> {
  readonly payload: Payload;
  readonly answer: Answer;
}

/**
 * Every hook, in one list. Four ways to call one: `first` asks in order until somebody answers, `refine` asks each
 * about what those before have made of it, `collect` gathers each answer, `tell` only informs. Which one a hook is for
 * is said beside it.
 */
export interface Hooks {
  /** first: a session of ours sent a stanza, `from` stamped, before it is routed. */
  'stanza:sent': Hook<{ readonly session: Session; readonly stanza: Stanza }, StanzaVerdict>;
  /**
   * first: a stanza is about to reach an account or one session of it, from wherever. Not asked for what is fanned
   * out to many: who joined a room wants what it says, and that path asks nobody.
   */
  'stanza:receiving': Hook<{ readonly account: BareJid; readonly stanza: Stanza }, StanzaVerdict>;
  /**
   * tell, by the router: a message reached an account; `takers` are the sessions that got it, none where it waits in an
   * archive. Not told of what is fanned out to many.
   */
  'message:delivered': Hook<
    { readonly account: BareJid; readonly message: Message; readonly takers: readonly Session[] },
    void
  >;
  /** tell: a resource was bound anew. */
  'session:bound': Hook<{ readonly session: Session }, void>;
  /** tell: a session got another link after some time without one, or moved from one to another. */
  'session:resumed': Hook<{ readonly session: Session }, void>;
  /** tell: a session goes on under another credential, and what that grants takes the place of what was granted. */
  'session:renewed': Hook<{ readonly session: Session; readonly before: Grant | undefined }, void>;
  /** tell: a session ended for good, once. */
  'session:ended': Hook<{ readonly session: Session; readonly why: SessionEnd }, void>;
  /**
   * tell: a session of another node of the cluster has ended or become unavailable: what a host here keeps of it goes.
   * Every other hook about sessions is told where the session is, and nowhere else.
   */
  'session:left': Hook<{ readonly session: Session }, void>;
  /**
   * tell, by the router: the broadcast presence of a session changed (or was sent anew); undefined when it became
   * unavailable, by its own word or because it ended.
   */
  'presence:changed': Hook<{ readonly session: Session; readonly presence: Presence | undefined }, void>;
  /** first: may this requester read that archive? Nobody's answer means no. */
  'archive:access': Hook<
    { readonly archive: BareJid; readonly by: Jid; readonly session: Session | undefined },
    { readonly allow: true } | { readonly allow: false; readonly error: StanzaError }
  >;
  /**
   * refine, by the rooms: an occupant sends a message to everybody. For word filters, live modes, queues of moderators,
   * and free when nobody is registered. Moderators are asked about, too: whom to spare is the handler's affair. Messages
   * of one occupant stay in order while a handler waits, and nobody else waits for it. One that throws fails the message.
   */
  'room:message': Hook<RoomMessage, RoomMessageVerdict>;
  /**
   * first, by the web: what is shown at an id that anybody may have made up, so the answer comes at once. Nobody's
   * answer, and none for an id that is not shared, mean that nothing is known.
   */
  'status:shown': Hook<{ readonly id: string }, ShownStatus>;
  /** first, by an administrator: shows the status of an account, or does so no longer. */
  'status:share': Hook<{ readonly account: BareJid; readonly share: boolean }, SharedStatus>;
  /** first, by an administrator: what keeps rooms says how they are administered. */
  'rooms:administration': Hook<object, RoomAdministration>;
  /** tell: an account is gone for good; whoever gets its name later is somebody else. */
  'account:erased': Hook<{ readonly account: BareJid }, void>;
  /** first, answered by who keeps the accounts: gives the account of a session another password. Other sessions end. */
  'account:password': Hook<
    { readonly session: Session; readonly present: string | undefined; readonly password: string },
    OwnAccountAnswer
  >;
  /** first, answered by who keeps the accounts: removes the account of a session. */
  'account:remove': Hook<{ readonly session: Session }, OwnAccountAnswer>;
  /** collect: parts of the answer to disco#info of an address of ours; nobody's answer means item-not-found. */
  'disco:info': Hook<{ readonly to: Jid; readonly node: string | undefined; readonly by: Jid }, DiscoInfo>;
  /** collect: entries of the answer to disco#items. */
  'disco:items': Hook<
    { readonly to: Jid; readonly node: string | undefined; readonly by: Jid },
    readonly DiscoItem[]
  >;
}

export type HookName = keyof Hooks;
export type HookPayload<Name extends HookName> = Hooks[Name]['payload'];
export type HookAnswer<Name extends HookName> = Hooks[Name]['answer'];
export type HookHandler<Name extends HookName> = (
  payload: HookPayload<Name>,
) => HookAnswer<Name> | Promise<HookAnswer<Name> | undefined> | undefined | void;

/** Where a handler stands among those of other modules, by their ids. */
export interface HookOrder {
  readonly before?: readonly string[];
  readonly after?: readonly string[];
}
