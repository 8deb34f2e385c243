import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Env } from '@meerkat-chat/xmpp';
import { WebSocket } from 'ws';
import type { RunningPeer } from './peer.js';
import { onCpu } from './pinning.js';

/** How long a server may take until it takes connections. */
const PATIENCE = 30_000;
/** How often it is tried meanwhile. */
const TRY_EVERY = 50;
/** How long it may take to end in order; with thousands of clients some take longer than anybody wants to wait. */
const ENDING = 3_000;
/** Characters of its output that are kept, for the error when it does not start. */
const OUTPUT = 4_000;

export const HOST = '127.0.0.1';
export const DOMAIN = 'localhost';

/** What is to be run; the process that the command becomes has to be the server itself, not a parent of it. */
export interface PeerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where it takes streams over plain TCP, too. */
  readonly tcpPort?: number;
}

/** A port of the loopback address that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, HOST);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

/**
 * Runs a server until it takes WebSocket connections.
 * @param prepare writes its configuration into a new folder, for that port, and says how it is run
 * @throws Error with the end of what it printed, when it ends or is not ready after 30 s
 */
export async function startPeer(
  cpu: number | undefined,
  prepare: (folder: string, port: number) => Promise<PeerCommand>,
  env: Env,
): Promise<RunningPeer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'meerkat-peer-'));
  let child: ChildProcess | undefined;
  // Whoever ends without having stopped it must not leave it behind.
  const reap = (): void => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', reap);
  const stop = async (): Promise<void> => {
    if (child) await end(child, env);
    await rm(folder, { recursive: true, force: true });
    process.off('exit', reap);
  };
  try {
    const port = await freePort();
    const prepared = await prepare(folder, port);
    const { command, args, env: more } = onCpu(cpu, prepared);
    child = spawn(command, args, {
      cwd: folder,
      env: { ...process.env, HOME: folder, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const url = `ws://${HOST}:${port}/xmpp-websocket`;
    await ready(child, url, env);
    if (child.pid === undefined) throw new Error(`${command} has no process id`);
    const { tcpPort } = prepared;
    return {
      url,
      boshUrl: `http://${HOST}:${port}/http-bind`,
      ...(tcpPort === undefined ? {} : { tcpUrl: `xmpp://${HOST}:${tcpPort}` }),
      domain: DOMAIN,
      pid: child.pid,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function ready(child: ChildProcess, url: string, env: Env): Promise<void> {
  let output = '';
  const read = (chunk: unknown): void => {
    output = (output + String(chunk)).slice(-OUTPUT);
  };
  child.stdout?.on('data', read);
  child.stderr?.on('data', read);
  return new Promise((resolve, reject) => {
    let trying = false;
    const settle = (act: () => void): void => {
      offTry();
      offLate();
      child.off('error', fail).off('exit', ended);
      act();
    };
    const fail = (error: Error): void => settle(() => reject(error));
    const ended = (code: number | null, signal: string | null): void =>
      fail(new Error(`it ended before it was ready (${code ?? signal}): ${output.trim()}`));
    const offTry = env.clock.every(TRY_EVERY, () => {
      if (trying) return;
      trying = true;
      void connects(url).then((yes) => {
        trying = false;
        if (yes) settle(resolve);
      });
    });
    const offLate = env.clock.after(PATIENCE, () =>
      fail(new Error(`it was not ready after ${PATIENCE / 1000} s: ${output.trim()}`)),
    );
    child.once('error', fail).once('exit', ended);
  });
}

function connects(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, 'xmpp', { handshakeTimeout: 2_000 });
    socket.once('error', () => resolve(false));
    socket.once('open', () => {
      socket.terminate();
      resolve(true);
    });
  });
}

async function end(child: ChildProcess, env: Env): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const off = env.clock.after(ENDING, () => child.kill('SIGKILL'));
  await gone;
  off();
}
