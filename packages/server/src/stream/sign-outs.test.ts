import { createHmac } from 'node:crypto';
import {
  bareJid,
  decodeSaslFailure,
  decodeStreamError,
  encodeRequestToken,
  NS,
  parseBareJid,
  parseDomainJid,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { StreamWorld } from '../testing/stream-world.js';
import { SignOuts } from './sign-outs.js';

const domain = parseDomainJid('localhost') ?? expect.unreachable();
const romeo = bareJid('romeo', domain) ?? expect.unreachable();
const juliet = bareJid('juliet', domain) ?? expect.unreachable();

test('a stream that began before the account was signed out is too late, a later one is not', () => {
  const outs = new SignOuts(1000);
  outs.note(romeo, 500);
  expect(outs.since(500, romeo)).toBe(true);
  expect(outs.since(501, romeo)).toBe(false);
  expect(outs.since(0, juliet)).toBe(false);
});

test('it is forgotten when no stream can be that old any more', () => {
  const outs = new SignOuts(1000);
  outs.note(romeo, 0);
  outs.note(juliet, 10);
  outs.note(romeo, 20);
  outs.prune(1010);
  expect(outs.size).toBe(2);
  outs.prune(1011);
  expect(outs.size).toBe(1);
  expect(outs.since(5, romeo)).toBe(true);
  outs.prune(1021);
  expect(outs.size).toBe(0);
});

describe('who is signed out everywhere while signing in', () => {
  const capulet = parseBareJid('juliet@capulet.example') ?? expect.unreachable();

  /** A sign-in that asks for a token, and meets the end of the account's sessions at that question to the accounts. */
  async function meets(question: number) {
    const world = new StreamWorld();
    let asked = 0;
    world.auth.before = () => {
      if (++asked === question) world.streams.signOut(capulet);
    };
    const heard = await world
      .connect()
      .signIn({ clientId: 'page', inline: [encodeRequestToken('HT-SHA-256-NONE')] });
    return { heard, world };
  }

  test('is told to come again, when the password has just been judged', async () => {
    const { heard, world } = await meets(1);
    const failures = heard.map((element) => decodeSaslFailure(element, NS.sasl2)?.condition);
    expect(failures).toContain('temporary-auth-failure');
    expect(world.sessions.size).toBe(0);
  });

  test('is ended, and the token that was just made is good for nothing', async () => {
    const { heard, world } = await meets(2);
    expect(heard.map((element) => decodeStreamError(element)?.condition)).toContain('not-authorized');
    expect(world.sessions.size).toBe(0);
    world.auth.before = () => {};
    const proof = createHmac('sha256', 'token-1').update('Initiator').digest();
    const verdict = await world.auth.fast.verify({
      mechanism: 'HT-SHA-256-NONE',
      clientId: 'page',
      response: Buffer.concat([Buffer.from('juliet\0'), proof]),
      count: undefined,
    });
    expect(verdict.accepted).toBe(false);
  });

  test('and nobody else is', async () => {
    const world = new StreamWorld();
    const other = parseBareJid('romeo@capulet.example') ?? expect.unreachable();
    world.auth.before = () => world.streams.signOut(other);
    await world.connect().signIn();
    expect(world.sessions.size).toBe(1);
  });

  test('of the sessions that are there, one may stay', async () => {
    const world = new StreamWorld();
    await world.client();
    await world.client();
    const [kept] = [...world.sessions.keys()];
    world.streams.signOut(capulet, kept);
    expect([...world.sessions.keys()]).toEqual([kept]);
  });
});
