import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Peer, PeerPresence } from './peer.js';
import { DOMAIN, freePort, HOST, startPeer } from './peer-process.js';
import { findProgram } from './programs.js';

/** Where its control script says that its libraries are. */
const LIBRARIES = /^ERL_LIBS='?([^'\n]+)'?$/m;
/** More than any load of one machine, where its manual's defaults would refuse or end somebody. */
const PLENTY = 100_000;

interface Installed {
  readonly version: string;
  readonly libraries: string;
  readonly erl: string;
}

async function installed(): Promise<Installed | undefined> {
  const [script, erl] = await Promise.all([findProgram('ejabberdctl'), findProgram('erl')]);
  if (script === undefined || erl === undefined) return undefined;
  const libraries = LIBRARIES.exec(await readFile(script, 'utf8').catch(() => ''))?.[1];
  if (libraries === undefined) return undefined;
  const folders = await readdir(libraries).catch(() => []);
  const version = folders.map((name) => /^ejabberd-(\d[\w.]*)/.exec(name)?.[1]).find((found) => found);
  return version === undefined ? undefined : { version, libraries, erl };
}

/** What ejabberd is told. It is written as JSON, which is YAML as well. @param tcpPort none: no streams over TCP */
export function ejabberdConfig(port: number, presence: PeerPresence, tcpPort?: number): object {
  return {
    hosts: [DOMAIN],
    loglevel: 'error',
    auth_method: ['anonymous'],
    anonymous_protocol: 'sasl_anon',
    allow_multiple_connections: true,
    // Queues that end a session and shapers that slow it down are limits, and limits are off for every peer.
    max_fsm_queue: PLENTY,
    shaper_rules: {},
    listen: [
      {
        port,
        ip: HOST,
        module: 'ejabberd_http',
        request_handlers: { '/xmpp-websocket': 'ejabberd_http_ws', '/http-bind': 'mod_bosh' },
      },
      ...(tcpPort === undefined ? [] : [{ port: tcpPort, ip: HOST, module: 'ejabberd_c2s' }]),
    ],
    modules: {
      mod_bosh: {},
      mod_disco: {},
      mod_ping: {},
      mod_stream_mgmt: { max_ack_queue: PLENTY },
      mod_muc: {
        host: `rooms.${DOMAIN}`,
        access: 'all',
        access_create: 'all',
        max_users: 20_000,
        max_user_conferences: 1_000,
        max_rooms_discoitems: 0,
        user_message_shaper: 'none',
        user_presence_shaper: 'none',
        room_shaper: 'none',
        history_size: 20,
        default_room_options: {
          max_users: 20_000,
          logging: false,
          mam: false,
          ...(presence === 'own' ? { presence_broadcast: [] } : {}),
        },
      },
    },
  };
}

/** What the Erlang VM is told, as `ejabberdctl` does, but for a node of its own that no other node can find. */
function erlangArguments(folder: string, cpu: number | undefined): readonly string[] {
  return [
    // One core: one scheduler; else as many as there are cores.
    ...(cpu === undefined ? [] : ['+S', '1:1']),
    // Schedulers that wait do not spin: spinning would be counted as work.
    ...['+sbwt', 'none', '+sbwtdcpu', 'none', '+sbwtdio', 'none'],
    ...['+K', 'true', '+P', '250000', '+Q', '65536'],
    ...['-noinput', '-mnesia', 'dir', `"${path.join(folder, 'mnesia')}"`, '-s', 'ejabberd'],
  ];
}

/** ejabberd as Debian installs it, started without its script, so that the process is the VM itself. */
export const EJABBERD: Peer = {
  name: 'ejabberd',
  version: async () => (await installed())?.version,
  async start({ cpu, presence }, env) {
    const found = await installed();
    if (!found) throw new Error('ejabberd is not installed');
    return startPeer(
      cpu,
      async (folder, port) => {
        const config = path.join(folder, 'ejabberd.yml');
        const tcpPort = await freePort();
        await writeFile(config, JSON.stringify(ejabberdConfig(port, presence, tcpPort), undefined, 2));
        return {
          command: found.erl,
          args: erlangArguments(folder, cpu),
          tcpPort,
          env: {
            ERL_LIBS: found.libraries,
            ERL_CRASH_DUMP_BYTES: '0',
            EJABBERD_CONFIG_PATH: config,
            EJABBERD_LOG_PATH: path.join(folder, 'ejabberd.log'),
          },
        };
      },
      env,
    );
  },
};
