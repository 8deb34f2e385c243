import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Peer, PeerPresence } from './peer.js';
import { DOMAIN, freePort, HOST, startPeer } from './peer-process.js';
import { findProgram } from './programs.js';

/** Where its script says that its sources are; its version is written there. */
const SOURCES = /^CFG_SOURCEDIR='([^']+)'/m;

interface Installed {
  readonly version: string;
  readonly program: string;
}

async function installed(): Promise<Installed | undefined> {
  const program = await findProgram('prosody');
  if (program === undefined) return undefined;
  // Asking the program itself would start a server: it knows no option for its version.
  const sources = SOURCES.exec(await readFile(program, 'utf8').catch(() => ''))?.[1];
  if (sources === undefined) return undefined;
  const version = await readFile(path.join(sources, 'prosody.version'), 'utf8').catch(() => '');
  return version.trim() === '' ? undefined : { version: version.trim(), program };
}

/** No setting makes new rooms so; only an owner could, room by room. This is what the owner's form does. */
const QUIET_ROOMS = `module:hook("muc-room-pre-create", function (event)
  event.room._data.presence_broadcast = {};
end, 10);
`;

/** What Prosody is told: a file in Lua. @param tcpPort none: no streams over TCP */
export function prosodyConfig(
  folder: string,
  port: number,
  presence: PeerPresence,
  tcpPort?: number,
): string {
  const text = (value: string): string => JSON.stringify(value);
  return `run_as_root = true
pidfile = ${text(path.join(folder, 'prosody.pid'))}
data_path = ${text(path.join(folder, 'data'))}
plugin_paths = { ${text(path.join(folder, 'modules'))} }
log = { error = "*console" }
storage = "memory"
network_backend = "epoll"
-- Its manual's advice where there is much garbage: twice as fast in rooms as the default.
gc = { mode = "generational" }
interfaces = { ${text(HOST)} }
c2s_ports = { ${tcpPort ?? ''} }
c2s_direct_tls_ports = {}
http_interfaces = { ${text(HOST)} }
http_ports = { ${port} }
https_ports = {}
http_default_host = ${text(DOMAIN)}
consider_websocket_secure = true
consider_bosh_secure = true
c2s_require_encryption = false
smacks_max_queue_size = 100000
modules_enabled = { "saslauth", "disco", "ping", "smacks", "websocket", "bosh" }
modules_disabled = { "s2s", "offline" }

VirtualHost ${text(DOMAIN)}
  authentication = "anonymous"

Component ${text(`rooms.${DOMAIN}`)} "muc"
  modules_enabled = { ${presence === 'own' ? '"quiet_rooms"' : ''} }
  restrict_room_creation = false
  muc_room_locking = false
  muc_tombstones = false
`;
}

/** Prosody as Debian installs it. */
export const PROSODY: Peer = {
  name: 'prosody',
  version: async () => (await installed())?.version,
  async start({ cpu, presence }, env) {
    const found = await installed();
    if (!found) throw new Error('Prosody is not installed');
    return startPeer(
      cpu,
      async (folder, port) => {
        await Promise.all(['data', 'modules'].map((name) => mkdir(path.join(folder, name))));
        const config = path.join(folder, 'prosody.cfg.lua');
        const tcpPort = await freePort();
        await writeFile(path.join(folder, 'modules/mod_quiet_rooms.lua'), QUIET_ROOMS);
        await writeFile(config, prosodyConfig(folder, port, presence, tcpPort));
        return { command: found.program, args: ['-F', '--config', config], tcpPort };
      },
      env,
    );
  },
};
