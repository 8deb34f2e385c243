import { bareJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
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
