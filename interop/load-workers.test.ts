import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ServerProcess } from '../e2e/support/server-process.js';
import { expectNothingLost, main, runLoad } from './support/load-run.js';

const TOKEN = 'what the machines have in common';
const env = { MEERKAT_LOAD_TOKEN: TOKEN };
let servers: readonly ServerProcess[];
const started: ChildProcess[] = [];

beforeAll(async () => {
  servers = await Promise.all([1, 2].map(() => ServerProcess.start({ args: ['--no-limits'] })));
});
afterAll(() => Promise.all((servers ?? []).map((server) => server.stop())));
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** A worker on a free port, and all that it prints. */
async function startWorker(...words: readonly string[]) {
  const args = [main, 'load', 'worker', '--listen', '127.0.0.1:0', ...words];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let printed = '';
  child.stderr.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const address = /ready on (\S+)/.exec(line.toString())?.[1] ?? '';
  return { address, child, printed: () => printed };
}

const urls = (): string[] =>
  servers.flatMap((server) => ['--url', server.webSocketUrl, '--pid', `${server.pid}`]);
const first = (): string[] => ['--url', servers[0]?.webSocketUrl ?? ''];

/** The processes that a worker has started. */
async function childrenOf(pid: number | undefined): Promise<number> {
  const stats = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map((name) => readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')),
  );
  return stats.filter((stat) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid).length;
}

test('one room, its users on two machines: what each sent reaches the other, by clocks that are known', async () => {
  const workers = await Promise.all([startWorker(), startWorker('--once')]);
  const addresses = workers.map(({ address }) => address);
  const words = ['one-room', ...first(), '--users', '20', '--seconds', '2', '--sm'];
  const report = await runLoad([...words, '--workers', addresses.join(',')], env);
  expectNothingLost(report);
  expect(report.messages.expected).toBe(400);
  expect(report.generator).toMatchObject({
    processes: 2,
    machines: addresses.map((address) => ({ address, processes: 1 })),
  });
  for (const { clockError, clockOffset } of report.generator.machines ?? []) {
    // Both are this machine.
    expect(Math.abs(clockOffset)).toBeLessThanOrEqual(clockError + 0.001);
  }

  const [lasting, once_] = workers;
  if (once_ && once_.child.exitCode === null) await once(once_.child, 'exit');
  expect(once_?.child.exitCode).toBe(0);
  // The other is there for the next run.
  const idle = ['idle', ...first(), '--users', '4', '--seconds', '1', '--processes', '2'];
  const again = await runLoad([...idle, '--workers', lasting?.address ?? ''], env);
  expect(again.generator.machines).toMatchObject([{ processes: 2 }]);
  for (const worker of workers) expect(worker.printed()).not.toContain(TOKEN);
});

test('a worker is refused with another token, and while it is busy; it is free when its coordinator is gone', async () => {
  const worker = await startWorker();
  const words = ['idle', ...first(), '--users', '4', '--seconds', '60', '--workers', worker.address];
  await expect(runLoad(words, { MEERKAT_LOAD_TOKEN: 'another for the same' })).rejects.toThrow(
    'the token is not the same',
  );
  const busy = spawn(process.execPath, [main, 'load', ...words], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  started.push(busy);
  // It says so when all have arrived.
  for (let said = ''; !said.includes('idle'); said += (await once(busy.stderr, 'data')).toString());
  expect(await childrenOf(worker.child.pid)).toBe(1);
  await expect(runLoad(words, env)).rejects.toThrow('another run is going on');
  const over = new Promise<void>((resolve) => {
    worker.child.stderr?.on('data', (chunk: Buffer) => chunk.toString().includes('over') && resolve());
  });
  busy.kill('SIGKILL');
  await over;
  const next = ['idle', ...first(), '--users', '4', '--seconds', '1', '--workers', worker.address];
  expect((await runLoad(next, env)).failures.count).toBe(0);
  // They are told to end when the coordinator leaves, which is when its command ends, too.
  await expect.poll(() => childrenOf(worker.child.pid)).toBe(0);
});

test('two servers: the users of a room are on one of them, and both are measured', async () => {
  const words = [
    'many-rooms',
    ...urls(),
    '--users',
    '40',
    '--room-size',
    '5',
    '--seconds',
    '2',
    '--rate',
    '2',
  ];
  const report = await runLoad([...words, '--processes', '2']);
  expectNothingLost(report);
  expect(report.messages.expected).toBe(8 * 5 * 4);
  expect(report.servers).toHaveLength(2);
  const together = (report.servers ?? []).reduce((sum, { residentBytes }) => sum + residentBytes, 0);
  expect(report.server?.residentBytes).toBeGreaterThanOrEqual(together);
  await expect(runLoad(['one-room', ...urls(), '--users', '4', '--seconds', '1'])).rejects.toThrow(
    'belong together',
  );
});
