import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const main = path.resolve(import.meta.dirname, '../../packages/server/dist/main.js');
const READY = /^Meerkat ready on (https?:\/\/\S+)\s*$/m;

export interface ServerOptions {
  /** More arguments of `meerkat start`. */
  readonly args?: readonly string[];
  /** Settings: `MEERKAT_...`. */
  readonly env?: Readonly<Record<string, string>>;
  /** How long it may take to be ready, in milliseconds. */
  readonly patience?: number;
}

/** A real `meerkat start` of its own data folder, which a test may kill and start again. */
export class ServerProcess {
  /** The folder with the database; kept over restarts, gone after `stop`. */
  readonly dataFolder: string;
  readonly #options: ServerOptions;
  #child: ChildProcess | undefined;
  #url: URL | undefined;
  #output = '';

  private constructor(dataFolder: string, options: ServerOptions) {
    this.dataFolder = dataFolder;
    this.#options = options;
  }

  static async start(options: ServerOptions = {}): Promise<ServerProcess> {
    const server = new ServerProcess(await mkdtemp(path.join(tmpdir(), 'meerkat-e2e-')), options);
    try {
      await server.#launch(0);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  get url(): string {
    return this.#ready().origin;
  }

  /** The WebSocket endpoint. */
  get webSocketUrl(): string {
    return `${this.url.replace(/^http/, 'ws')}/xmpp-websocket`;
  }

  /** The BOSH endpoint. */
  get boshUrl(): string {
    return `${this.url}/http-bind`;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** All that it has printed, over restarts. */
  get output(): string {
    return this.#output;
  }

  /** Ends the process at once, as a power cut would; `SIGTERM` lets it drain. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(late);
  }

  /** Starts it again on the same port and data folder. */
  async startAgain(): Promise<void> {
    if (this.#child) throw new Error('the server still runs: kill it first');
    await this.#launch(Number(this.#ready().port));
  }

  /** Ends it and removes its data. */
  async stop(): Promise<void> {
    await this.kill('SIGTERM');
    await rm(this.dataFolder, { recursive: true, force: true });
  }

  #ready(): URL {
    if (!this.#url) throw new Error('the server has never been ready');
    return this.#url;
  }

  async #launch(port: number): Promise<void> {
    if (!existsSync(main)) throw new Error(`${main} is missing: run npm run build`);
    const { args = [], env = {}, patience = 40_000 } = this.#options;
    const child = spawn(
      process.execPath,
      [main, 'start', '--port', String(port), '--data', this.dataFolder, ...args],
      { env: { ...process.env, FORCE_COLOR: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#child = child;
    // A test runner that dies must not leave servers behind.
    const reap = () => child.kill('SIGKILL');
    process.on('exit', reap);
    child.on('exit', () => process.off('exit', reap));

    const from = this.#output.length;
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string) => {
        clearTimeout(timer);
        child.kill('SIGKILL');
        reject(new Error(`${why}; it printed:\n${this.#output.slice(from)}`));
      };
      const timer = setTimeout(() => fail(`the server was not ready within ${patience} ms`), patience);
      child.on('error', (error) => fail(error.message));
      child.on('exit', (code, signal) => fail(`the server ended before it was ready (${code ?? signal})`));
      const read = (chunk: Buffer) => {
        this.#output += stripVTControlCharacters(chunk.toString());
        const found = READY.exec(this.#output.slice(from))?.[1];
        if (found === undefined) return;
        clearTimeout(timer);
        this.#url = new URL(found);
        resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
    });
  }
}
