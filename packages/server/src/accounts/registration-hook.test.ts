import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import type { SiteFetch } from '../auth/site/site-inquiry.js';
import { silentLogger } from '../kernel/logger.js';
import { registrationHook } from './registration-hook.js';

const who = { name: 'romeo', address: '192.0.2.1' };
const answers =
  (text: string, status = 200): SiteFetch =>
  async () => ({ status, text: async () => text });

function hook(fetch: SiteFetch, clock = new FakeClock()) {
  const settings = { hook: 'https://shop.example/may', hookTimeout: 500 };
  return registrationHook({ clock, log: silentLogger, fetch, settings });
}

test('it is asked for name and address, and its yes is a yes', async () => {
  const asked: unknown[] = [];
  const ask = hook(async (url, { body, method, redirect }) => {
    asked.push([url, method, redirect, JSON.parse(body ?? '')]);
    return { status: 200, text: async () => '{"allow":true}' };
  });
  expect(await ask(who)).toBeUndefined();
  expect(asked).toEqual([['https://shop.example/may', 'POST', 'error', who]]);
});

test.each([
  ['a sentence', '{"allow":false,"message":"Buy something first."}', 'Buy something first.'],
  ['no sentence', '{"allow":false}', 'You may not have an account here.'],
  ['a long one', `{"allow":false,"message":"${'x'.repeat(999)}"}`, 'x'.repeat(300)],
])('its no is told with %s', async (_, text, sentence) => {
  expect(await hook(answers(text))(who)).toMatchObject({ condition: 'not-allowed', text: sentence });
});

test.each<[string, SiteFetch]>([
  ['another status', answers('{"allow":true}', 500)],
  ['what is no JSON', answers('yes')],
  ['something else', answers('{"allow":"true"}')],
  ['too much', answers(`{"allow":true,"x":"${'x'.repeat(4096)}"}`)],
  ['nothing at all', () => Promise.reject(new Error('refused'))],
])('%s is a no', async (_, fetch) => {
  expect(await hook(fetch)(who)).toMatchObject({ condition: 'resource-constraint', type: 'wait' });
});

test('no answer in time is a no', async () => {
  const clock = new FakeClock();
  const ask = hook(
    (_, { signal }) =>
      new Promise((_fulfil, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    clock,
  );
  const refused = ask(who);
  clock.advance(499);
  expect(clock.pending).toBe(1);
  clock.advance(1);
  expect(await refused).toMatchObject({ condition: 'resource-constraint' });
  expect(clock.pending).toBe(0);
});

test('no more than twenty are asked about at a time', async () => {
  const ask = hook(() => new Promise(() => {}));
  for (let n = 0; n < 20; n++) void ask(who);
  expect(await ask(who)).toMatchObject({ condition: 'resource-constraint' });
});
