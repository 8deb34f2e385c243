import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ServerProcess } from '../e2e/support/server-process.js';
import { BareClient, byBearer, byCookie, byPassword } from './support/bare-client.js';
import { installed } from './support/installed.js';

// Signing in as who somebody is at a site already: with the samples of its back end, and with its cookies.

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '..');
const SECRET = '0123456789-0123456789-0123456789-0123456789';
const ROOM = 'hall@rooms.localhost';

let server: ServerProcess;
afterEach(() => server.stop());

/** A guest is in a room, so that nobody who is tried becomes its owner by making it. */
async function made(room: string): Promise<void> {
  const guest = await BareClient.arrive(server.webSocketUrl);
  await guest.join(room, 'guest');
}

/** What a program prints. */
async function prints(program: string, ...args: readonly string[]): Promise<string> {
  const env = { ...process.env, CHAT_SECRET: SECRET };
  return (await run(program, args, { cwd: root, env })).stdout.trim();
}

describe('tokens', () => {
  beforeEach(async () => {
    server = await ServerProcess.start({ env: { MEERKAT_AUTH__TOKEN__SECRETS: JSON.stringify([SECRET]) } });
  });

  test.each([
    ['node', 'examples/tokens/token.mjs'],
    ['php', 'examples/tokens/token.php'],
    ['python3', 'examples/tokens/chat_token.py'],
  ])('the sample in %s signs in, by OAUTHBEARER and as a password', async (program, file) => {
    // Never left out with `CI` set: there it is installed.
    if (!process.env.CI && !installed(program)) {
      console.warn(`${program} is not installed: its sample is skipped`);
      return;
    }
    const token = await prints(program, file, 'Mira', 'Mira Kim');
    const bearer = await BareClient.arrive(server.webSocketUrl, { initial: byBearer(token) });
    expect(bearer.jid).toMatch(/^mira@localhost\//);
    await made(ROOM);
    expect(await bearer.join(ROOM, 'mira')).toContain('role="participant"');
    const initial = byPassword('mira', token);
    const plain = await BareClient.arrive(server.webSocketUrl, { initial });
    expect(plain.jid).toMatch(/^mira@localhost\//);
    bearer.cut();
    plain.cut();
  });

  test('meerkat token makes one for this server, with rights in rooms', async () => {
    const main = 'packages/server/dist/main.js';
    const more = ['--data', server.dataFolder, '--room', 'hall=read', 'lobby=moderate'];
    const token = await prints(process.execPath, main, 'token', 'joe', ...more);
    const joe = await BareClient.arrive(server.webSocketUrl, { initial: byBearer(token) });
    await made(ROOM);
    await made('lobby@rooms.localhost');
    expect(await joe.join(ROOM, 'joe')).toContain('role="visitor"');
    expect(await joe.join('lobby@rooms.localhost', 'joe')).toContain('affiliation="admin"');
    const refused = joe.hears((frame) => frame.startsWith('<presence') && frame.includes('type="error"'));
    void joe.join('elsewhere@rooms.localhost', 'joe').catch(() => {});
    expect(await refused).toContain('<not-allowed');
    joe.cut();
  });

  test('a token that is somebody else’s, or has been tampered with, signs nobody in, and no log has it', async () => {
    const good = await prints('node', 'examples/tokens/token.mjs', 'mira');
    const [head, , signature] = good.split('.');
    const body = Buffer.from(JSON.stringify({ sub: 'admin', exp: 9_999_999_999 })).toString('base64url');
    for (const token of [`${head}.${body}.${signature}`, 'x', `${good}x`]) {
      const client = await BareClient.arrive(server.webSocketUrl, { initial: byBearer(token) });
      // RFC 7628 section 3.2.3: the error first, then the failure.
      expect(client.answer).toMatch(/^<challenge/);
      const failure = client.hears((frame) => frame.startsWith('<failure'));
      client.say('<response xmlns="urn:xmpp:sasl:2">AQ==</response>');
      expect(await failure).toContain('<not-authorized');
      client.cut();
    }
    expect(server.output).not.toContain(body);
    expect(server.output).not.toContain(SECRET);
  });

  test('who comes back with a new token goes on with the session, under what that grants', async () => {
    const main = 'packages/server/dist/main.js';
    const mint = (right: string) =>
      prints(process.execPath, main, 'token', 'joe', '--data', server.dataFolder, '--room', `hall=${right}`);
    const joe = await BareClient.arrive(server.webSocketUrl, { initial: byBearer(await mint('read')) });
    await made(ROOM);
    expect(await joe.join(ROOM, 'joe')).toContain('role="visitor"');
    const { handled: h, previd } = joe;
    joe.cut();
    const initial = byBearer(await mint('moderate'));
    const again = await BareClient.arrive(server.webSocketUrl, { initial, resume: { previd, h } });
    expect(again.answer).toContain('<resumed');
    expect(
      again.heard.find((frame) => frame.startsWith('<presence')) ??
        (await again.hears((frame) => frame.startsWith('<presence'))),
    ).toContain('role="moderator"');
    again.cut();
  });
});

describe('cookies', () => {
  /** The site's back end: who is signed in to it, by their cookie. */
  const signedIn = new Map<string, string>();
  let site: Server;
  let origin = '';

  beforeEach(async () => {
    signedIn.clear();
    site = createServer((request, response) => {
      const [, session = ''] = /session=(\w+)/.exec(request.headers.cookie ?? '') ?? [];
      const user = signedIn.get(session);
      const trusted = request.headers.authorization === 'Bearer sixteen-letters-x';
      response.writeHead(user === undefined || !trusted ? 401 : 200, { 'content-type': 'application/json' });
      response.end(user === undefined ? '' : JSON.stringify({ sub: user, name: user }));
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const { port } = site.address() as AddressInfo;
    origin = `http://127.0.0.1:${port}`;
    server = await ServerProcess.start({
      env: {
        MEERKAT_ORIGINS: JSON.stringify([origin]),
        MEERKAT_AUTH__SITE_SESSION__URL: `${origin}/chat-user`,
        MEERKAT_AUTH__SITE_SESSION__COOKIES: '["session"]',
        MEERKAT_AUTH__SITE_SESSION__SECRET: 'sixteen-letters-x',
        MEERKAT_AUTH__SITE_SESSION__KEEP: '100',
        MEERKAT_MODULES__CREDENTIALS__RECHECK: '1000',
      },
    });
  });
  afterEach(() => new Promise((resolve) => site.close(resolve)));

  test('who is signed in to the site is signed in here, and out when they sign out there', async () => {
    signedIn.set('abc', 'Mira');
    const headers = { Cookie: 'theme=dark; session=abc', Origin: origin };
    const mira = await BareClient.arrive(server.webSocketUrl, { initial: byCookie, headers });
    expect(mira.jid).toMatch(/^mira@localhost\//);
    // It comes along each time, so nothing else is given for coming back.
    expect(mira.token).toBe('');
    await mira.join(ROOM, 'mira');
    const ended = mira.hears((frame) => frame.includes('<not-authorized'));
    signedIn.delete('abc');
    expect(await ended).toContain('stream');
    const late = await BareClient.arrive(server.webSocketUrl, { initial: byCookie, headers });
    expect(late.answer).toContain('<failure');
    late.cut();
    expect(server.output).not.toContain('abc');
  });

  test('the page of somebody else cannot use the cookies of its visitors', async () => {
    signedIn.set('abc', 'Mira');
    const cookie = { Cookie: 'session=abc' };
    const arrive = (more: Readonly<Record<string, string>>) =>
      BareClient.arrive(server.webSocketUrl, { initial: byCookie, headers: { ...cookie, ...more } });
    await expect(arrive({ Origin: 'https://evil.example' })).rejects.toThrow('403');
    const native = await arrive({});
    expect(native.answer).toContain('<invalid-mechanism');
    native.cut();
    const bosh = (headers: Readonly<Record<string, string>>) =>
      fetch(server.boshUrl, {
        method: 'POST',
        headers: { ...cookie, ...headers },
        body: `<body xmlns="http://jabber.org/protocol/httpbind" rid="1" to="localhost" wait="1" hold="1" ver="1.6" xmlns:xmpp="urn:xmpp:xbosh" xmpp:version="1.0"/>`,
      }).then(async (answer) => [answer.status, (await answer.text()).includes('>EXTERNAL<')]);
    expect(await bosh({ Origin: origin, 'Content-Type': 'text/xml; charset=utf-8' })).toEqual([200, true]);
    expect(await bosh({ Origin: origin, 'Content-Type': 'text/plain' })).toEqual([200, false]);
    expect(await bosh({ 'Content-Type': 'text/xml' })).toEqual([200, false]);
    expect((await bosh({ Origin: 'https://evil.example', 'Content-Type': 'text/xml' }))[0]).toBe(403);
  });
});
