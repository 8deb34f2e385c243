import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { afterEach, expect, test } from 'vitest';
import { silentLogger } from '../../kernel/logger.js';
import { siteFetch } from '../../runtime.js';
import { siteSessionSettings } from './settings.js';
import { SiteInquiry } from './site-inquiry.js';

const domain = parseDomainJid('chat.example') ?? expect.unreachable();

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A back end that answers so, over a real network. */
async function site(answer: RequestListener) {
  const seen = { connections: 0, paths: [] as (string | undefined)[] };
  server = createServer((request, response) => {
    seen.paths.push(request.url);
    answer(request, response);
  });
  server.on('connection', () => seen.connections++);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/user`;
  const clock = new FakeClock();
  const settings = { ...siteSessionSettings.parse({}), url };
  const asks = new SiteInquiry({ domain, clock, log: silentLogger, fetch: siteFetch, settings });
  return { clock, seen, ask: () => asks.ask({ method: 'GET', headers: { cookie: 'session=abc' } }) };
}

test('who is nobody is told so again and again over few connections, whatever page comes with it', async () => {
  const { ask, seen } = await site((_, response) => {
    response.writeHead(401).end(`<h1>Sign in</h1>${' '.repeat(40_000)}`);
  });
  for (let times = 0; times < 10; times++) expect(await ask()).toBe('nobody');
  expect(seen.paths).toHaveLength(10);
  // One that has just been read to its end may not be free yet when the next question comes.
  expect(seen.connections).toBeLessThanOrEqual(5);
});

test.each([200, 401])('an answer of %i without an end is let go of', async (status) => {
  let ended: () => void;
  const gone = new Promise<void>((fulfil) => {
    ended = fulfil;
  });
  const { ask } = await site((_, response) => {
    response.on('close', () => ended());
    response.writeHead(status);
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(16_384)));
    };
    response.on('drain', more);
    more();
  });
  expect(await ask()).toBe(status === 200 ? 'unsure' : 'nobody');
  await gone;
});

test.each(['before', 'within'])('a site that hangs %s its answer is not waited for', async (where) => {
  let heard: () => void;
  const asked = new Promise<void>((fulfil) => {
    heard = fulfil;
  });
  const { ask, clock } = await site((_, response) => {
    if (where === 'within') response.writeHead(200).write('{"sub": ');
    heard();
  });
  const answer = ask();
  await asked;
  clock.advance(siteSessionSettings.parse({}).timeout);
  expect(await answer).toBe('unsure');
});

test('credentials follow no redirection', async () => {
  const { ask, seen } = await site((_, response) => {
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  expect(await ask()).toBe('unsure');
  expect(seen.paths).toEqual(['/user']);
});
