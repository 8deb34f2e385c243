import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.js';

const run = promisify(execFile);
/** How long it may take to be ready, in milliseconds. */
const PATIENCE = 30_000;
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` };

/** The programs that this needs. */
export const MARIADB_PROGRAMS = ['mariadbd', 'mariadb-install-db', 'mariadb'] as const;

/** A MariaDB of its own folder, port and socket, which knows nothing of one that the machine may have. */
export class MariaDb {
  readonly port: number;
  readonly #folder: string;
  #child: ChildProcess | undefined;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.port = port;
  }

  static async start(): Promise<MariaDb> {
    const db = new MariaDb(await mkdtemp(path.join(tmpdir(), 'meerkat-mariadb-')), await freePort());
    try {
      await run(
        'mariadb-install-db',
        [
          '--no-defaults',
          `--user=${userInfo().username}`,
          `--datadir=${db.#data}`,
          '--auth-root-authentication-method=normal',
          '--skip-test-db',
          '--skip-name-resolve',
          // It would not run where the machine's own name cannot be resolved.
          '--force',
        ],
        { env: db.#env },
      );
      await db.startAgain();
    } catch (error) {
      await db.stop();
      throw error;
    }
    return db;
  }

  /** Where its own temporary files are, too: one that starts removes those of all others from a place that it shares. */
  get #env(): NodeJS.ProcessEnv {
    return { ...env, TMPDIR: this.#folder };
  }

  get #data(): string {
    return path.join(this.#folder, 'data');
  }

  get #socket(): string {
    return path.join(this.#folder, 'socket');
  }

  /** Runs statements as the one who may do everything. @returns rows, their fields divided by tabs */
  async sql(statements: string, database = ''): Promise<string> {
    const args = ['--no-defaults', `--socket=${this.#socket}`, '-uroot', '--default-character-set=utf8mb4'];
    const child = spawn('mariadb', [...args, '-N', '-B', ...(database === '' ? [] : [database])], { env });
    let [out, errors] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.stdin.end(statements);
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(errors);
    return out.trim();
  }

  /** Stops it from doing anything, as a machine that hangs: what is connected stays so, and is not answered. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Ends it; the data stays. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Starts it on its data, and on the port that it had. */
  async startAgain(): Promise<void> {
    const log = path.join(this.#folder, 'log');
    const child = spawn(
      'mariadbd',
      [
        '--no-defaults',
        `--user=${userInfo().username}`,
        `--datadir=${this.#data}`,
        `--socket=${this.#socket}`,
        `--pid-file=${path.join(this.#folder, 'pid')}`,
        `--log-error=${log}`,
        '--bind-address=127.0.0.1',
        `--port=${this.port}`,
        '--skip-name-resolve',
        '--character-set-server=utf8mb4',
        '--collation-server=utf8mb4_unicode_520_ci',
        '--innodb-flush-log-at-trx-commit=0',
        '--innodb-buffer-pool-size=32M',
      ],
      { env: this.#env, stdio: 'ignore' },
    );
    this.#child = child;
    // A test runner that dies must not leave servers behind.
    const reap = () => child.kill('SIGKILL');
    process.on('exit', reap);
    child.once('exit', () => process.off('exit', reap));
    const failed = once(child, 'exit').then(async () => {
      throw new Error(`mariadbd ended: ${await readFile(log, 'utf8').catch(() => '')}`);
    });
    const ended = new AbortController();
    const late = setTimeout(() => ended.abort(), PATIENCE);
    try {
      await Promise.race([answers(this.port, ended.signal), failed]);
    } finally {
      clearTimeout(late);
      ended.abort();
      failed.catch(() => {});
    }
  }

  /** Ends it and removes its data. */
  async stop(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Waits until something greets who connects to a port: MariaDB speaks first. */
async function answers(port: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const greeted = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, '127.0.0.1');
      socket.once('data', () => {
        resolve(true);
        socket.destroy();
      });
      socket.once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
    });
    if (greeted) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing answered on port ${port}`);
}
