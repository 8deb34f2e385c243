import { type Command, Help } from 'commander';
import { SCENARIOS } from '../load/scenarios/index.js';
import { type CliIo, UsageError } from './io.js';
import { addLoadCompare, compareReports } from './load-compare.js';
import { addLoadPeers } from './load-peers.js';
import { addLoadScenario } from './load-scenario.js';
import { addLoadSpeed } from './load-speed.js';
import { addLoadWorker } from './load-worker.js';

/** `meerkat load`: one command for each scenario, and for other servers beside ours; alone it lists them. */
export function addLoad(program: Command, io: CliIo): void {
  const load = program.command('load').description('load any XMPP server, and count every delivery');
  for (const scenario of SCENARIOS) addLoadScenario(load, scenario, io);
  addLoadPeers(load, io);
  addLoadSpeed(load, io);
  addLoadWorker(load, io);
  addLoadCompare(load, io);
  load.argument('[scenario]').option('--compare <reports...>', 'the same as the command compare');
  load.action(async (name: string | undefined, { compare }: { readonly compare?: readonly string[] }) => {
    // The scenarios there are have commands of their own.
    if (name !== undefined) throw new UsageError(`there is no scenario ${name}: meerkat load lists them`);
    if (compare !== undefined) return compareReports(compare, io);
    io.stdout.write(load.createHelp().formatHelp(load, new Help()));
  });
}
