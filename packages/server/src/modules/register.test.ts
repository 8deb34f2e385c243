import {
  decodeStanzaError,
  type Element,
  el,
  encodeChangePassword,
  encodeRegister,
  NS,
  requestEl,
  stanzaError,
} from '@meerkat-chat/xmpp';
import { beforeEach, expect, test } from 'vitest';
import type { HookPayload, OwnAccountAnswer } from '../kernel/hooks.js';
import { createTestKernel, type FakeSession, type TestKernel } from '../testing/index.js';
import { register } from './register.js';

let kernel: TestKernel;
let romeo: FakeSession;
let asked: Omit<HookPayload<'account:password'>, 'session'>[];

beforeEach(async () => {
  kernel = await createTestKernel({ modules: [register] });
  romeo = kernel.bind('romeo@localhost/page');
  asked = [];
});

function answersWith(answer: OwnAccountAnswer): void {
  kernel.registry.hooks.on('test', 'account:password', ({ session: _, ...wish }) => {
    asked.push(wish);
    return answer;
  });
}

async function asks(session: FakeSession, query: Element, type: 'get' | 'set' = 'set'): Promise<string> {
  await session.sends(requestEl({ id: 'r', type }, query));
  const answer = await session.next();
  return answer.attrs.type === 'result' ? 'result' : decodeStanzaError(answer).condition;
}

test('another password is asked for of who keeps accounts, with what was given', async () => {
  answersWith({ done: true });
  expect(await asks(romeo, encodeRegister('romeo', 'new one'))).toBe('result');
  expect(await asks(romeo, encodeChangePassword('Romeo', 'old one', 'new one'))).toBe('result');
  expect(asked).toEqual([
    { present: undefined, password: 'new one' },
    { present: 'old one', password: 'new one' },
  ]);
});

test('what they say is what is answered', async () => {
  answersWith({ done: false, error: stanzaError('not-acceptable', 'Too short.') });
  expect(await asks(romeo, encodeRegister('romeo', 'x'))).toBe('not-acceptable');
});

test('nobody asks for somebody else, nor where no accounts are kept', async () => {
  expect(await asks(romeo, encodeRegister('juliet', 'new one'))).toBe('not-allowed');
  expect(await asks(romeo, encodeRegister('romeo', 'new one'))).toBe('service-unavailable');
  expect(await asks(romeo, el('query', NS.register, {}, el('remove', NS.register)))).toBe(
    'service-unavailable',
  );
  expect(asked).toEqual([]);
});

test('a user is told who they are, a guest that there is nothing', async () => {
  expect(await asks(romeo, el('query', NS.register), 'get')).toBe('result');
  const guest = kernel.bind('guest-1@localhost/page', 'guest');
  expect(await asks(guest, el('query', NS.register), 'get')).toBe('service-unavailable');
});
