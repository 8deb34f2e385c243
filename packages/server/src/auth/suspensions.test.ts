import { parseBareJid } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { memoryStorage } from '../storage/memory.js';
import { Suspensions } from './suspensions.js';

const named = (name: string) => parseBareJid(`${name}@localhost`) ?? expect.unreachable();

test('those are known who were suspended before the start, however many, and what is told later', async () => {
  const { users } = memoryStorage();
  for (let n = 0; n < 1001; n++) {
    await users.add({ account: named(`u${n}`), createdAt: 0, ...(n === 7 ? {} : { suspendedAt: 1 }) });
  }
  const suspensions = new Suspensions();
  await suspensions.load(users);
  expect(['u0', 'u7', 'u999', 'u1000'].map((name) => suspensions.has(named(name)))).toEqual([
    true,
    false,
    true,
    true,
  ]);
  suspensions.set(named('u7'), true);
  suspensions.set(named('u0'), false);
  expect([suspensions.has(named('u7')), suspensions.has(named('u0'))]).toEqual([true, false]);
});
