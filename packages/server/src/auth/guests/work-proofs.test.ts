import { createHash } from 'node:crypto';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import { WorkProofs } from './work-proofs.js';

const HERE = '203.0.113.7';

function world(bits = 8) {
  const clock = new FakeClock();
  const env = { clock, random: new SeededRandom() };
  return { clock, proofs: new WorkProofs({ env, secret: Buffer.alloc(32, 7), bits, time: 120_000 }) };
}

/** Reckons as a client does. */
function solve(challenge: string, bits: number): string {
  for (let number = 0; ; number++) {
    const answer = `${challenge}.${number}`;
    const head = createHash('sha256').update(answer).digest().readUInt32BE(0);
    if (Math.clz32(head) >= bits) return answer;
  }
}

/** An answer that is one bit short. */
function almost(challenge: string, bits: number): string {
  for (let number = 0; ; number++) {
    const answer = `${challenge}.${number}`;
    const head = createHash('sha256').update(answer).digest().readUInt32BE(0);
    if (Math.clz32(head) === bits - 1) return answer;
  }
}

test('work that was done is accepted, once', () => {
  const { proofs } = world();
  const answer = solve(proofs.challenge(HERE), 8);
  expect(proofs.accept(answer, HERE)).toBe(true);
  expect(proofs.accept(answer, HERE)).toBe(false);
  expect(proofs.accept(solve(proofs.challenge(HERE), 8), HERE)).toBe(true);
});

test('one challenge is good once, whatever other number there is for it', () => {
  const { proofs } = world(1);
  const challenge = proofs.challenge(HERE);
  const answers = Array.from({ length: 40 }, (_, number) => `${challenge}.${number}`);
  expect(answers.filter((answer) => proofs.accept(answer, HERE))).toHaveLength(1);
});

test('from another address of the same network, and to the last moment', () => {
  const { clock, proofs } = world();
  const answer = solve(proofs.challenge('2001:db8::1'), 8);
  clock.advance(119_999);
  expect(proofs.accept(answer, '2001:db8::ffff')).toBe(true);
});

describe('refused is', () => {
  test('an answer that comes too late', () => {
    const { clock, proofs } = world();
    const answer = solve(proofs.challenge(HERE), 8);
    clock.advance(120_000);
    expect(proofs.accept(answer, HERE)).toBe(false);
  });

  test('one from another network', () => {
    const { proofs } = world();
    expect(proofs.accept(solve(proofs.challenge(HERE), 8), '203.0.113.8')).toBe(false);
  });

  test('one that is a bit short', () => {
    const { proofs } = world();
    expect(proofs.accept(almost(proofs.challenge(HERE), 8), HERE)).toBe(false);
  });

  test('a challenge that somebody has made easier, or made', () => {
    const { proofs } = world(20);
    const bytes = Buffer.from(proofs.challenge(HERE), 'base64url');
    bytes.writeUInt8(1, 6);
    expect(proofs.accept(solve(bytes.toString('base64url'), 1), HERE)).toBe(false);
    expect(proofs.accept(solve(Buffer.alloc(32, 255).toString('base64url'), 1), HERE)).toBe(false);
  });

  test.each([
    '',
    '.',
    'x.1',
    `${'A'.repeat(43)}.`,
    `${'A'.repeat(43)}.-1`,
    `${'A'.repeat(43)}.1e3`,
    'A'.repeat(9000),
  ])('nonsense: %j', (answer) => expect(world().proofs.accept(answer, HERE)).toBe(false));
});

test('what has ended is forgotten', () => {
  const { clock, proofs } = world(1);
  for (let at = 0; at < 20; at++) proofs.accept(solve(proofs.challenge(HERE), 1), HERE);
  expect(proofs.size).toBe(20);
  clock.advance(120_000);
  proofs.accept(solve(proofs.challenge(HERE), 1), HERE);
  expect(proofs.size).toBe(1);
});
