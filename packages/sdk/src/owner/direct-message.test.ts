import {
  type Element,
  el,
  encodeCarbon,
  encodeChatState,
  encodeDelay,
  encodeOriginId,
  encodeReceipt,
  encodeReceiptRequest,
  encodeStanzaId,
  messageEl,
  NS,
} from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { MAX_TEXT } from '../bounds.js';
import { readDirect } from './direct-message.js';
import { bare, full } from './testing/scripted-session.js';

const ANNA = bare('anna@example');
const BOB = full('bob@example/phone');
const body = (text: string) => el('body', NS.client, {}, text);
const copy = (direction: 'received' | 'sent', message: Element, from = ANNA) =>
  messageEl({ from, type: 'chat' }, encodeCarbon(direction, message));

test('a message says who, what, when and under which ids', () => {
  const message = messageEl(
    { from: BOB, to: ANNA, type: 'chat', id: 'stanza' },
    body('hi'),
    encodeOriginId('origin'),
    encodeStanzaId('archive', ANNA),
    encodeStanzaId('forged', bare('bob@example')),
    encodeReceiptRequest(),
    encodeDelay({ at: 5 }),
  );
  expect(readDirect(message, ANNA)).toEqual({
    peer: 'bob@example',
    own: false,
    from: BOB,
    text: 'hi',
    id: 'origin',
    lasting: true,
    archiveId: 'archive',
    at: 5,
    composing: undefined,
    receipt: undefined,
    wantsReceipt: true,
  });
});

test('a text has a bound', () => {
  const long = messageEl({ from: BOB }, body('x'.repeat(MAX_TEXT + 1)));
  expect(readDirect(long, ANNA)?.text).toHaveLength(MAX_TEXT);
});

test('programs say that somebody is writing, and that something arrived', () => {
  const of = (...content: Element[]) => readDirect(messageEl({ from: BOB, type: 'chat' }, ...content), ANNA);
  expect(of(encodeChatState('composing'))).toMatchObject({ composing: true, text: undefined });
  expect(of(encodeChatState('paused'))).toMatchObject({ composing: false });
  expect(of(encodeReceipt('k1'))).toMatchObject({ composing: undefined, receipt: 'k1' });
});

test('a copy is read as what it is a copy of, from our own account alone', () => {
  const sent = messageEl(
    { from: full('anna@example/desk'), to: bare('bob@example'), type: 'chat' },
    body('1'),
  );
  const got = messageEl({ from: BOB, to: full('anna@example/desk'), type: 'chat' }, body('2'));
  expect(readDirect(copy('sent', sent), ANNA)).toMatchObject({ peer: 'bob@example', own: true, text: '1' });
  expect(readDirect(copy('received', got), ANNA)).toMatchObject({
    peer: 'bob@example',
    own: false,
    text: '2',
  });
  expect(readDirect(copy('sent', sent, bare('bob@example')), ANNA)).toMatchObject({
    own: false,
    text: undefined,
  });
  expect(readDirect(copy('sent', got), ANNA)).toBeUndefined();
});

test.each([
  ['of a room', messageEl({ from: BOB, type: 'groupchat' }, body('x'))],
  ['a headline', messageEl({ from: BOB, type: 'headline' }, body('x'))],
  ['a private word in a room', messageEl({ from: BOB, type: 'chat' }, body('x'), el('x', NS.mucUser))],
  ['of nobody', messageEl({ type: 'chat' }, body('x'))],
])('a message %s is none', (_, message) => {
  expect(readDirect(message, ANNA)).toBeUndefined();
});
