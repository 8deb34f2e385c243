import { parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { EmbedConfigs } from './embed-config.js';

const domain = parseDomainJid('chat.example') ?? expect.unreachable();
const secret = Buffer.from('a key of thirty-two bytes, or so.');
const config = {
  rooms: ['Hall', 'garden'],
  origins: ['https://blog.example'],
  features: ['read-only'],
} as const;

function scene() {
  const clock = new FakeClock();
  const configs = new EmbedConfigs(secret, domain, clock);
  const signed = async (life = 60_000) =>
    (await configs.pathOf(config, life)).replace('/embed/room/hall?config=', '');
  return { clock, configs, signed };
}

test('what was signed is read, for the rooms that it names', async () => {
  const { configs, signed } = scene();
  const one = await signed();
  expect(await configs.read(one, 'hall')).toMatchObject({ ...config, rooms: ['hall', 'garden'] });
  expect(await configs.read(one, 'Garden')).toMatchObject(config.features ? { features: ['read-only'] } : {});
  expect(await configs.read(one, 'kitchen')).toBe('forged');
  const all = (await configs.pathOf({ ...config, rooms: ['*'] }, 60_000)).split('config=')[1] ?? '';
  expect(await configs.read(all, 'kitchen')).toMatchObject({ rooms: ['*'] });
});

test('it is good as long as it says', async () => {
  const { clock, configs, signed } = scene();
  const one = await signed();
  clock.advance(59_000);
  expect(await configs.read(one, 'hall')).toMatchObject({ origins: config.origins });
  clock.advance(1000);
  expect(await configs.read(one, 'hall')).toBe('expired');
});

test('what was changed, or signed by or for somebody else, counts for nothing', async () => {
  const { clock, configs, signed } = scene();
  const one = await signed();
  const [head = '', body = '', signature = ''] = one.split('.');
  const more = Buffer.from(JSON.stringify({ ...JSON.parse(atob(body)), features: [] })).toString('base64url');
  const others = new EmbedConfigs(Buffer.from('another key, of another server...'), domain, clock);
  const elsewhere = new EmbedConfigs(secret, parseDomainJid('other.example') ?? domain, clock);
  const token = await new SignJWT({ ...config, sub: 'mira', aud: domain, exp: clock.now() / 1000 + 60 })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(secret);
  for (const forged of [
    `${head}.${more}.${signature}`,
    one.slice(0, -2),
    '',
    'a.b.c',
    'x'.repeat(8193),
    token,
    (await others.pathOf(config, 60_000)).split('config=')[1] ?? '',
    (await elsewhere.pathOf(config, 60_000)).split('config=')[1] ?? '',
  ]) {
    expect(await configs.read(forged, 'hall')).toBe('forged');
  }
});

test('a name that no room can have is not signed', async () => {
  const { configs } = scene();
  await expect(configs.pathOf({ ...config, rooms: ['a b'] }, 1000)).rejects.toThrow('"a b" cannot be');
});
