import { expect, test } from 'vitest';
import { parseClaim, parseHello, parseMessage, parseVerdict, proofOf, sameProof } from './handshake.js';

const HELLO = { nonce: 'n1' };
const CLAIM = { nonce: 'n2', run: 'r' };

test('a proof is of the token, the role, both nonces and the run', () => {
  const proof = proofOf('secret', 'worker', HELLO, CLAIM);
  const others = [
    proofOf('other', 'worker', HELLO, CLAIM),
    proofOf('secret', 'coordinator', HELLO, CLAIM),
    proofOf('secret', 'worker', { nonce: 'n3' }, CLAIM),
    proofOf('secret', 'worker', HELLO, { ...CLAIM, nonce: 'n3' }),
    proofOf('secret', 'worker', HELLO, { ...CLAIM, run: 's' }),
  ];
  expect(sameProof(proof, proofOf('secret', 'worker', HELLO, CLAIM))).toBe(true);
  for (const other of [...others, '', proof.slice(1), `${proof}0`])
    expect(sameProof(proof, other)).toBe(false);
  expect(proof).not.toContain('secret');
});

test('what is no message of this kind is none', () => {
  for (const text of ['', 'null', '3', '[]', '{', '{"kind":3}', '"kind"']) {
    expect([parseMessage(text), parseHello(text), parseClaim(text), parseVerdict(text)]).toEqual(
      Array(4).fill(undefined),
    );
  }
  expect(parseHello('{"kind":"hello","version":"1","nonce":3}')).toBeUndefined();
  expect(parseClaim('{"kind":"claim","version":"1","nonce":"a","run":"r"}')).toBeUndefined();
});

test('words are bounded, at the bound and one past it', () => {
  const hello = (length: number) =>
    JSON.stringify({ kind: 'hello', version: '1', nonce: 'x'.repeat(length) });
  expect(parseHello(hello(200))).toMatchObject({ version: '1' });
  expect(parseHello(hello(201))).toBeUndefined();
});
