import { type Command, Help } from 'commander';
import { SCENARIOS } from '../load/scenarios/index.js';
import type { CliIo } from './io.js';
import { addLoadPeers } from './load-peers.js';
import { addLoadScenario } from './load-scenario.js';

/** `meerkat load`: one command for each scenario, and for other servers beside ours; alone it lists them. */
export function addLoad(program: Command, io: CliIo): void {
  const load = program.command('load').description('load any XMPP server, and count every delivery');
  for (const scenario of SCENARIOS) addLoadScenario(load, scenario, io);
  addLoadPeers(load, io);
  load.action(() => io.stdout.write(load.createHelp().formatHelp(load, new Help())));
}
