import { run } from '../cli/program.js';

/** What came of a command. */
export interface CommandEnded {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line of `meerkat` in this process, on a data folder and without an environment. */
export async function runCommand(data: string, ...args: readonly string[]): Promise<CommandEnded> {
  const said = { stdout: '', stderr: '' };
  const stream = (name: 'stderr' | 'stdout') => ({
    write(text: string) {
      said[name] += text;
    },
  });
  const io = { env: {}, stdin: process.stdin, stdout: stream('stdout'), stderr: stream('stderr') };
  return { code: await run([...args, '--data', data], io), ...said };
}
