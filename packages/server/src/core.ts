import type { BareJid, DomainJid, Element, Env, FullJid } from '@meerkat-chat/xmpp';
import type { Authenticator } from './auth/authenticator.js';
import type { GuestDoor } from './auth/guests/guest-door.js';
import { Cluster, type ClusterOptions } from './cluster/cluster.js';
import type { HookRunner } from './kernel/hook-runner.js';
import type { Logger } from './kernel/logger.js';
import type { Module } from './kernel/module.js';
import { ModuleHost, type ModuleSettings } from './kernel/module-host.js';
import { Registry } from './kernel/registry.js';
import type { SessionDirectory } from './kernel/session.js';
import type { TurnShare } from './kernel/turn-share.js';
import type { ServerLink } from './link/server-link.js';
import { Router } from './router/router.js';
import type { RouterCounts } from './router/traffic.js';
import type { Storage } from './storage/storage.js';
import type { SessionCensus, StreamCounts } from './stream/census.js';
import { createStreams, FrameParser, type StreamLimits } from './stream/index.js';
import type { RegistrationDesk } from './stream/stream-host.js';

/** What the XMPP side of a server is made of. */
export interface CoreOptions {
  readonly domain: DomainJid;
  readonly env: Env;
  readonly log: Logger;
  readonly storage: Storage;
  readonly auth: Authenticator;
  /** Says whether there is a place for a guest; none: there always is. */
  readonly guests?: GuestDoor | undefined;
  readonly limits: StreamLimits;
  /** Registration before sign-in; none by default. */
  readonly registration?: RegistrationDesk;
  /** What coming and going may take of a turn of the event loop. */
  readonly churn: TurnShare;
  readonly modules: readonly Module[];
  readonly moduleSettings?: ModuleSettings;
  /** 32 bytes, kept over restarts, from which the modules' secrets are derived. */
  readonly serverKey: Uint8Array;
  /** The other nodes that serve the domain; none by default. */
  readonly cluster?: ClusterOptions;
}

/** Streams, router and modules, wired: everything but what listens and what keeps. */
export interface Core {
  readonly sessions: SessionDirectory;
  /** Takes a link of whichever transport. */
  accept(link: ServerLink): void;
  /** Routes a stanza of the server's own, with `from` and `to` set. */
  send(stanza: Element): void;
  /** Ends the sessions of an account but one, and keeps out who is on the way in by what held until now. */
  signOut(account: BareJid, but?: FullJid): void;
  /** Asks or tells the modules something from outside XMPP: the web, an administrator. */
  readonly hooks: Pick<HookRunner, 'first' | 'on' | 'tell'>;
  /** What is held now; all of it returns to where it was when everybody has left. */
  stats(): Readonly<Record<string, number>>;
  /** What has happened since the start. */
  counts(): { readonly router: RouterCounts; readonly streams: StreamCounts };
  /** Sessions by link, and the bytes that wait for them: looks at each. */
  census(): SessionCensus;
  /** Ends every session, so that links close, and then the modules; the storage stays open. */
  stop(): Promise<void>;
}

/** Starts modules, router and streams. @throws Error when a module cannot start */
export async function startCore(options: CoreOptions): Promise<Core> {
  const { auth, domain, env, guests, limits, log, churn, serverKey, storage } = options;
  const registry = new Registry(log);
  const parser = new FrameParser();
  // What a session gives back, or another node sends, was written by us: only its shape is asked about, not its size.
  const parse = (text: string): Element | undefined => {
    const parsed = parser.parse(text, { ...limits, bytes: Number.POSITIVE_INFINITY });
    return parsed.ok ? parsed.value : undefined;
  };
  const router = new Router({ clock: env.clock, domain, log, registry, parse });
  const { sessions } = router;
  const modules = new ModuleHost(registry, {
    domain,
    env,
    log,
    sessions,
    storage,
    outlet: router,
    serverKey,
  });
  await modules.start(options.modules, options.moduleSettings);
  const cluster = options.cluster && new Cluster(options.cluster, { router, registry, log, parse });
  cluster?.start();
  const streams = createStreams({
    env,
    log,
    domain,
    auth,
    limits,
    registration: options.registration,
    churn,
    sessions,
    receive: (session, stanza) => router.receive(session, stanza),
    guests,
    bound(session) {
      guests?.entered(session);
      router.bound(session);
    },
    renewed: (session, before) => router.renewed(session, before),
    resumed: (session) => router.resumed(session),
    ended(session, why, unacknowledged) {
      guests?.left(session);
      router.ended(session, why, unacknowledged);
    },
  });
  return {
    sessions,
    hooks: registry.hooks,
    accept: (link) => streams.accept(link),
    send: (stanza) => router.send(stanza),
    signOut: (account, but) => streams.signOut(account, but),
    stats: () => ({
      ...prefixed('streams', streams.stats()),
      ...prefixed('router', router.stats()),
      ...prefixed('modules', modules.stats()),
      ...(cluster ? prefixed('cluster', cluster.stats()) : {}),
    }),
    counts: () => ({ router: router.counts, streams: streams.counts }),
    census: () => streams.census(),
    async stop() {
      streams.shutdown();
      cluster?.stop();
      await modules.stop();
    },
  };
}

function prefixed(part: string, stats: object): Record<string, number> {
  return Object.fromEntries(Object.entries(stats).map(([name, value]) => [`${part}.${name}`, Number(value)]));
}
