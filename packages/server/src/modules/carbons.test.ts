import {
  childText,
  decodeCarbon,
  el,
  encodeCarbonsWish,
  type MessageType,
  messageEl,
  NS,
  parseJid,
  presenceEl,
  requestEl,
} from '@meerkat-chat/xmpp';
import { beforeEach, expect, test } from 'vitest';
import { createTestKernel, type FakeSession, type TestKernel } from '../testing/index.js';
import { carbons } from './carbons.js';

let kernel: TestKernel;
let desk: FakeSession;
let phone: FakeSession;
let juliet: FakeSession;

async function bind(address: string, copies: boolean): Promise<FakeSession> {
  const session = kernel.bind(address);
  await session.sends(presenceEl({}));
  if (copies) await wish(session, true);
  return session;
}

async function wish(session: FakeSession, on: boolean): Promise<void> {
  await session.sends(requestEl({ id: 'c', type: 'set' }, encodeCarbonsWish(on)));
  expect(session.takes().at(-1)?.attrs.type).toBe('result');
}

const said = (to: string, type: MessageType = 'chat', ...more: Parameters<typeof messageEl>[1][]) =>
  messageEl({ to: parseJid(to) as never, type }, el('body', NS.client, {}, 'Hark'), ...more);

/** What came: the message itself, or which kind of copy. */
const heard = (session: FakeSession) =>
  session
    .takes()
    .map(
      (stanza) =>
        decodeCarbon(stanza, session.account)?.direction ?? childText(stanza, 'body') ?? stanza.attrs.type,
    );

beforeEach(async () => {
  kernel = await createTestKernel({ modules: [carbons] });
  desk = await bind('romeo@localhost/desk', true);
  phone = await bind('romeo@localhost/phone', true);
  juliet = await bind('juliet@localhost/a', true);
});

test('what one session sends, the others get a copy of, whole', async () => {
  await desk.sends(said('juliet@localhost'));
  expect([heard(desk), heard(juliet)]).toEqual([[], ['Hark']]);
  const copy = phone.receives();
  expect(copy.attrs).toMatchObject({ from: 'romeo@localhost', to: 'romeo@localhost/phone', type: 'chat' });
  const { message } = decodeCarbon(copy, phone.account) ?? {};
  expect(message?.attrs).toMatchObject({ from: 'romeo@localhost/desk', to: 'juliet@localhost' });
  expect(message && childText(message, 'body')).toBe('Hark');
});

test('what is for one session alone, the others get a copy of; what all get is not copied', async () => {
  await juliet.sends(said('romeo@localhost/desk'));
  expect([heard(desk), heard(phone)]).toEqual([['Hark'], ['received']]);
  await juliet.sends(said('romeo@localhost'));
  expect([heard(desk), heard(phone)]).toEqual([['Hark'], ['Hark']]);
});

test('who does not take messages may still want copies', async () => {
  await phone.sends(presenceEl({}, el('priority', NS.client, {}, '-1')));
  await juliet.sends(said('romeo@localhost'));
  expect([heard(desk), heard(phone)]).toEqual([['Hark'], ['received']]);
});

test('a word to oneself is not doubled', async () => {
  await desk.sends(said('romeo@localhost'));
  expect([heard(desk), heard(phone)]).toEqual([['Hark'], ['Hark']]);
});

test.each<[string, MessageType, string[]]>([
  ['chat', 'chat', ['sent']],
  ['normal with a body', 'normal', ['sent']],
  ['headline', 'headline', []],
])('of type %s', async (_name, type, copies) => {
  await desk.sends(said('juliet@localhost', type));
  expect(heard(phone)).toEqual(copies);
});

test('what its sender wants private is not copied, nor is what came to nothing', async () => {
  await desk.sends(said('juliet@localhost', 'chat', el('private', NS.carbons)));
  await desk.sends(said('nobody@localhost'));
  expect(heard(phone)).toEqual([]);
});

test('a private word from a room is not copied: it was for the session that is there', () => {
  kernel.router.send(
    messageEl(
      { from: parseJid('r@rooms.localhost/x') as never, to: desk.jid, type: 'chat' },
      el('body', NS.client, {}, 'psst'),
    ),
  );
  expect([heard(desk), heard(phone)]).toEqual([['psst'], []]);
});

test('only who asked gets copies, and until they want no more', async () => {
  const silent = await bind('romeo@localhost/silent', false);
  await desk.sends(said('juliet@localhost'));
  expect([heard(silent), heard(phone)]).toEqual([[], ['sent']]);
  await wish(phone, false);
  await desk.sends(said('juliet@localhost'));
  expect(heard(phone)).toEqual([]);
});

test('nothing is held of who has left', async () => {
  expect(kernel.stats()['carbons.enabled']).toBe(3);
  for (const session of [desk, phone, juliet]) session.end('closed');
  expect(kernel.stats()['carbons.enabled']).toBe(0);
});
