import type { Clock, DomainJid, Element, FullJid, Iq, Random, Stanza, StanzaError } from '@meerkat-chat/xmpp';
import type { z } from 'zod';
import type { Storage } from '../storage/storage.js';
import type { Group } from './group.js';
import type { Refined } from './hook-runner.js';
import type { HookAnswer, HookHandler, HookName, HookOrder, HookPayload, Settled } from './hooks.js';
import type { Logger } from './logger.js';
import type { Session, SessionDirectory } from './session.js';
import type { SharedStanza } from './shared-stanza.js';

export type {
  AccountStatus,
  ArchiveEntry,
  ArchiveQuery,
  RoomRecord,
  StatusRecord,
  Storage,
} from '../storage/storage.js';

/** Which addresses of ours an IQ handler answers for. */
export type IqTarget =
  | 'account' // user@DOMAIN, by anybody
  | 'any' // every address below a domain of ours that nobody else answered for
  | 'domain' // DOMAIN itself
  | 'own-account'; // user@DOMAIN, or no address at all, by that user's own session

/** What an IQ handler answers: the payload of the result (`undefined` for an empty one), or an error. */
export type IqAnswer =
  | { readonly result: Element | undefined; readonly settled?: Settled }
  | { readonly error: StanzaError };

/** One kind of request that a module answers. */
export interface IqHandler {
  readonly type: 'get' | 'set';
  /** The payload's namespace and name. */
  readonly ns: string;
  readonly name: string;
  readonly at: IqTarget;
  handle(request: {
    readonly iq: Iq & { readonly payload: Element };
    readonly session: Session | undefined;
  }): IqAnswer | Promise<IqAnswer>;
}

/** Takes every stanza for a host below ours; what it does not know it leaves, with `undefined`. */
export type HostHandler = (
  stanza: Stanza,
  session: Session | undefined,
) => { readonly handled: true; readonly settled?: Settled } | undefined;

/** Sends from inside: what modules need of the router. */
export interface Outlet {
  /** Routes a stanza with `from` and `to` set, wherever it goes. What cannot be delivered is dropped or bounced. */
  send(stanza: Element): void;
  /** Hands one stanza to many, serialised once: to a group, or to whoever else. Those who are gone are passed over. */
  fanOut(stanza: SharedStanza, recipients: Group | Iterable<FullJid>): void;
  /** Makes a group without members, for those who tell the same sessions many things. It needs no undoing. */
  group(): Group;
  /**
   * Hands many stanzas to one, each made or looked up only when the recipient's link can take it; everything sent to it
   * later comes behind them. Nothing is asked of the source once the recipient is gone.
   */
  stream(source: Iterator<SharedStanza, unknown>, recipient: FullJid): void;
}

/** All that a module sees of the server. Whatever it registers here dies with it. */
export interface ModuleContext<Settings> {
  readonly domain: DomainJid;
  /** Checked by the module's own schema. */
  readonly settings: Settings;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly sessions: SessionDirectory;
  readonly storage: Storage;
  readonly outlet: Outlet;
  /** 32 bytes for one purpose, the same over restarts, that nobody outside this server can know. */
  secret(purpose: string): Uint8Array;
  /** What disco#info of the domain lists: the features of every module that has started. */
  features(): readonly string[];
  /** Names a host below ours, such as `rooms`, and takes its stanzas. */
  host(label: string, handler: HostHandler): DomainJid;
  iq(handler: IqHandler): void;
  on<Name extends HookName>(name: Name, handler: HookHandler<Name>, order?: HookOrder): void;
  first<Name extends HookName>(
    name: Name,
    payload: HookPayload<Name>,
  ): HookAnswer<Name> | undefined | Promise<HookAnswer<Name> | undefined>;
  /** True when some module listens to a hook: asked where a payload would be made for nobody. */
  hears(name: HookName): boolean;
  /** See `HookRunner.refine`. */
  refine<Name extends HookName>(
    name: Name,
    payload: HookPayload<Name>,
    change: (payload: HookPayload<Name>, answer: HookAnswer<Name>) => HookPayload<Name> | undefined,
  ): Refined<Name> | Promise<Refined<Name>>;
  collect<Name extends HookName>(name: Name, payload: HookPayload<Name>): Promise<HookAnswer<Name>[]>;
  tell<Name extends HookName>(name: Name, payload: HookPayload<Name>): void;
  /** Runs when the module ends, last registered first. */
  onStop(run: () => void | Promise<void>): void;
  /** Counts what the module holds (rooms, timers...): back to the start when all have left. */
  gauge(name: string, read: () => number): void;
}

/** A feature: one file or folder under modules/, and all that the rest of the server knows of it. */
export interface Module<Schema extends z.ZodType = z.ZodType> {
  /** The name of its file or folder, and of its part of the configuration: `modules.ID`. */
  readonly id: string;
  /** `XEP-0199@2.0.1`, for disco, docs and the DOAP. */
  readonly xeps: readonly string[];
  /** What disco#info of the domain lists for it. */
  readonly features?: readonly string[];
  readonly settings: Schema;
  setup(context: ModuleContext<z.output<Schema>>): void | Promise<void>;
}

/** Declares a module, so that its settings are typed inside `setup`. */
export function defineModule<Schema extends z.ZodType>(module: Module<Schema>): Module<Schema> {
  return module;
}
