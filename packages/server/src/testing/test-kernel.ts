import { type DomainJid, type Env, parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import type { Identity } from '../auth/provider.js';
import { Cluster, type ClusterOptions } from '../cluster/cluster.js';
import type { Grant } from '../kernel/grant.js';
import { type Logger, silentLogger } from '../kernel/logger.js';
import type { Module } from '../kernel/module.js';
import { ModuleHost, type ModuleSettings } from '../kernel/module-host.js';
import { Registry } from '../kernel/registry.js';
import { Router } from '../router/router.js';
import { memoryStorage } from '../storage/memory.js';
import type { Storage } from '../storage/storage.js';
import { FakeSession } from './fake-session.js';
import { parseXml } from './parse-xml.js';

/** What a test of modules may choose. */
export interface TestKernelOptions {
  readonly modules: readonly Module[];
  /** By module id; a module that is not named gets its defaults. */
  readonly settings?: ModuleSettings;
  /** In memory by default. */
  readonly storage?: Storage;
  /** `localhost` by default. */
  readonly domain?: string;
  readonly random?: Env['random'];
  readonly log?: Logger;
  /** The other nodes; none by default. */
  readonly cluster?: ClusterOptions;
}

/** Kernel and router with the given modules, without streams: sessions are fake, time stands still. */
export interface TestKernel {
  readonly domain: DomainJid;
  readonly clock: FakeClock;
  readonly env: Env;
  readonly storage: Storage;
  readonly registry: Registry;
  readonly router: Router;
  readonly modules: ModuleHost;
  /** What joins it to other nodes, where there are any. */
  readonly cluster: Cluster | undefined;
  /** Binds a session at that address; a user's unless said otherwise. */
  bind(address: string, kind?: Identity['kind'], grant?: Grant): FakeSession;
  /** What is held: sessions, timers, hooks, and the modules' gauges. */
  stats(): Readonly<Record<string, number>>;
  /** Stops the modules. */
  stop(): Promise<void>;
}

/** Starts modules on a kernel for tests. */
export async function createTestKernel(options: TestKernelOptions): Promise<TestKernel> {
  const domain = parseDomainJid(options.domain ?? 'localhost');
  if (domain === undefined) throw new TypeError(`${options.domain} is not a domain`);
  const clock = new FakeClock();
  const env: Env = { clock, random: options.random ?? new SeededRandom() };
  const log = options.log ?? silentLogger;
  const storage = options.storage ?? memoryStorage();
  const registry = new Registry(log);
  const router = new Router({ clock, domain, log, registry, parse: parseXml });
  const { sessions } = router;
  const modules = new ModuleHost(registry, {
    domain,
    env,
    log,
    sessions,
    storage,
    outlet: router,
    serverKey: new Uint8Array(32),
  });
  await modules.start(options.modules, options.settings);
  const cluster = options.cluster && new Cluster(options.cluster, { router, registry, log, parse: parseXml });
  cluster?.start();
  return {
    domain,
    clock,
    env,
    storage,
    registry,
    router,
    modules,
    cluster,
    bind(address, kind = 'user', grant?: Grant) {
      const session = new FakeSession(router, address, kind, grant);
      router.bound(session);
      return session;
    },
    stats: () => ({ ...router.stats(), ...modules.stats(), ...cluster?.stats(), clock: clock.pending }),
    async stop() {
      cluster?.stop();
      await modules.stop();
    },
  };
}
