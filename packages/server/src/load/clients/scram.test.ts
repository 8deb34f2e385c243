import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { SaltedPasswords, Scram } from './scram.js';

const env = { clock: new FakeClock(), random: new SeededRandom(1) };

/** The other side's salt and count are those of RFC 5802 section 5; the nonce is this client's own. */
function started(): { readonly scram: Scram; readonly nonce: string } {
  const scram = new Scram('user', 'pencil', env, new SaltedPasswords());
  return { scram, nonce: scram.initial.split('r=')[1] ?? '' };
}

test('the salted password is that of RFC 5802, and is derived once for all users', async () => {
  const salted = new SaltedPasswords();
  const first = salted.get('pencil', 'QSXCR+Q6sek8bf92', 4096);
  expect(salted.get('pencil', 'QSXCR+Q6sek8bf92', 4096)).toBe(first);
  expect((await first).toString('hex')).toBe('1d96ee3a529b5a5f9e47c01f229a2cb8a6e15f7d');
});

test('challenges with another nonce, or that cost too much, are refused', async () => {
  const { nonce, scram } = started();
  await expect(scram.answer('r=other,s=QSXCR+Q6sek8bf92,i=4096')).rejects.toThrow('malformed');
  await expect(scram.answer(`r=${nonce}x,s=QSXCR+Q6sek8bf92,i=100001`)).rejects.toThrow('too many');
  expect(await scram.answer(`r=${nonce}x,s=QSXCR+Q6sek8bf92,i=1000`)).toMatch(/^c=biws,r=.*x,p=/);
});

test('a server that does not know the password is found out', async () => {
  const { nonce, scram } = started();
  await scram.answer(`r=${nonce}x,s=QSXCR+Q6sek8bf92,i=1000`);
  expect(() => scram.verify('v=AAAA')).toThrow('did not prove');
});
