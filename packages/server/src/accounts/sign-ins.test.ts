import { bareJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { beforeEach, expect, test } from 'vitest';
import { formatGrant } from '../kernel/grant.js';
import { memoryStorage } from '../storage/memory.js';
import { forgetSignIns } from './sign-ins.js';

const domain = parseDomainJid('localhost') ?? expect.unreachable();
const mira = bareJid('mira', domain) ?? expect.unreachable();
const joe = bareJid('joe', domain) ?? expect.unreachable();
let { tokens } = memoryStorage();

beforeEach(async () => {
  ({ tokens } = memoryStorage());
  const common = { guest: false, mechanism: 'HT-SHA-256-NONE', issuedAt: 0, expiresAt: 9, count: 0 } as const;
  const add = (account: typeof mira, clientId: string, signIn?: string) =>
    tokens.add({
      ...common,
      account,
      clientId,
      serial: `${account} ${clientId}`,
      ...(signIn === undefined ? {} : { grant: formatGrant({ signIn }) }),
    });
  await add(mira, 'desk', 'a');
  await add(mira, 'tab', 'a');
  await add(mira, 'phone', 'b');
  await add(mira, 'password');
  await add(joe, 'desk', 'a');
});

const left = async (account: typeof mira) =>
  (await tokens.of(account, 9)).map(({ clientId }) => clientId).sort();

test('of one sign-in to the site: what came of it, and nothing else', async () => {
  await forgetSignIns(tokens, mira, 'a');
  expect(await left(mira)).toEqual(['password', 'phone']);
  expect(await left(joe)).toEqual(['desk']);
  await forgetSignIns(tokens, mira, 'c');
  expect(await left(mira)).toEqual(['password', 'phone']);
});

test('all of an account', async () => {
  await forgetSignIns(tokens, mira);
  expect(await left(mira)).toEqual([]);
  expect(await left(joe)).toEqual(['desk']);
});
