import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { PAGE_WORDS } from '../page-words.js';
import { doctorRoutes } from './doctor-route.js';
import { DOCTOR_WORDS } from './language.js';
import { DOCTOR_CHECKS } from './words.js';

const apps: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

function server() {
  const app = fastify();
  apps.push(app);
  doctorRoutes(app, {
    ancestors: ['https://blog.example'],
    tokenOrigins: ['https://shop.example'],
    domain: 'chat.example',
  });
  return app;
}

const ask = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  server().inject({ url: path, headers: { host: 'chat.example', ...headers } });

test('the page has every check, the settings to compare with, and nothing inline but its style', async () => {
  const { body, headers, statusCode } = await ask('/embed/doctor');
  expect(statusCode).toBe(200);
  for (const check of DOCTOR_CHECKS) expect(body).toContain(`data-check="${check}"`);
  expect(body).toContain('data-ancestors="https://blog.example"');
  expect(body).toContain('data-token-origins="https://shop.example"');
  expect(body.match(/<script[^>]*>/g)).toEqual(['<script type="module" src="doctor.js">']);
  expect(body).not.toMatch(/ on\w+=|style="/);
  const policy = String(headers['content-security-policy']);
  expect(policy).toMatch(/style-src 'sha256-/);
  expect(policy).not.toContain('frame-ancestors');
});

test('in the language and the look that are asked for', async () => {
  const { body } = await ask('/embed/doctor?lang=ar&theme=dark');
  expect(body).toContain('<html lang="ar" dir="rtl">');
  expect(body).toContain('color-scheme:dark');
  const german = await ask('/embed/doctor', { 'accept-language': 'de' });
  expect(german.body).toContain('<h1>Einbettung prüfen</h1>');
});

test('cookies are set to be seen again, one of them for the page around alone', async () => {
  const app = server();
  const set = await app.inject({ method: 'POST', url: '/embed/doctor/cookies' });
  const cookies = [set.headers['set-cookie']].flat().map(String);
  expect(cookies.map((one) => / Partitioned/.test(one))).toEqual([false, true]);
  for (const one of cookies) expect(one).toMatch(/Max-Age=60; HttpOnly; Secure; SameSite=None/);
  const seen = async (cookie: string) =>
    (await app.inject({ url: '/embed/doctor/cookies', headers: { cookie } })).json();
  expect(await seen('meerkat-try=1; a=b')).toEqual({ cookies: true, partitioned: false });
  expect(await seen('meerkat-try-partitioned=1')).toEqual({ cookies: false, partitioned: true });
  expect(await seen('')).toEqual({ cookies: false, partitioned: false });
});

describe('its words', () => {
  test('are there in every language of the pages for frames', () => {
    expect([...DOCTOR_WORDS.keys()]).toEqual([...PAGE_WORDS.keys()]);
  });

  test.each([...DOCTOR_WORDS])('%s names the same settings and attributes as English', (_, { checks }) => {
    const english = DOCTOR_WORDS.get('en')?.checks ?? expect.unreachable();
    const literal =
      /allow-[\w-]+|embed\.\w+|meerkat embed|\/[\w-]+(?:\/[\w.-]+)?|data-meerkat|allow="[^"]+"|referrerpolicy="\w+"/g;
    for (const check of DOCTOR_CHECKS) {
      const [name, advice] = checks[check];
      expect(name.trim()).not.toBe('');
      expect([...(advice.match(literal) ?? [])].sort(), check).toEqual(
        [...(english[check][1].match(literal) ?? [])].sort(),
      );
      expect(advice).not.toContain('!');
    }
  });
});
