import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { mintToken } from './auth/token/mint-token.js';
import { loadConfig } from './config.js';
import { createLogger } from './log.js';
import { type RunningServer, startServer } from './server.js';

const SECRET = 'the secret of the site, thirty-two characters';
const BACK_END = 'the-secret-of-the-back-end';
const KEY = 'key-of-the-api-0123456789-0123456789';
const SASL = 'urn:ietf:params:xml:ns:xmpp-sasl';

let folder = '';
let site: Server;
let server: RunningServer;
let written: string[] = [];
const clock = new FakeClock();

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meerkat-log-'));
  // A back end that fails, which is told in the log.
  site = createServer((_, response) => response.writeHead(500).end());
  await once(site.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/who`;
  const settings = {
    data: path.join(folder, 'data'),
    'listen.port': 0,
    'log.level': 'debug',
    'auth.token.secrets': [SECRET],
    'auth.siteSession.cookies': ['session'],
    'auth.siteSession.url': url,
    'auth.siteSession.secret': BACK_END,
    'auth.sitePassword.url': url,
    'auth.sitePassword.secret': BACK_END,
    'registration.open': true,
    'registration.hook': url,
    'api.keys': [{ name: 'shop', key: KEY, scopes: ['users:write', 'users:read'] }],
  };
  const flags = Object.entries(settings).map(([name, value]) => ({ path: name, flag: name, value }));
  const config = loadConfig({ flags });
  written = [];
  const sink = { write: (text: string) => void written.push(text) };
  const files = { version: '1.2.3', webFolder: path.join(folder, 'web') };
  server = await startServer(
    config,
    { clock, random: new SeededRandom() },
    createLogger(config.log, sink),
    files,
  );
});
afterEach(async () => {
  await server.stop();
  site.closeAllConnections();
  site.close();
  await rm(folder, { recursive: true, force: true });
});

/** Says something on a stream of its own, and hears the answer. */
async function says(said: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const ws = new WebSocket(`${server.url.replace('http', 'ws')}/xmpp-websocket`, 'xmpp', { headers });
  const answer = new Promise<string>((fulfil, reject) => {
    ws.on('error', reject);
    ws.on('message', (data) => {
      const text = String(data);
      if (/^<(stream:)?features/.test(text)) ws.send(said);
      else if (!/^<open/.test(text)) fulfil(text);
    });
  });
  await once(ws, 'open');
  ws.send('<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="localhost" version="1.0"/>');
  const text = await answer;
  ws.terminate();
  return text;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const auth = (mechanism: string, text: string) =>
  `<auth xmlns="${SASL}" mechanism="${mechanism}">${text === '' ? '=' : base64(text)}</auth>`;

test('nothing that signs in is in the log, however much it says', async () => {
  const wish = { user: 'mira', audience: 'localhost', now: clock.now(), life: 60_000 };
  const good = await mintToken(Buffer.from(SECRET), wish);
  const foreign = await mintToken(Buffer.from('another secret, of somebody else altogether'), wish);
  const over = await mintToken(Buffer.from(SECRET), { ...wish, now: clock.now() - 3_600_000 });
  const bearer = (token: string) => auth('OAUTHBEARER', `n,,\u0001auth=Bearer ${token}\u0001\u0001`);
  expect(await says(bearer(good))).toMatch(/^<success/);
  for (const token of [foreign, over]) expect(await says(bearer(token))).toMatch(/^<challenge/);
  expect(await says(auth('X-OAUTH2', `\0mira\0${foreign}`))).toMatch(/^<failure/);
  expect(await says(auth('PLAIN', '\0mira\0a-wrong-password'))).toMatch(/^<failure/);
  const page = { origin: server.url, cookie: 'session=a-cookie-of-the-site' };
  expect(await says(auth('EXTERNAL', ''), page)).toMatch(/temporary-auth-failure/);
  const register =
    '<iq xmlns="jabber:client" type="set" id="r"><query xmlns="jabber:iq:register">' +
    '<username>new</username><password>a-password-to-be</password></query></iq>';
  expect(await says(register)).toMatch(/resource-constraint/);

  const asks = async (method: string, where: string, key: string, body?: object): Promise<number> => {
    const headers = {
      authorization: `Bearer ${key}`,
      origin: server.url,
      'content-type': 'application/json',
    };
    const answer = await fetch(`${server.url}${where}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    await answer.text();
    return answer.status;
  };
  const romeo = { name: 'romeo', password: 'a-password-by-the-api' };
  expect(await asks('POST', '/api/users', KEY, romeo)).toBe(200);
  expect(await asks('POST', '/api/users', KEY, romeo)).toBe(409);
  expect(await asks('GET', '/api/users', 'a-wrong-key-of-the-api-0123456789')).toBe(401);
  expect(await asks('GET', `/api/users?key=${KEY}`, 'nothing')).toBe(401);
  expect(await asks('GET', `/embed/room/hall?config=${good}`, 'nothing')).toBe(403);
  expect(await asks('POST', '/embed/session', foreign, {})).toBe(401);

  // It has heard of each of them.
  const log = written.join('');
  for (const words of ['a token was refused', 'a sign-in was refused', 'did not say', 'or a wrong one']) {
    expect(log).toContain(words);
  }
  const secrets = [
    SECRET,
    BACK_END,
    KEY,
    good,
    foreign,
    over,
    'eyJ',
    'a-wrong-',
    'a-cookie-of',
    'a-password-',
  ];
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
});
