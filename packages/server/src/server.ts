import path from 'node:path';
import { type Env, type Millis, type Off, randomId } from '@meerkat-chat/xmpp';
import { type Accounts, openAccounts } from './accounts/open-accounts.js';
import { ownAccount } from './accounts/own-account.js';
import { roomsBeside } from './accounts/person.js';
import { Registration } from './accounts/registration.js';
import { registrationHook } from './accounts/registration-hook.js';
import { Retention } from './accounts/retention.js';
import { runningSharing } from './admin/status-sharing.js';
import { Attempts } from './auth/attempts.js';
import { createAuthenticator } from './auth/create-authenticator.js';
import { FrameSessions } from './auth/frame/frame-sessions.js';
import { createGuestDoor } from './auth/guests/create-guest-door.js';
import { deriveKey, loadServerKey } from './auth/server-key.js';
import { plainBackEnds } from './auth/site/plain-back-ends.js';
import { Suspensions } from './auth/suspensions.js';
import { openEndedSignIns } from './auth/token/open-ended-sign-ins.js';
import type { Config } from './config.js';
import { type Core, startCore } from './core.js';
import { openDataFolder } from './data-folder.js';
import type { ApiContext } from './http/api/api-context.js';
import { apiRoutes } from './http/api/api-routes.js';
import { createHttpApp } from './http/app.js';
import { registerBosh } from './http/bosh-route.js';
import { EmbedConfigs, embedSecret } from './http/embed-config.js';
import { frameSessionRoutes } from './http/frame-session-route.js';
import { metricsRoute } from './http/metrics-route.js';
import { statusRoutes } from './http/status-route.js';
import type { Logger } from './kernel/logger.js';
import { TurnShare } from './kernel/turn-share.js';
import { Admission } from './link/admission.js';
import { BoshManager } from './link/bosh/bosh-manager.js';
import { addressesIn, createPeerReader } from './link/peer.js';
import { refuseUpgrade } from './link/refuse-upgrade.js';
import { WebSocketListener } from './link/websocket.js';
import { listen } from './listen.js';
import { ReservedNicks } from './modules/muc/reserved-nicks.js';
import { mucSettings } from './modules/muc/settings.js';
import { modules } from './modules.js';
import { afterTurn, processUse, siteFetch, watchLoop } from './runtime.js';
import { openSqliteStorage } from './storage/sqlite.js';
import type { Storage } from './storage/storage.js';

/** The path of RFC 7395's WebSocket. */
const WEBSOCKET_PATH = '/xmpp-websocket';
/** How long links may take to close in order when the server stops. */
const DRAIN_TIME: Millis = 5000;
/** Addresses and accounts of which failed attempts to sign in are remembered. */
const REMEMBERED_FAILURES = 100_000;

/** How often networks are forgotten whose guests have been quiet. */
const DOOR_SWEEP: Millis = 30_000;

/** How often addresses are forgotten that have registered, and what stands for no limit. */
const REGISTRATION_SWEEP: Millis = 600_000;
const UNLIMITED = { perAddress: 1_000_000, perHour: 1_000_000 };
/** How often old entries of the audit log are removed, and how many at once. */
const AUDIT_SWEEP: Millis = 3_600_000;
const AUDIT_SWEPT = 10_000;

/** What belongs to the installation and not to its configuration. */
export interface ServerFiles {
  readonly version: string;
  /** The folder with `embed/` and `demo/`. */
  readonly webFolder: string;
}

/** A server that listens. */
export interface RunningServer {
  /** `http://HOST:PORT` */
  readonly url: string;
  readonly storage: Storage;
  readonly core: Core;
  /** What the operations of the API work with, for the administration of the machine. */
  readonly administration: ApiContext;
  /** The accounts, for the administration of the machine. */
  readonly accounts: Accounts;
  /** What is held now, by part and name. */
  stats(): Readonly<Record<string, number>>;
  /** Says goodbye to everybody, finishes what was accepted, and closes. Calling it again waits for the same. */
  stop(): Promise<void>;
}

/**
 * Starts a server: the one place where all is wired.
 * @throws Error with one line for the operator; whatever was open by then is closed
 */
export async function startServer(
  config: Config,
  env: Env,
  log: Logger,
  files: ServerFiles,
): Promise<RunningServer> {
  const closing = new Closing(log);
  try {
    return await open(config, env, log, files, closing);
  } catch (error) {
    await closing.run();
    throw error;
  }
}

async function open(
  config: Config,
  env: Env,
  log: Logger,
  files: ServerFiles,
  closing: Closing,
): Promise<RunningServer> {
  const { domain, limits } = config;
  const reserved = new ReservedNicks(mucSettings.parse(Object(config.modules).muc ?? {}).reservedNicks);
  const peerOf = createPeerReader(config.trustedProxies, config.origins);
  for (const setting of plainBackEnds(config)) {
    log.warn(
      { setting },
      'who is on the way can read what is asked there: it is neither https nor on this machine',
    );
  }
  await openDataFolder(config.data);
  const serverKey = await loadServerKey(config.data, env.random);
  const { file, ...how } = config.storage;
  const storage = await openSqliteStorage({ file: path.join(config.data, file), ...how, clock: env.clock });
  closing.add(() => storage.close());

  const suspensions = new Suspensions();
  const { embed } = config;
  const { token } = config.auth;
  const endedSignIns = await openEndedSignIns({ clock: env.clock, storage, serverKey, token, embed });
  closing.add(
    endedSignIns.startSweeping((err) => log.warn({ err }, 'ended sign-ins of old were not removed')),
  );
  await suspensions.load(storage.users);
  const attempts = limits.lifted
    ? undefined
    : {
        perAddress: config.auth.failuresPerAddress,
        perAccount: config.auth.failuresPerAccount,
        window: config.auth.failureSpan,
        remembered: REMEMBERED_FAILURES,
      };
  const isShared = addressesIn('guests.sharedNetworks', config.guests.sharedNetworks);
  const door = limits.lifted
    ? undefined
    : createGuestDoor({ env, log, settings: config.guests, serverKey, fetch: siteFetch, isShared });
  closing.add(env.clock.every(DOOR_SWEEP, () => door?.sweep()));
  const frames = new FrameSessions({
    secret: deriveKey(serverKey, 'frame-session'),
    clock: env.clock,
    life: config.embed.sessionLife,
    ended: (made) => endedSignIns.has(made),
  });
  const { authenticator, stop: stopSigningIn } = createAuthenticator({
    domain,
    env,
    log,
    storage,
    serverKey,
    guests: config.auth.guests,
    door,
    iterations: config.auth.iterations,
    tokenLife: config.auth.tokenLife,
    token: config.auth.token,
    siteSession: config.auth.siteSession,
    sitePassword: config.auth.sitePassword,
    wordpress: config.auth.wordpress,
    fetch: siteFetch,
    attempts,
    suspended: (account) => suspensions.has(account),
    endedSignIns,
    frames,
  });
  closing.add(stopSigningIn);

  const embedConfigs = new EmbedConfigs(embedSecret(serverKey), domain, env.clock);
  const app = await createHttpApp({
    domain,
    version: files.version,
    clock: env.clock,
    checkStorage: () => storage.check(),
    log,
    trustedProxies: config.trustedProxies,
    webFolder: files.webFolder,
    embedAncestors: config.embed.ancestors,
    tokenOrigins: config.embed.tokenOrigins,
    embedConfigs,
    embedSigned: config.embed.signed,
    frameSessions: frames,
  });
  frameSessionRoutes(app, {
    sessions: frames,
    peerOf,
    verifyToken: (token, peer) => authenticator.verifyToken(token, peer),
    failed: (peer) => void authenticator.failed(peer, undefined),
  });
  closing.add(() => app.close());

  const admission = new Admission(limits, env.clock, isShared);
  const churn = new TurnShare({ clock: env.clock, later: afterTurn, most: limits.churnShare });
  const websockets = new WebSocketListener({
    peerOf,
    admission,
    origins: config.origins,
    firstFrameBytes: limits.stanzaBytesBeforeAuth,
    frameBytes: limits.stanzaBytes,
    writesPerTurn: limits.writesPerTurn,
    later: afterTurn,
    churn,
    log,
    accept: (link) => core.accept(link),
  });
  const bosh = new BoshManager({
    env,
    log,
    limits: config.bosh,
    frames: limits,
    admission,
    accept: (link) => core.accept(link),
  });
  registerBosh(app, bosh, { peerOf, origins: config.origins, frameBytes: limits.stanzaBytes, log });
  app.server.on('upgrade', (request, socket, head) => {
    const [url] = (request.url ?? '').split('?', 1);
    if (url === WEBSOCKET_PATH) websockets.upgrade(request, socket, head);
    else refuseUpgrade(socket, '404 Not Found');
  });
  closing.add(async () => {
    await within(DRAIN_TIME, env, websockets.drain());
    websockets.close();
    bosh.close();
  });

  const { hook } = config.registration;
  const registration = new Registration({
    settings: limits.lifted ? { ...config.registration, ...UNLIMITED } : config.registration,
    domain,
    clock: env.clock,
    log,
    storage,
    users: () => accounts.users,
    isReserved: (local) => reserved.has(local),
    isHere: (account) => core.sessions.of(account).length > 0,
    ask:
      hook === undefined
        ? undefined
        : registrationHook({
            clock: env.clock,
            log,
            fetch: siteFetch,
            settings: { ...config.registration, hook },
          }),
  });
  closing.add(env.clock.every(REGISTRATION_SWEEP, () => registration.sweep()));
  const core = await startCore({
    registration,
    domain,
    env,
    log,
    storage,
    serverKey,
    auth: authenticator,
    guests: door,
    limits,
    churn,
    modules,
    moduleSettings: config.modules,
  });
  const rooms = core.hooks.first('rooms:administration', {});
  if (!rooms || rooms instanceof Promise) throw new Error('nobody keeps rooms');
  const accounts = openAccounts({
    storage,
    domain,
    env,
    iterations: config.auth.iterations,
    passwords: config.auth.internal.password,
    rooms,
    changed: (account) => core.signOut(account),
    suspended: (account, suspended) => suspensions.set(account, suspended),
    signInEnded: (account, signIn) => endedSignIns.add(account, signIn),
    erased: (account) => core.hooks.tell('account:erased', { account }),
    shareStatus: runningSharing(core.hooks),
  });
  const administration: ApiContext = {
    domain,
    accounts,
    rooms,
    sessions: core.sessions,
    archive: storage.archive,
    audit: storage.audit,
    embeds: embedConfigs,
    newId: () => randomId(env.random),
    send: (stanza) => core.send(stanza),
    now: () => env.clock.now(),
  };
  const own = ownAccount({
    storage,
    users: accounts.users,
    auth: authenticator,
    settings: config.auth.internal.password,
    open: config.registration.open,
    signOut: (session) => core.signOut(session.account, session.jid),
  });
  core.hooks.on('accounts', 'account:password', own.password);
  core.hooks.on('accounts', 'account:remove', own.remove);
  const retention = new Retention({
    archive: storage.archive,
    clock: env.clock,
    log,
    settings: config.archive.retention,
    isRoom: roomsBeside(domain),
    forgetBefore: (time) => rooms.forgetBefore(time),
  });
  retention.start();
  closing.add(() => retention.stop());
  if (config.api.keys.length > 0) {
    apiRoutes(app, {
      context: administration,
      keys: config.api.keys,
      attempts: attempts && new Attempts(env.clock, attempts),
      log,
      version: files.version,
      now: () => env.clock.now(),
    });
  }
  closing.add(
    env.clock.every(AUDIT_SWEEP, () => {
      const old = env.clock.now() - config.api.auditLife;
      storage.audit
        .sweep(old, AUDIT_SWEPT)
        .catch((err: unknown) => log.warn({ err }, 'old entries of the audit log were not removed'));
    }),
  );
  statusRoutes(app, {
    shown(id) {
      const found = core.hooks.first('status:shown', { id });
      // Whoever shows a status has it in memory; an answer that takes longer is none.
      return found instanceof Promise ? undefined : found;
    },
  });
  if (config.metrics.enabled) {
    const loop = watchLoop();
    closing.add(() => loop.stop());
    metricsRoute(app, {
      token: config.metrics.token,
      read: () => ({
        version: files.version,
        counts: core.counts(),
        census: core.census(),
        stats: core.stats(),
        archive: storage.archive.stats(),
        removed: retention.removed,
        process: processUse(),
        lag: loop.read(),
      }),
    });
  }
  // The first thing to happen: every session ends, and with it its link.
  closing.add(() => core.stop());

  const url = await listen(app, config.listen);
  log.info({ url, domain, version: files.version }, 'listening');
  return {
    url,
    storage,
    core,
    administration,
    accounts,
    stats: () => ({
      ...core.stats(),
      websockets: websockets.size,
      bosh: bosh.size,
      connections: admission.open,
    }),
    stop: () => closing.run(),
  };
}

/** What has to be closed, in the reverse order of its opening. */
class Closing {
  readonly #log: Logger;
  readonly #steps: (() => void | Promise<void>)[] = [];
  #done: Promise<void> | undefined;

  constructor(log: Logger) {
    this.#log = log;
  }

  add(step: () => void | Promise<void>): void {
    this.#steps.push(step);
  }

  run(): Promise<void> {
    this.#done ??= this.#run();
    return this.#done;
  }

  async #run(): Promise<void> {
    for (const step of this.#steps.reverse()) {
      try {
        await step();
      } catch (err) {
        this.#log.error({ err }, 'something did not close');
      }
    }
  }
}

/** Waits for it, but no longer than that. */
async function within(time: Millis, env: Env, promise: Promise<void>): Promise<void> {
  let off: Off = () => {};
  const late = new Promise<void>((resolve) => {
    off = env.clock.after(time, resolve);
  });
  await Promise.race([promise, late]);
  off();
}
