import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { PeerCommand } from './peer-process.js';

const run = promisify(execFile);

/** The cores of a pinned run. */
export const SERVER_CPU = 0;
export const GENERATOR_CPU = 1;

/** The command as one that runs on that core only, by taskset(1), which becomes the command and keeps its process id. */
export function onCpu(cpu: number | undefined, command: PeerCommand): PeerCommand {
  if (cpu === undefined) return command;
  return { ...command, command: 'taskset', args: ['-c', String(cpu), command.command, ...command.args] };
}

/**
 * Keeps this process, with all its threads and what it starts from now on, on one core.
 * @returns lets it run where it ran before
 * @throws Error where there is no taskset(1)
 */
export async function pinSelf(cpu: number): Promise<() => Promise<void>> {
  const pid = String(process.pid);
  const { stdout } = await run('taskset', ['-c', '-p', pid]);
  const before = stdout.slice(stdout.lastIndexOf(':') + 1).trim();
  await run('taskset', ['-a', '-c', '-p', String(cpu), pid]);
  return async () => {
    await run('taskset', ['-a', '-c', '-p', before, pid]);
  };
}
