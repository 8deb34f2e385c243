import { createHash } from 'node:crypto';
import { parseBareJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { EmbedConfigs } from './embed-config.js';
import { embedPageRoute } from './embed-page.js';

const apps: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

const domain = parseDomainJid('chat.example') ?? expect.unreachable();
const clock = new FakeClock();
const configs = new EmbedConfigs(Buffer.from('a key of thirty-two bytes, or so.'), domain, clock);

const frameSessions = {
  read: async (value: string) => (value === 'signed' ? mira : undefined),
};
const mira = { account: parseBareJid('mira@chat.example') ?? expect.unreachable(), kind: 'user' } as const;

async function ask(
  path: string,
  embedAncestors: readonly string[] = [],
  host = 'chat.example',
  headers: Readonly<Record<string, string>> = {},
  tokenOrigins: readonly string[] = [],
  embedSigned: 'optional' | 'required' = 'optional',
) {
  const app = fastify();
  apps.push(app);
  embedPageRoute(app, {
    domain,
    embedAncestors,
    tokenOrigins,
    embedConfigs: configs,
    embedSigned,
    frameSessions,
  });
  const answer = await app.inject({ url: path, headers: { host, ...headers } });
  const policy = new Map(
    String(answer.headers['content-security-policy'])
      .split('; ')
      .map((directive): [string, string] => {
        const [name = '', ...rest] = directive.split(' ');
        return [name, rest.join(' ')];
      }),
  );
  return { answer, policy, element: /<chat-room[^>]*>/.exec(answer.body)?.[0] };
}

test('the room, and nothing asked of it', async () => {
  const { answer, element } = await ask('/embed/room/lobby');
  expect(answer.statusCode).toBe(200);
  expect(element).toBe('<chat-room room="lobby">');
  expect(answer.body).toContain('<title>lobby</title>');
  expect(answer.body).toContain('<html lang="en">');
  expect(answer.body).toContain('color-scheme:light dark');
  expect(answer.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'cross-origin-resource-policy': 'cross-origin',
    'cross-origin-embedder-policy': 'credentialless',
  });
});

test('the look that the query asks for', async () => {
  const { answer, element } = await ask(
    '/embed/room/lobby?theme=dark&accent=%23E11d48&lang=ar-EG&readonly=1&nick=%20Mira%20?',
  );
  expect(element).toBe('<chat-room room="lobby" theme="dark" nick="Mira ?" readonly>');
  expect(answer.body).toContain('chat-room{--chat-accent:light-dark(#e11d48,#e11d48)}');
  expect(answer.body).toContain(':root{color-scheme:dark;font-family:system-ui,sans-serif}');
  expect(answer.body).toContain('<html lang="ar-EG" dir="rtl">');
});

test('its accents and its font', async () => {
  const { answer } = await ask('/embed/room/lobby?accent=%23a1245a&accent-dark=%23ffb3d1&font=IBM+Plex+Sans');
  expect(answer.body).toContain('chat-room{--chat-accent:light-dark(#a1245a,#ffb3d1)}');
  expect(answer.body).toContain('font-family:"IBM Plex Sans",system-ui,sans-serif}');
});

test('who may say who signs in is told to a room that asks for it', async () => {
  const shop = 'https://shop.example';
  const asks = (query: string, ancestors: readonly string[] = []) =>
    ask(`/embed/room/lobby${query}`, ancestors, 'chat.example', {}, [shop]);
  const token = await asks('?auth=token');
  expect(token.element).toBe('<chat-room room="lobby" auth="token">');
  expect(token.answer.body).toContain(`data-token-origins="${shop}"`);
  expect((await asks('?auth=cookie')).element, 'any page could frame it').toBe('<chat-room room="lobby">');
  const cookie = await asks('?auth=cookie&lang=de', [shop]);
  expect(cookie.element).toBe('<chat-room room="lobby" auth="cookie">');
  expect(cookie.answer.body).toMatch(
    /<div class="access".* hidden>.*<button type="button">Als du selbst weitermachen</,
  );
  expect(token.answer.body).not.toContain('<div class="access"');
  expect((await asks('?auth=admin')).element).toBe('<chat-room room="lobby">');
  expect((await asks('')).answer.body).not.toContain(shop);
});

test('who has a session is signed in at once, where the page asks for that', async () => {
  const asks = (query: string, cookie: string) =>
    ask(`/embed/room/lobby${query}`, [], 'chat.example', { cookie });
  const known = await asks('?auth=token', 'a=b; __Host-meerkat-frame=signed');
  expect(known.element).toBe('<chat-room room="lobby" auth="cookie">');
  expect(known.answer.body).toContain('data-session="mira@chat.example"');
  const over = await asks('?auth=token', '__Host-meerkat-frame=old');
  expect(over.element).toBe('<chat-room room="lobby" auth="token">');
  expect((await asks('', '__Host-meerkat-frame=signed')).answer.body).not.toContain('mira');
});

describe('what this server has signed', () => {
  const origins = ['https://blog.example', 'https://shop.example'];
  const asks = (path: string, signed: 'optional' | 'required' = 'required') =>
    ask(path, ['https://other.example'], 'chat.example', {}, ['https://other.example'], signed);

  test('decides which pages may frame the room, and what they may do there', async () => {
    const plain = await configs.pathOf({ rooms: ['lobby'], origins, features: [] }, 60_000);
    const { answer, element, policy } = await asks(`${plain}&auth=token`);
    expect(policy.get('frame-ancestors')).toBe(origins.join(' '));
    expect(element).toBe('<chat-room room="lobby" auth="token">');
    expect(answer.body).not.toMatch(/data-(readers|token-origins)/);
    const features = ['messages', 'read-only', 'sign-in'] as const;
    const full = await asks(
      `${await configs.pathOf({ rooms: ['lobby'], origins, features }, 60_000)}&auth=token`,
    );
    expect(full.element).toBe('<chat-room room="lobby" readonly auth="token">');
    expect(full.answer.body).toContain(`data-readers="${origins.join(' ')}"`);
    expect(full.answer.body).toContain(`data-token-origins="${origins.join(' ')}"`);
  });

  test('cannot be edited, left out where it is required, used elsewhere, or kept for longer', async () => {
    const path = await configs.pathOf({ rooms: ['lobby'], origins, features: ['read-only'] }, 60_000);
    expect((await asks(`${path}&readonly=0`)).element).toBe('<chat-room room="lobby" readonly>');
    for (const edited of [
      '/embed/room/lobby',
      '/embed/room/lobby?config=',
      path.slice(0, -3),
      path.replace('lobby', 'garden'),
    ]) {
      const { answer, element, policy } = await asks(edited);
      expect([answer.statusCode, element]).toEqual([403, undefined]);
      expect(answer.body).toContain('<h1>This chat cannot be shown here</h1>');
      // Said to whoever frames it.
      expect(policy.has('frame-ancestors')).toBe(false);
    }
    clock.advance(60_000);
    const { answer } = await asks(`${path}&lang=de`);
    expect(answer.statusCode).toBe(410);
    expect(answer.body).toContain('<h1>Die Adresse dieses Chats ist abgelaufen</h1>');
  });

  test('where it is optional, one that is there counts all the same', async () => {
    expect((await asks('/embed/room/lobby', 'optional')).answer.statusCode).toBe(200);
    expect((await asks('/embed/room/lobby?config=a.b.c', 'optional')).answer.statusCode).toBe(403);
  });
});

test('the language of the address, else that of the reader, in what the page itself says', async () => {
  const headers = { 'accept-language': 'it, de-AT;q=0.8' };
  const german = await ask('/embed/room/lobby', [], 'chat.example', headers);
  expect(german.answer.body).toContain('<html lang="de-AT">');
  expect(german.answer.body).toContain('Der Chat konnte nicht geladen werden');
  expect(german.answer.headers.vary).toBe('accept-language');
  const arabic = await ask('/embed/room/page?lang=ar', [], 'chat.example', headers);
  expect(arabic.answer.body).toContain('<html lang="ar" dir="rtl">');
  expect(arabic.answer.body).toContain('<h1>هذا العنوان ليس غرفة</h1>');
  // The elements may be in a language that the server has no words in: these are told apart.
  const hebrew = await ask('/embed/room/lobby?lang=he');
  expect(hebrew.answer.body).toContain('<html lang="he" dir="rtl">');
  expect(hebrew.answer.body).toContain('<div class="reason late" role="alert" lang="en" dir="ltr">');
});

test.each([
  'theme=pink',
  'accent-dark=pink',
  'font=a%22%7D*%7Bcolor:red',
  'font=%3C/style%3E',
  'accent=red',
  'accent=%23e11d48%7D*%7Bcolor:red',
  'accent=%23e11d4',
  'lang=%22%3E%3Cscript%3E',
  'lang=en_GB',
  'readonly=0',
  'readonly=false',
  'nick=%20',
  `nick=${'n'.repeat(65)}`,
  'room=other&onload=alert(1)',
])('%s is as if it were not there', async (query) => {
  const { answer } = await ask(`/embed/room/lobby?${query}`);
  expect(answer.body).toBe((await ask('/embed/room/lobby')).answer.body);
});

test.each([
  ['/embed/room/a%26b%3C%22', 404],
  ['/embed/room/a%40b', 404],
  ['/embed/room/a%20b', 404],
  ['/embed/room/%3Cscript%3E', 404],
  ['/embed/room/a%2Fb', 404],
  ['/embed/room/page', 404],
  ['/embed/room/%ff', 400],
])('%s is no room', async (path, status) => {
  const { answer } = await ask(path);
  expect(answer.statusCode).toBe(status);
  expect(answer.body).not.toContain('<chat-room');
  expect(answer.body).not.toContain('<script');
});

test('names and nicks are escaped', async () => {
  const { answer, element } = await ask(
    '/embed/room/stra%C3%9Fe-%23%7E?nick=%22%3E%3Cimg%20src=x%20onerror=%27alert(1)%27%3E',
  );
  expect(element).toContain(
    'room="straße-#~" nick="&#34;&#62;&#60;img src=x onerror=&#39;alert(1)&#39;&#62;">',
  );
  expect(answer.body).not.toContain('<img');
});

describe('the policy', () => {
  test('lets in one style by its hash, our own script, and us', async () => {
    const { answer, policy } = await ask('/embed/room/lobby?accent=%23e11d48', [], '127.0.0.1:5280');
    const style = /<style>([\s\S]*?)<\/style>/.exec(answer.body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(Object.fromEntries(policy)).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': `'sha256-${hash}'`,
      'connect-src': "'self' ws://127.0.0.1:5280 wss://127.0.0.1:5280",
      'img-src': 'data: https:',
      'base-uri': "'none'",
      'form-action': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': 'lit-html',
    });
    expect(answer.body.match(/<style/g)).toHaveLength(1);
    // Nothing inline beside it.
    expect(answer.body).not.toMatch(/<script(?![^>]* src=)|\son\w+=|\sstyle=/);
  });

  test('any page may frame it, unless some are named; these alone hear what is said', async () => {
    const any = await ask('/embed/room/lobby');
    expect(any.policy.has('frame-ancestors')).toBe(false);
    expect(any.answer.body).not.toContain('data-readers');
    const some = await ask('/embed/room/lobby', ['https://a.example', 'https://b.example:8443']);
    expect(some.policy.get('frame-ancestors')).toBe('https://a.example https://b.example:8443');
    expect(some.answer.body).toContain('data-readers="https://a.example https://b.example:8443"');
  });

  test('holds nothing that a Host header brought', async () => {
    const { answer } = await ask('/embed/room/lobby', [], 'a; script-src *');
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-security-policy']).toBeUndefined();
  });
});

test('says in words what may be in the way, also where no script runs', async () => {
  const { answer } = await ask('/embed/room/lobby');
  expect(answer.body).toMatch(/<noscript>.*needs JavaScript.*allow-scripts.*<\/noscript>/);
  expect(answer.body).toMatch(/class="reason late".*could not be loaded.*chat\.example/);
});
