import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Peer } from './peer.js';
import { DOMAIN, HOST, startPeer } from './peer-process.js';

/** Ours, by its command line like any other. @param main the file of the command `meerkat` */
export function meerkatPeer(main: string, version: string): Peer {
  return {
    name: 'meerkat',
    version: async () => (existsSync(main) ? version : undefined),
    start: ({ cpu, presence }, env) =>
      startPeer(
        cpu,
        async (folder, port) => ({
          command: process.execPath,
          args: [
            ...[main, 'start', '--no-limits', '--host', HOST, '--port', String(port)],
            ...['--domain', DOMAIN, '--data', path.join(folder, 'data')],
          ],
          env: {
            MEERKAT_LOG__LEVEL: 'error',
            // The nearest to hearing of nobody: only how many are here.
            MEERKAT_MODULES__MUC__PRESENCE__POLICY: presence === 'own' ? 'count' : 'all',
          },
        }),
        env,
      ),
  };
}
