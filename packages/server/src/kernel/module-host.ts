import { createHmac } from 'node:crypto';
import type { DomainJid, Env, Off } from '@meerkat-chat/xmpp';
import { parseDomainJid } from '@meerkat-chat/xmpp';
import type { z } from 'zod';
import type { Storage } from '../storage/storage.js';
import type { Logger } from './logger.js';
import type { Module, ModuleContext, Outlet } from './module.js';
import { OwnedClock } from './owned-clock.js';
import type { Registry } from './registry.js';
import type { SessionDirectory } from './session.js';

/** What modules are given of the server. */
export interface ModuleServices {
  readonly domain: DomainJid;
  readonly env: Env;
  readonly log: Logger;
  readonly sessions: SessionDirectory;
  readonly storage: Storage;
  readonly outlet: Outlet;
  /** What the secrets of modules are derived from: 32 bytes or more, kept over restarts. */
  readonly serverKey: Uint8Array;
}

/** Settings by module id, as the configuration has them: each is judged by its module's schema. */
export type ModuleSettings = Readonly<Record<string, unknown>>;

/** Starts modules, keeps what they register, and undoes all of it when they stop. */
export class ModuleHost {
  readonly #registry: Registry;
  readonly #services: ModuleServices;
  readonly #gauges = new Map<string, () => number>();
  readonly #running = new Map<string, Undo>();
  readonly #features = new Set<string>();

  constructor(registry: Registry, services: ModuleServices) {
    this.#registry = registry;
    this.#services = services;
  }

  /**
   * Sets up every module, in order, and fixes the order of hooks.
   * @throws Error naming the module, for settings that its schema refuses, for a name taken twice, for a circle of
   *   hooks, or when its setup throws; what had started by then is stopped
   */
  async start(modules: readonly Module[], settings: ModuleSettings = {}): Promise<void> {
    try {
      for (const module of modules) await this.#setUp(module, settings[module.id] ?? {});
      this.#registry.hooks.resolve();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Stops every module, the last started first. A failure is logged and the rest still stops. */
  async stop(): Promise<void> {
    for (const [id, undo] of [...this.#running].reverse()) {
      await undo.run((error) =>
        this.#services.log.error({ module: id, err: error }, 'a module did not stop'),
      );
      this.#running.delete(id);
    }
    this.#features.clear();
  }

  /** What the modules hold: each gauge by `module.name`, and what is registered in all. */
  stats(): Readonly<Record<string, number>> {
    let timers = 0;
    for (const undo of this.#running.values()) timers += undo.clock.pending;
    return {
      hooks: this.#registry.hooks.size,
      iqHandlers: this.#registry.iqs.size,
      hosts: this.#registry.hosts.size,
      timers,
      ...Object.fromEntries([...this.#gauges].map(([name, read]) => [name, read()])),
    };
  }

  async #setUp(module: Module, given: unknown): Promise<void> {
    if (this.#running.has(module.id)) throw new Error(`two modules are called ${module.id}`);
    const settings = readSettings(module, given);
    const undo = new Undo(new OwnedClock(this.#services.env.clock));
    this.#running.set(module.id, undo);
    try {
      await module.setup(this.#contextOf(module.id, settings, undo));
    } catch (cause) {
      throw new Error(`module ${module.id} did not start: ${messageOf(cause)}`, { cause });
    }
    for (const feature of module.features ?? []) this.#features.add(feature);
    this.#services.log.debug({ module: module.id }, 'module started');
  }

  #contextOf(id: string, settings: unknown, undo: Undo): ModuleContext<unknown> {
    const { domain, env, log, sessions, storage, outlet, serverKey } = this.#services;
    const { hooks, hosts, iqs } = this.#registry;
    return {
      domain,
      settings,
      clock: undo.clock,
      random: env.random,
      log: log.child({ module: id }),
      sessions,
      storage,
      outlet,
      secret: (purpose) => createHmac('sha256', serverKey).update(`${id} ${purpose}`).digest(),
      features: () => [...this.#features],
      host: (label, handler) => {
        const host = parseDomainJid(`${label}.${domain}`);
        if (host === undefined) throw new Error(`${label} cannot be the name of a host`);
        undo.own(put(hosts, host, { moduleId: id, handler }));
        return host;
      },
      iq: (handler) => undo.own(iqs.add(handler)),
      on: (name, handler, order) => undo.own(hooks.on(id, name, handler, order)),
      first: (name, payload) => hooks.first(name, payload),
      hears: (name) => hooks.hears(name),
      refine: (name, payload, change) => hooks.refine(name, payload, change),
      collect: (name, payload) => hooks.collect(name, payload),
      tell: (name, payload) => hooks.tell(name, payload),
      onStop: (run) => undo.own(run),
      gauge: (name, read) => undo.own(put(this.#gauges, `${id}.${name}`, read)),
    };
  }
}

/** What one module has to undo. */
class Undo {
  readonly clock: OwnedClock;
  readonly #steps: (() => void | Promise<void>)[] = [];

  constructor(clock: OwnedClock) {
    this.clock = clock;
  }

  own(step: () => void | Promise<void>): void {
    this.#steps.push(step);
  }

  /** Last registered first, so that what a module does when it stops can still use what it registered before. */
  async run(failed: (error: unknown) => void): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        failed(error);
      }
    }
    this.clock.stop();
  }
}

function put<Key extends string, Value>(map: Map<Key, Value>, key: Key, value: Value): Off {
  if (map.has(key)) throw new Error(`${key} is taken already`);
  map.set(key, value);
  return () => void map.delete(key);
}

function readSettings(module: Module, given: unknown): unknown {
  const read: z.ZodSafeParseResult<unknown> = module.settings.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = ['modules', module.id, ...(issue?.path ?? [])].map(String).join('.');
  throw new Error(`${path}: ${issue?.message ?? 'not allowed'}`);
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
