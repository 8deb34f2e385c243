import { parseDomainJid } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { readClaims, readSiteUser } from './claims.js';

const domain = parseDomainJid('chat.example') ?? expect.unreachable();

test('what a site says of a user is understood', () => {
  const said = {
    sub: 'Mira',
    name: 'Mira Kim',
    picture: 'https://shop.example/mira.png',
    rooms: ['Hall', '*'],
    until: 100,
    sid: 'a1',
    email: 'mira@shop.example',
  };
  expect(readSiteUser(said, domain)).toEqual({
    account: 'mira@chat.example',
    grant: {
      name: 'Mira Kim',
      avatar: 'https://shop.example/mira.png',
      rooms: { hall: 'write', '*': 'write' },
      until: 100_000,
      signIn: 'a1',
    },
  });
  expect(readSiteUser({ sub: 'mira' }, domain)).toEqual({ account: 'mira@chat.example', grant: {} });
  const rooms = { hall: 'moderate', '*': 'default' };
  expect(readSiteUser({ sub: 'mira', rooms }, domain)).toMatchObject({ grant: { rooms } });
});

test('a token ends its sessions when it expires, or when it says so', () => {
  expect(readClaims({ sub: 'mira', exp: 60 }, domain)).toEqual({
    account: 'mira@chat.example',
    grant: { until: 60_000 },
    id: undefined,
    expiresAt: 60_000,
    origins: undefined,
  });
  expect(
    readClaims({ sub: 'mira', exp: 60, until: 600, jti: 'x', origin: 'https://a.example' }, domain),
  ).toEqual({
    account: 'mira@chat.example',
    grant: { until: 600_000 },
    id: 'x',
    expiresAt: 60_000,
    origins: ['https://a.example'],
  });
});

test.each([
  [undefined, /^claim/],
  [{}, /^claim sub/],
  [{ sub: 7 }, /^claim sub/],
  [{ sub: '' }, /^claim sub/],
  [{ sub: 'a ' }, /^claim sub: cannot be an address/],
  [{ sub: 'x'.repeat(1100) }, /^claim sub: cannot be an address/],
  [{ sub: 'Guest-1' }, /belongs to guests/],
  [{ sub: 'mira', name: '' }, /^claim name/],
  [{ sub: 'mira', name: 'x'.repeat(101) }, /^claim name/],
  [{ sub: 'mira', picture: 'data:image/png,x' }, /^claim picture/],
  [{ sub: 'mira', rooms: 'hall' }, /^claim rooms/],
  [{ sub: 'mira', rooms: [''] }, /^claim rooms: "" cannot be a room/],
  [{ sub: 'mira', rooms: { hall: 'own' } }, /^claim rooms/],
  [{ sub: 'mira', sid: 'x'.repeat(201) }, /^claim sid/],
  [{ sub: 'mira', until: 8.64e12 + 1 }, /^claim until/],
])('%j says nothing to us', (said, problem) => {
  expect(readSiteUser(said, domain)).toEqual({ problem: expect.stringMatching(problem) });
});

test('a name of a hundred letters is taken', () => {
  const name = 'x'.repeat(100);
  expect(readSiteUser({ sub: 'mira', name }, domain)).toMatchObject({ grant: { name } });
});

test.each([
  [{ sub: 'mira' }],
  [{ sub: 'mira', exp: '60' }],
  [{ sub: 'mira', exp: 60, jti: '' }],
  [{ exp: 60 }],
])('%j is no token', (said) => {
  expect(readClaims(said, domain)).toHaveProperty('problem');
});
