import { createHash } from 'node:crypto';
import {
  decodeCrowded,
  decodeProofWanted,
  decodeSaslFailure,
  type Element,
  encodeAuth,
  encodeAuthenticate,
  encodeBind2,
  encodeOpen,
  encodeProof,
  NS,
  serializeFrame,
} from '@meerkat-chat/xmpp';
import { linkPair } from '@meerkat-chat/xmpp/testing';
import { afterEach, expect, test } from 'vitest';
import { createTestServer, parseXml, type TestServer } from '../testing/index.js';

let server: TestServer;
afterEach(() => server.stop());

/** A guest that asks to be let in, in one flight, and what comes of it. */
async function guest(address: string, more: { readonly proof?: string; readonly classic?: boolean } = {}) {
  const [mine, theirs] = linkPair({ auto: true });
  const heard: Element[] = [];
  mine.onText((text) => heard.push(parseXml(text) ?? expect.unreachable()));
  server.accept(theirs, { address });
  mine.send(serializeFrame(encodeOpen({ to: server.domain, version: '1.0' })));
  const inline = [
    encodeBind2({ tag: undefined, inline: [] }),
    ...(more.proof ? [encodeProof(more.proof)] : []),
  ];
  const initial = new Uint8Array();
  const request = more.classic
    ? encodeAuth({ mechanism: 'ANONYMOUS', initial })
    : encodeAuthenticate({ mechanism: 'ANONYMOUS', initial, userAgent: undefined, inline });
  mine.send(serializeFrame(request));
  for (let turn = 0; turn < 20; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
  const profile = more.classic ? NS.sasl : NS.sasl2;
  const answer = heard.find(({ name, ns }) => ns === profile && (name === 'success' || name === 'failure'));
  const failure = answer && decodeSaslFailure(answer, profile);
  return { mine, in: answer?.name === 'success', failure };
}

test('a guest beyond the bound is told why, in either profile, and may try again on the same stream', async () => {
  server = await createTestServer({ door: { perAddress: 2 } });
  const [first] = [await guest('203.0.113.7'), await guest('203.0.113.7')];
  expect(first.in).toBe(true);
  for (const classic of [false, true]) {
    const { failure } = await guest('203.0.113.7', { classic });
    expect(failure).toMatchObject({ condition: 'temporary-auth-failure' });
    expect(failure?.text).toContain('your network');
    expect(decodeCrowded(failure?.application)).toEqual({ by: 'network', retryAfter: 60_000 });
  }
  expect((await guest('203.0.113.8')).in).toBe(true);
  first.mine.close();
  for (let turn = 0; turn < 5; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
  expect((await guest('203.0.113.7')).in).toBe(true);
});

test('work that was asked for lets in', async () => {
  server = await createTestServer({ door: { proof: { kind: 'work', freePerAddress: 1, bits: 4 } } });
  expect((await guest('203.0.113.7')).in).toBe(true);
  const { failure } = await guest('203.0.113.7');
  const wanted = decodeProofWanted(failure?.application);
  if (wanted?.kind !== 'work') expect.unreachable();
  let proof = '';
  for (let number = 0; ; number++) {
    proof = `${wanted.challenge}.${number}`;
    if ((createHash('sha256').update(proof).digest()[0] ?? 255) < 16) break;
  }
  expect((await guest('203.0.113.7', { proof })).in).toBe(true);
  expect(decodeProofWanted((await guest('203.0.113.7', { proof })).failure?.application)).toBeDefined();
});
