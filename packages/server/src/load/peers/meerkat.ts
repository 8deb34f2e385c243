import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Env } from '@meerkat-chat/xmpp';
import type { Peer, RunningPeer } from './peer.js';
import { DOMAIN, HOST, startPeer } from './peer-process.js';

/** How this server is run for a measurement. */
export interface MeerkatOptions {
  /** The file of the command `meerkat`. */
  readonly main: string;
  /** The one core that it may run on; any when undefined. */
  readonly cpu: number | undefined;
  /** Settings that are not as by default, by their path. */
  readonly settings?: Readonly<Record<string, string>>;
  /** For Node itself. */
  readonly nodeArguments?: readonly string[];
}

/** Starts this server by its command line, with its data in a temporary folder. @throws Error as `startPeer` does */
export function startMeerkat(options: MeerkatOptions, env: Env): Promise<RunningPeer> {
  const { cpu, main, nodeArguments = [], settings = {} } = options;
  const told = { 'log.level': 'error', ...settings };
  return startPeer(
    cpu,
    async (folder, port) => ({
      command: process.execPath,
      args: [
        ...nodeArguments,
        ...[main, 'start', '--no-limits', '--host', HOST, '--port', String(port)],
        ...['--domain', DOMAIN, '--data', path.join(folder, 'data')],
      ],
      env: Object.fromEntries(Object.entries(told).map(([name, value]) => [variableOf(name), value])),
    }),
    env,
  );
}

/** `modules.rate-limit.perSecond` -> `MEERKAT_MODULES__RATE_LIMIT__PER_SECOND` */
export function variableOf(setting: string): string {
  const words = setting.replaceAll('.', '__').replaceAll('-', '_').replace(/[A-Z]/g, '_$&');
  return `MEERKAT_${words.toUpperCase()}`;
}

/** Ours, by its command line like any other. @param main the file of the command `meerkat` */
export function meerkatPeer(main: string, version: string): Peer {
  return {
    name: 'meerkat',
    version: async () => (existsSync(main) ? version : undefined),
    start: ({ cpu, presence }, env) => {
      // The nearest to hearing of nobody: only how many are here.
      const policy = presence === 'own' ? 'count' : 'all';
      return startMeerkat({ main, cpu, settings: { 'modules.muc.presence.policy': policy } }, env);
    },
  };
}
