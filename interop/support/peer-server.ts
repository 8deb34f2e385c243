import { spawn } from 'node:child_process';
import path from 'node:path';
import { leftOutWithout } from './installed.js';

const main = path.resolve(import.meta.dirname, '../../packages/server/dist/main.js');
/** How long one of them may take to be ready, in milliseconds. */
const PATIENCE = 40_000;

/** The other servers that our parts are tried on, by the names that `meerkat load peers` has for them. */
export const PEERS = ['ejabberd', 'prosody'] as const;
export type PeerName = (typeof PEERS)[number];
const PROGRAMS: Readonly<Record<PeerName, string>> = { ejabberd: 'ejabberdctl', prosody: 'prosody' };

/** Whether the tests on that server are left out here, where it is not installed. */
export function leftOut(name: PeerName): boolean {
  return leftOutWithout(`what is tried on ${name}`, [PROGRAMS[name]]);
}

/** Another server, run as `meerkat load peer` configures it: guests, rooms, WebSocket and BOSH, nothing secured. */
export class PeerServer {
  readonly webSocketUrl: string;
  readonly boshUrl: string;
  /** Streams over plain TCP. */
  readonly tcpUrl: string;
  readonly #end: () => Promise<void>;

  private constructor(
    told: { readonly url: string; readonly boshUrl: string; readonly tcpUrl: string },
    end: () => Promise<void>,
  ) {
    this.webSocketUrl = told.url;
    this.boshUrl = told.boshUrl;
    this.tcpUrl = told.tcpUrl;
    this.#end = end;
  }

  static start(name: PeerName): Promise<PeerServer> {
    const child = spawn(process.execPath, [main, 'load', 'peer', name], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // A test runner that dies must not leave servers behind.
    const reap = () => child.kill('SIGTERM');
    process.on('exit', reap);
    const gone = new Promise<void>((resolve) => {
      child.once('close', () => {
        process.off('exit', reap);
        resolve();
      });
    });
    const stop = async () => {
      child.kill('SIGTERM');
      await gone;
    };
    return new Promise((resolve, reject) => {
      let [out, errors] = ['', ''];
      const timer = setTimeout(() => {
        child.kill('SIGTERM');
        reject(new Error(`${name} was not ready within ${PATIENCE} ms: ${errors}`));
      }, PATIENCE);
      child.once('close', (code) => {
        clearTimeout(timer);
        reject(new Error(`${name} ended with ${code}: ${errors}`));
      });
      child.stderr.on('data', (chunk: Buffer) => {
        errors += chunk.toString();
      });
      child.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        if (!out.includes('\n')) return;
        clearTimeout(timer);
        resolve(new PeerServer(JSON.parse(out), stop));
      });
    });
  }

  stop(): Promise<void> {
    return this.#end();
  }
}
