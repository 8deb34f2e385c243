import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { mintToken } from './auth/token/mint-token.js';
import { type Config, loadConfig } from './config.js';
import { silentLogger } from './kernel/logger.js';
import { parseMetrics } from './load/measure/server-probe.js';
import { type RunningServer, startServer } from './server.js';

let folder = '';
let clock: FakeClock;
const running: RunningServer[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meerkat-server-'));
  clock = new FakeClock();
});
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function config(...flags: [path: string, value: unknown][]): Config {
  const all: [string, unknown][] = [['data', path.join(folder, 'data')], ['listen.port', 0], ...flags];
  return loadConfig({ flags: all.map(([name, value]) => ({ path: name, flag: `--${name}`, value })) });
}

async function start(...flags: [path: string, value: unknown][]): Promise<RunningServer> {
  const env = { clock, random: new SeededRandom() };
  const files = { version: '1.2.3', webFolder: path.join(folder, 'web') };
  const server = await startServer(config(...flags), env, silentLogger, files);
  running.push(server);
  return server;
}

async function connect(server: RunningServer, at = '/xmpp-websocket'): Promise<WebSocket> {
  const ws = new WebSocket(server.url.replace('http', 'ws') + at, 'xmpp');
  await once(ws, 'open');
  return ws;
}

const OPEN = '<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="localhost" version="1.0"/>';

/** Signs in by a cookie, as a page of the server's own does; gives `success`, or the condition. */
async function signInByCookie(server: RunningServer, cookie: string): Promise<string> {
  const url = `${server.url.replace('http', 'ws')}/xmpp-websocket`;
  const ws = new WebSocket(url, 'xmpp', { headers: { cookie, origin: server.url } });
  const outcome = new Promise<string>((resolve, reject) => {
    ws.on('open', () => ws.send(OPEN));
    ws.on('error', reject);
    ws.on('message', (data) => {
      const text = String(data);
      if (/^<(stream:)?features/.test(text)) {
        ws.send('<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="EXTERNAL">=</auth>');
      } else if (/^<success/.test(text)) resolve('success');
      else if (/^<failure/.test(text)) resolve(/><([a-z-]+)/.exec(text)?.[1] ?? text);
    });
  });
  const said = await outcome;
  ws.terminate();
  return said;
}

describe('a running server', () => {
  test('speaks XMPP over WebSocket, and HTTP beside it', async () => {
    const server = await start();
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const ws = await connect(server);
    ws.send(OPEN);
    expect(String((await once(ws, 'message'))[0])).toMatch(/^<open .*from="localhost"/);
    expect(await (await fetch(`${server.url}/healthz`)).json()).toMatchObject({ ok: true, version: '1.2.3' });
    expect(server.stats()).toMatchObject({ websockets: 1, connections: 1, 'streams.streams': 1 });
    ws.close();
    await once(ws, 'close');
  });

  test('tells what it is doing at /metrics, also to whoever loads it', async () => {
    const server = await start();
    const ws = await connect(server);
    let heard = '';
    ws.on('message', (data) => {
      heard += String(data);
    });
    const says = async (frame: string, until: string) => {
      heard = '';
      ws.send(frame);
      while (!heard.includes(until)) await once(ws, 'message');
    };
    await says(OPEN, 'ANONYMOUS');
    await says('<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="ANONYMOUS"/>', '<success');
    await says(OPEN, 'xmpp-bind');
    const bind = '<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/>';
    await says(`<iq xmlns="jabber:client" type="set" id="1">${bind}</iq>`, '<jid>');
    const answer = await fetch(`${server.url}/metrics`);
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(text).toContain('meerkat_info{version="1.2.3"} 1\n');
    expect(text).toContain('meerkat_sessions{link="websocket"} 1\n');
    expect(text).toContain('meerkat_sign_ins_total{outcome="succeeded"} 1\n');
    const use = parseMetrics(text);
    expect(use?.cpuSeconds).toBeGreaterThan(0);
    expect(use?.residentBytes).toBeGreaterThan(1e6);
  });

  test('has no /metrics where they are switched off', async () => {
    const server = await start(['metrics.enabled', false]);
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
  });

  test('refuses an upgrade elsewhere', async () => {
    const ws = new WebSocket(`${(await start()).url.replace('http', 'ws')}/elsewhere`, 'xmpp');
    ws.on('error', () => {});
    const [, response] = await once(ws, 'unexpected-response');
    expect(response.statusCode).toBe(404);
  });

  test('limits connections by address, unless limits are lifted', async () => {
    const limit: [string, unknown] = ['limits.connectionsPerAddress', 1];
    const strict = await start(limit);
    await connect(strict);
    const refused = new WebSocket(`${strict.url.replace('http', 'ws')}/xmpp-websocket`, 'xmpp');
    refused.on('error', () => {});
    expect((await once(refused, 'unexpected-response'))[1].statusCode).toBe(429);
    await strict.stop();
    const lifted = await start(limit, ['limits.lifted', true]);
    await Promise.all(Array.from({ length: 5 }, () => connect(lifted)));
    expect(lifted.stats()).toMatchObject({ connections: 5 });
  });

  test('says goodbye when it stops, leaves no timer, and can start again with the same data', async () => {
    const server = await start();
    const ws = await connect(server);
    const heard: string[] = [];
    ws.on('message', (data) => heard.push(String(data)));
    ws.send(OPEN);
    await once(ws, 'message');
    const stopped = server.stop();
    await once(ws, 'close');
    await stopped;
    await server.stop();
    expect(heard.join('')).toContain('system-shutdown');
    expect(clock.pending).toBe(0);
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    await connect(await start());
  });

  test('that starts again refuses cookies of sign-ins that had ended, and no others', async () => {
    const secret = 'what the site signs tokens with, and nobody knows';
    const serve = () => start(['auth.token.secrets', [secret]], ['auth.token.cookie', 'chat']);
    const token = (user: string) =>
      mintToken(Buffer.from(secret), { user, audience: 'localhost', now: clock.now(), life: 3_600_000 });
    /** The cookies that somebody has of the site, and of a framed room. */
    const cookiesOf = async ({ url }: RunningServer, user: string): Promise<string[]> => {
      const site = await token(user);
      const headers = { authorization: `Bearer ${site}`, origin: url };
      const made = await fetch(`${url}/embed/session`, { method: 'POST', headers });
      return [`chat=${site}`, made.headers.get('set-cookie')?.split(';')[0] ?? ''];
    };
    const outcomes = (server: RunningServer, cookies: readonly string[]) =>
      Promise.all(cookies.map((cookie) => signInByCookie(server, cookie)));

    const before = await serve();
    const mira = await cookiesOf(before, 'mira');
    const joe = await cookiesOf(before, 'joe');
    expect(await outcomes(before, [...mira, ...joe])).toEqual(Array(4).fill('success'));
    clock.advance(1000);
    await before.accounts.forgetSignIns(before.accounts.users.account('mira'));
    await before.stop();

    const after = await serve();
    expect(await outcomes(after, mira)).toEqual(['credentials-expired', 'not-authorized']);
    expect(await outcomes(after, [...joe, ...(await cookiesOf(after, 'mira'))])).toEqual(
      Array(4).fill('success'),
    );
  });

  test('does not wait for ever for a peer that does not close', async () => {
    const server = await start();
    const ws = await connect(server);
    ws.send(OPEN);
    await once(ws, 'message');
    ws.pause();
    let stopped = false;
    const stopping = server.stop().then(() => {
      stopped = true;
    });
    for (; !stopped; clock.advance(1000)) await new Promise(setImmediate);
    await stopping;
  });
});

describe('a start that fails says why in one line, and leaves nothing open', () => {
  test('a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(start(['listen.port', port])).rejects.toThrow(`port ${port} at 127.0.0.1 is in use already`);
    expect(clock.pending).toBe(0);
    other.close();
    await start();
  });

  test('an address of another machine', async () => {
    await expect(start(['listen.host', '192.0.2.1'])).rejects.toThrow(
      '192.0.2.1 is not an address of this machine',
    );
  });

  test('a data folder that cannot be made', async () => {
    await writeFile(path.join(folder, 'data'), 'a file');
    await expect(start()).rejects.toThrow(/^the data folder .* cannot be written \(EEXIST\)/);
  });

  test('a proxy that is no address', async () => {
    await expect(start(['trustedProxies', ['proxy']])).rejects.toThrow('trustedProxies: proxy is neither');
  });
});
