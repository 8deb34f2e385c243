import { bareJid, type DomainJid, type Env, parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock, type PairedLink, SeededRandom } from '@meerkat-chat/xmpp/testing';
import type { z } from 'zod';
import { type Accounts, openAccounts, storedRooms } from '../accounts/open-accounts.js';
import { ownAccount } from '../accounts/own-account.js';
import { Registration } from '../accounts/registration.js';
import type { AskHook } from '../accounts/registration-hook.js';
import { type RegistrationSettings, registrationSettings } from '../accounts/settings.js';
import { createAuthenticator, ownTokenSecret } from '../auth/create-authenticator.js';
import { createGuestDoor } from '../auth/guests/create-guest-door.js';
import { guestSettings } from '../auth/guests/settings.js';
import { passwordSettings } from '../auth/password-rules.js';
import { makeUserKeys, preparePassword } from '../auth/scram-keys.js';
import { sitePasswordSettings, siteSessionSettings } from '../auth/site/settings.js';
import type { SiteFetch } from '../auth/site/site-inquiry.js';
import { Suspensions } from '../auth/suspensions.js';
import { mintToken, type TokenWish } from '../auth/token/mint-token.js';
import { tokenSettings } from '../auth/token/settings.js';
import { wordpressSettings } from '../auth/wordpress/settings.js';
import type { ClusterOptions } from '../cluster/cluster.js';
import { type Core, startCore } from '../core.js';
import { type Logger, silentLogger } from '../kernel/logger.js';
import type { Module } from '../kernel/module.js';
import type { ModuleSettings } from '../kernel/module-host.js';
import { TurnShare } from '../kernel/turn-share.js';
import type { Peer, ServerLink } from '../link/server-link.js';
import { modules } from '../modules.js';
import { memoryStorage } from '../storage/memory.js';
import type { Storage } from '../storage/storage.js';
import { DEFAULT_STREAM_LIMITS, type StreamLimits } from '../stream/index.js';
import { MemoryLink } from './memory-link.js';

/** Few, so that tests are quick; the least that a client accepts is 4096. */
const ITERATIONS = 4096;

/** What a test may choose; the defaults are those of the server, with guests. */
export interface TestServerOptions {
  /** `localhost` by default. */
  readonly domain?: string;
  readonly limits?: Partial<StreamLimits>;
  /** Every module of the server by default. */
  readonly modules?: readonly Module[];
  readonly moduleSettings?: ModuleSettings;
  readonly guests?: boolean;
  /** Closed by default. */
  readonly registration?: Partial<RegistrationSettings>;
  /** Who is asked before an account is registered; nobody by default. */
  readonly askHook?: AskHook;
  /** Answers for the site; nobody by default. */
  readonly fetch?: SiteFetch;
  /** Bounds of guests (`guests` of the configuration); none by default. */
  readonly door?: z.input<typeof guestSettings>;
  /** In memory by default; the same one again is the same server started again. */
  readonly storage?: Storage;
  readonly clock?: FakeClock;
  readonly random?: Env['random'];
  readonly log?: Logger;
  /** The other nodes; none by default. */
  readonly cluster?: ClusterOptions;
}

/** The real server in this process, without ports: links are accepted by hand, time stands still. */
export interface TestServer extends Pick<Core, 'counts' | 'hooks' | 'stats' | 'stop'> {
  readonly domain: DomainJid;
  readonly clock: FakeClock;
  readonly storage: Storage;
  /** Takes one end of a `linkPair`. @param peer what differs from a secure link of 127.0.0.1 */
  accept(end: PairedLink, peer?: Partial<Peer>): MemoryLink;
  /** Takes the link of a real transport. */
  acceptLink(link: ServerLink): void;
  /** A token that the site gives to a user of it, good for `life` milliseconds (an hour), with what else it says. */
  siteToken(
    user: string,
    more?: Partial<Pick<TokenWish, 'life' | 'name' | 'picture' | 'rooms'>>,
  ): Promise<string>;
  /** The management of accounts; passwords may be anything. */
  readonly accounts: Accounts;
  /** Makes an account. */
  addUser(name: string, password: string): Promise<void>;
}

/** Starts a server for tests. */
export async function createTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const domain = parseDomainJid(options.domain ?? 'localhost');
  if (domain === undefined) throw new TypeError(`${options.domain} is not a domain`);
  const clock = options.clock ?? new FakeClock();
  const env: Env = { clock, random: options.random ?? new SeededRandom() };
  const log = options.log ?? silentLogger;
  const storage = options.storage ?? memoryStorage();
  const serverKey = Buffer.alloc(32, 1);
  const fetch = options.fetch ?? (() => Promise.reject(new Error('no site is asked in tests')));
  const isShared = () => false;
  const door =
    options.door &&
    createGuestDoor({ env, log, settings: guestSettings.parse(options.door), serverKey, fetch, isShared });
  const suspensions = new Suspensions();
  await suspensions.load(storage.users);
  const { authenticator, stop } = createAuthenticator({
    domain,
    env,
    log,
    storage,
    serverKey,
    guests: options.guests ?? true,
    door,
    iterations: ITERATIONS,
    token: tokenSettings.parse({ cookie: 'chat' }),
    siteSession: siteSessionSettings.parse({}),
    sitePassword: sitePasswordSettings.parse({}),
    wordpress: wordpressSettings.parse({}),
    fetch,
    attempts: undefined,
    suspended: (account) => suspensions.has(account),
  });
  const open = registrationSettings.parse(options.registration ?? {});
  const passwords = passwordSettings.parse({ minLength: 1, refuseCommon: false });
  const core = await startCore({
    domain,
    env,
    log,
    storage,
    serverKey,
    auth: authenticator,
    guests: door,
    limits: { ...DEFAULT_STREAM_LIMITS, ...options.limits },
    churn: new TurnShare({ clock, later: (run) => run(), most: Number.POSITIVE_INFINITY }),
    modules: options.modules ?? modules,
    // As `npm start` has it: whoever comes may make a room.
    moduleSettings: { muc: { create: 'anyone' }, ...options.moduleSettings },
    ...(options.cluster ? { cluster: options.cluster } : {}),
    registration: new Registration({
      settings: open,
      domain,
      clock,
      log,
      storage,
      users: () => accounts.users,
      isReserved: (local) => local === 'root',
      isHere: (account) => core.sessions.of(account).length > 0,
      ask: options.askHook,
    }),
  });
  const rooms = core.hooks.first('rooms:administration', {});
  const accounts = openAccounts({
    storage,
    domain,
    env,
    iterations: ITERATIONS,
    passwords,
    rooms: rooms && !(rooms instanceof Promise) ? rooms : await storedRooms(serverKey, storage),
    changed: (account) => core.signOut(account),
    suspended: (account, suspended) => suspensions.set(account, suspended),
    erased: (account) => core.hooks.tell('account:erased', { account }),
    shareStatus: async () => undefined,
  });
  const own = ownAccount({
    storage,
    users: accounts.users,
    auth: authenticator,
    settings: passwords,
    open: open.open,
    signOut: (session) => core.signOut(session.account, session.jid),
  });
  core.hooks.on('accounts', 'account:password', own.password);
  core.hooks.on('accounts', 'account:remove', own.remove);
  return {
    domain,
    clock,
    storage,
    accounts,
    accept(end, peer) {
      const link = new MemoryLink(end, peer);
      core.accept(link);
      return link;
    },
    acceptLink: (link) => core.accept(link),
    async addUser(name, password) {
      const account = bareJid(name, domain);
      const prepared = preparePassword(password);
      if (account === undefined || prepared === undefined) throw new TypeError(`${name} cannot be a user`);
      const keys = await makeUserKeys(prepared, ITERATIONS, env.random);
      await storage.users.add({ account, keys, createdAt: clock.now() });
    },
    stats: () => ({ ...core.stats(), timers: clock.pending }),
    counts: () => core.counts(),
    hooks: core.hooks,
    siteToken: (user, more) =>
      mintToken(ownTokenSecret(serverKey), {
        user,
        audience: domain,
        now: clock.now(),
        life: 3_600_000,
        ...more,
      }),
    async stop() {
      await stop();
      await core.stop();
    },
  };
}
