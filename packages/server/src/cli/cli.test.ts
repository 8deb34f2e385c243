import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SignJWT } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

// The one file that starts real processes: what the command line promises to people and to other tests.

const PACKAGE = path.resolve(import.meta.dirname, '../..');
const MAIN = path.join(PACKAGE, 'dist/main.js');
const READY = /^Meerkat ready on http:\/\/127\.0\.0\.1:(\d+)\n$/;

// A process takes a second or two to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let folder = '';
let data = '';
const children = new Set<ChildProcess>();

beforeAll(() => {
  // The process runs what is built, so it is built from what is here.
  const tsc = path.resolve(PACKAGE, '../../node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-b', 'tsconfig.src.json'], { cwd: PACKAGE, stdio: 'inherit' });
}, 120_000);
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'meerkat-cli-'));
  data = path.join(folder, 'data');
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

class Meerkat {
  stdout = '';
  stderr = '';
  readonly #child: ChildProcess;
  readonly #heard: (() => void)[] = [];

  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    children.add(child);
    child.stdout.on('data', (bytes) => {
      this.stdout += bytes;
      for (const hear of this.#heard.splice(0)) hear();
    });
    child.stderr.on('data', (bytes) => {
      this.stderr += bytes;
      for (const hear of this.#heard.splice(0)) hear();
    });
    child.on('close', () => {
      for (const hear of this.#heard.splice(0)) hear();
    });
  }

  /** The port of the ready line. */
  async ready(): Promise<number> {
    while (!this.stdout.includes('\n') && this.#child.exitCode === null) {
      await new Promise<void>((resolve) => this.#heard.push(resolve));
    }
    const port = READY.exec(this.stdout)?.[1];
    if (port === undefined) throw new Error(`it is not ready: ${this.stdout}${this.stderr}`);
    return Number(port);
  }

  /** Fulfils when that stands on standard error. */
  async tells(words: string): Promise<void> {
    while (!this.stderr.includes(words)) {
      if (this.#child.exitCode !== null) throw new Error(`it has ended: ${this.stderr}`);
      await new Promise<void>((resolve) => this.#heard.push(resolve));
    }
  }

  /** Fulfils when it has ended, and all that it has started and that writes to the same standard error. */
  async end(signal?: NodeJS.Signals): Promise<Ended> {
    const closed = once(this.#child, 'close');
    if (signal) this.#child.kill(signal);
    const [code] = await closed;
    return { code, stdout: this.stdout, stderr: this.stderr };
  }
}

const meerkat = (...args: string[]): Promise<Ended> => new Meerkat(args).end();
const start = (...args: string[]): Meerkat => new Meerkat(['start', '--port', '0', '--data', data, ...args]);

test('start prints one line, serves, logs to stderr, and ends when told', async () => {
  const server = start();
  const port = await server.ready();
  const health = await fetch(`http://127.0.0.1:${port}/healthz`);
  expect(await health.json()).toMatchObject({ ok: true, storage: 'writable' });
  const ended = await server.end('SIGTERM');
  expect(ended.code).toBe(0);
  expect(ended.stdout).toMatch(READY);
  for (const line of ended.stderr.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  expect(statSync(data).mode & 0o777).toBe(0o700);
  for (const file of ['meerkat.sqlite', 'server.key']) {
    expect(statSync(path.join(data, file)).mode & 0o777).toBe(0o600);
  }
});

test('accounts are managed beside a running server and without one', async () => {
  const server = start();
  await server.ready();
  const added = await meerkat('user', 'add', 'romeo', '--password', 'pencil case', '--data', data);
  expect(added).toMatchObject({ code: 0, stdout: 'account: romeo@localhost\n' });
  expect((await meerkat('user', 'add', 'romeo', '--password', 'another', '--data', data)).stderr).toBe(
    'meerkat: a password has at least 8 characters\n',
  );
  expect((await meerkat('user', 'add', 'romeo', '--data', data)).stderr).toBe(
    'meerkat: romeo@localhost exists already\n',
  );
  const ended = await server.end('SIGINT');
  expect(ended.code).toBe(0);
  expect(ended.stderr).toContain('"command":"user-add"');
  expect(ended.stdout + ended.stderr).not.toContain('pencil case');

  const random = await meerkat('user', 'add', '--random', '--data', data);
  expect(random.stdout).toMatch(/^account: (user-[a-z2-7]{8}@localhost)\npassword: [a-z2-7]{24}\n$/);
  expect((await meerkat('user', 'list', '--data', data)).stdout).toMatch(
    /^romeo@localhost\nuser-[a-z2-7]{8}@localhost\n$/,
  );
  expect((await meerkat('user', 'passwd', 'romeo', '--data', data)).stdout).toMatch(
    /^account: romeo@localhost\npassword: [a-z2-7]{24}\n$/,
  );
  const suspend = (...more: string[]) => meerkat('user', 'suspend', 'romeo', '--data', data, ...more);
  expect((await suspend()).stdout).toBe('suspended: romeo@localhost\n');
  expect((await suspend('--off')).stdout).toBe('let in: romeo@localhost\n');
  expect((await meerkat('user', 'del', 'romeo', '--data', data)).stdout).toBe('removed: romeo@localhost\n');
  expect(await meerkat('user', 'del', 'romeo', '--data', data)).toMatchObject({
    code: 1,
    stderr: 'meerkat: there is no account romeo@localhost\n',
  });
});

test('what is kept of a person is written out and erased, beside a running server and without one', async () => {
  await meerkat('user', 'add', 'romeo', '--no-password', '--data', data);
  const out = path.join(data, 'romeo.jsonl');
  const server = start();
  await server.ready();
  const written = await meerkat('user', 'export', 'romeo', '--out', out, '--data', data);
  expect(written).toMatchObject({ code: 0, stdout: '', stderr: 'exported: 3 lines\n' });
  expect(statSync(out).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(out, 'utf8').split('\n', 1)[0] ?? '')).toMatchObject({
    kind: 'account',
    account: 'romeo@localhost',
    hasPassword: false,
  });
  // What is there is not written over.
  expect((await meerkat('user', 'export', 'romeo', '--out', out, '--data', data)).code).toBe(1);
  expect((await meerkat('user', 'erase', 'romeo', '--data', data)).stdout).toMatch(/^erased: 1 account\n/);
  await server.end('SIGTERM');
  for (const command of ['erase', 'export', 'export']) {
    expect(await meerkat('user', command, 'romeo', '--data', data)).toMatchObject({
      code: 1,
      stderr: 'meerkat: nothing is kept of this person\n',
    });
  }
});

test('a status is shown on the web beside a running server and without one', async () => {
  await meerkat('user', 'add', 'romeo', '--password', 'pencil case', '--data', data);
  const share = (...more: string[]) => meerkat('user', 'share', 'romeo', '--data', data, ...more);
  const { stdout } = await share();
  const [, id = ''] = /^account: romeo@localhost\nstatus: ([\w-]{22,})\n$/.exec(stdout) ?? [];
  const server = start();
  const port = await server.ready();
  const shown = async () => (await fetch(`http://127.0.0.1:${port}/status/${id}.json`)).json();
  expect((await share()).stdout).toBe(stdout);
  expect(await shown()).toEqual({ status: 'offline', since: expect.any(Number) });
  expect(await share('--off')).toMatchObject({ code: 0, stdout: 'withdrawn: romeo@localhost\n' });
  expect(await shown()).toEqual({ status: 'unknown' });
  const again = await share();
  expect(again.stdout).not.toBe(stdout);
  // Whoever gets the name next is not shown at the id of the one before.
  await meerkat('user', 'del', 'romeo', '--data', data);
  await meerkat('user', 'add', 'romeo', '--password', 'pencil case', '--data', data);
  expect(
    await (await fetch(`http://127.0.0.1:${port}/status/${again.stdout.slice(-25, -1)}.json`)).json(),
  ).toEqual({
    status: 'unknown',
  });
  expect((await share()).stdout).not.toBe(again.stdout);
  expect((await server.end('SIGTERM')).code).toBe(0);
  expect(await meerkat('user', 'share', 'nobody', '--data', data)).toMatchObject({
    code: 1,
    stderr: 'meerkat: there is no account nobody@localhost\n',
  });
});

test('a server that was killed does not stand in the way of the next', async () => {
  const server = start();
  await server.ready();
  await server.end('SIGKILL');
  expect(existsSync(path.join(data, 'admin.sock'))).toBe(true);
  expect((await meerkat('user', 'list', '--data', data)).code).toBe(0);
  const next = start();
  await next.ready();
  expect((await next.end('SIGTERM')).code).toBe(0);
  expect(existsSync(path.join(data, 'admin.sock'))).toBe(false);
});

test('tokens of before all sessions of somebody were ended are refused, also when the server is killed', async () => {
  const secret = 'what the site signs tokens with, and nobody knows';
  const serving = () =>
    new Meerkat(['start', '--port', '0', '--data', data], {
      MEERKAT_AUTH__TOKEN__SECRETS: JSON.stringify([secret]),
    });
  /** Signs somebody in by what the site signs now, or did then; gives the status. */
  async function signIn(port: number, user: string, then?: string): Promise<number> {
    const token = await new SignJWT({ sub: user })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt(then)
      .setExpirationTime('1h')
      .sign(Buffer.from(secret));
    const url = `http://127.0.0.1:${port}`;
    const headers = { authorization: `Bearer ${token}`, origin: url };
    return (await fetch(`${url}/embed/session`, { method: 'POST', headers })).status;
  }

  const before = serving();
  expect(await signIn(await before.ready(), 'mira', '10 seconds ago')).toBe(200);
  expect(await meerkat('session', 'end', 'mira', '--data', data)).toMatchObject({ code: 0 });
  await before.end('SIGKILL');

  const port = await serving().ready();
  expect(await signIn(port, 'mira', '10 seconds ago')).toBe(401);
  expect(await signIn(port, 'mira')).toBe(200);
  expect(await signIn(port, 'joe', '10 seconds ago')).toBe(200);
});

test('one data folder has one server', async () => {
  const server = start();
  await server.ready();
  const other = await start().end();
  expect(other).toMatchObject({ code: 1, stdout: '' });
  expect(other.stderr).toBe(
    `meerkat: another server uses the data folder ${data}; another one is chosen by --data\n`,
  );
});

test('a port in use is one line that says how to choose another', async () => {
  const taken = createServer();
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const refused = await meerkat('start', '--port', String(port), '--data', data);
  taken.close();
  expect(refused).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(new RegExp(`^meerkat: port ${port} .* --port\n$`)),
  });
});

test('a data folder that cannot be made, and a database that is none, are one line', async () => {
  writeFileSync(path.join(folder, 'file'), '');
  const refused = await meerkat('start', '--port', '0', '--data', path.join(folder, 'file', 'data'));
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(/^meerkat: the data folder .* cannot be written \(ENOTDIR\).*\n$/);

  await meerkat('user', 'list', '--data', data);
  writeFileSync(path.join(data, 'meerkat.sqlite'), 'no database at all '.repeat(100));
  const corrupt = await start().end();
  expect(corrupt).toMatchObject({ code: 1, stdout: '' });
  expect(corrupt.stderr).toMatch(/^meerkat: database .*: it is not a database.*\n$/);
});

test('bad settings and bad usage exit with 2', async () => {
  const setting = await new Meerkat(['start'], { MEERKAT_LISTEN__PORT: 'x' }).end();
  expect(setting).toEqual({
    code: 2,
    stdout: '',
    stderr: 'meerkat: MEERKAT_LISTEN__PORT: listen.port must be a whole number from 0 to 65535, not "x"\n',
  });
  expect((await meerkat('start', '--prot', '1')).code).toBe(2);
  expect((await meerkat('user', 'add', '--data', data)).stderr).toBe(
    'meerkat: user add needs a name, or --random, and not both\n',
  );
});

test('a file of settings is made, checked, and used', async () => {
  const file = path.join(folder, 'meerkat.json');
  expect((await meerkat('config', 'init', '--data', data)).code).toBe(0);
  expect(await meerkat('config', 'init')).toMatchObject({ code: 1 });
  expect((await meerkat('config', 'check', '--config', file)).stdout).toBe(`${file} is fine\n`);
  const tree = JSON.parse(readFileSync(file, 'utf8'));
  expect(tree).toMatchObject({ data, listen: { port: 5280 } });
  writeFileSync(file, JSON.stringify({ ...tree, listen: { prot: 1 } }));
  chmodSync(file, 0o600);
  expect(await meerkat('config', 'check', '--config', file)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there is no setting listen.prot'),
  });
});

describe('a load that is ended early', () => {
  async function load(processes: number, ...more: readonly string[]): Promise<Meerkat> {
    const port = await start('--no-limits').ready();
    const url = `ws://127.0.0.1:${port}/xmpp-websocket`;
    const size = ['--users', '20', '--rate', '50', '--seconds', '600', '--processes', String(processes)];
    const run = new Meerkat(['load', 'one-room', '--url', url, ...size, ...more]);
    await run.tells('messages...');
    return run;
  }

  test.each([1, 2])(
    'by Ctrl-C prints what there is, and leaves none of its %i processes',
    async (processes) => {
      const json = path.join(folder, 'report.json');
      const ended = await (await load(processes, '--json', json)).end('SIGINT');
      expect(ended.code).toBe(130);
      expect(ended.stdout).toMatch(/^one-room on ws:/);
      expect(ended.stdout).toContain('! the run was ended early');
      expect(ended.stderr).toMatch(/meerkat: the run was ended early\n$/);
      expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
        interrupted: true,
        messages: { lost: 0 },
        generator: { processes },
      });
    },
  );

  test('by an end without a word takes its processes along', async () => {
    const ended = await (await load(2)).end('SIGKILL');
    expect(ended.stdout).toBe('');
  });
});
