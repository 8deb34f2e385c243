import {
  type Element,
  el,
  encodeDelay,
  encodeMucUser,
  messageEl,
  NS,
  presenceEl,
  serialize,
} from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import type { ChatEvents, DirectMessage } from '../chat.js';
import { Direct } from './direct.js';
import { bare, full } from './testing/scripted-session.js';

const BOB = full('bob@example/phone');
const body = (text: string) => el('body', NS.client, {}, text);

function setUp() {
  const sent: Element[] = [];
  const messages: DirectMessage[] = [];
  const presences: ChatEvents['presence'][] = [];
  const clock = new FakeClock();
  const direct = new Direct({
    env: { clock, random: new SeededRandom() },
    send: (stanza) => sent.push(stanza),
    onMessage: (message) => messages.push(message),
    onPresence: (presence) => presences.push(presence),
  });
  return { sent, messages, presences, clock, direct };
}

describe('direct messages', () => {
  test('are sent, and told to the page as its own', () => {
    const { direct, sent, messages, clock } = setUp();
    direct.send(bare('bob@example'), 'k1', 'hi');
    expect(sent.map((stanza) => serialize(stanza))).toEqual([
      '<message xmlns="jabber:client" to="bob@example" id="k1" type="chat"><body>hi</body>' +
        '<origin-id xmlns="urn:xmpp:sid:0" id="k1"/></message>',
    ]);
    expect(messages).toEqual([{ key: 'k1', peer: 'bob@example', own: true, at: clock.now(), text: 'hi' }]);
  });

  test('that come are told once, with the time when they were sent', () => {
    const { direct, messages } = setUp();
    const message = messageEl({ from: BOB, type: 'chat', id: '7' }, body('hi'), encodeDelay({ at: 5 }));
    direct.hear(message);
    direct.hear(message);
    expect(messages).toEqual([{ key: 'bob@example/7', peer: 'bob@example', own: false, at: 5, text: 'hi' }]);
  });

  test('of rooms, without text, or of other types are none', () => {
    const { direct, messages } = setUp();
    direct.hear(messageEl({ from: BOB, type: 'chat' }, encodeMucUser({ statuses: [] }), body('in a room')));
    direct.hear(messageEl({ from: BOB, type: 'chat' }));
    direct.hear(messageEl({ from: BOB, type: 'headline' }, body('news')));
    direct.hear(messageEl({ from: BOB, type: 'error' }, body('hi')));
    expect(messages).toEqual([]);
  });

  test('remember the last 1,000 ids', () => {
    const { direct, messages } = setUp();
    const say = (id: number) => direct.hear(messageEl({ from: BOB, type: 'chat', id: `${id}` }, body('x')));
    for (let id = 0; id < 1_000; id++) say(id);
    say(0);
    expect(messages).toHaveLength(1_000);
    say(1_000);
    say(0);
    expect(messages).toHaveLength(1_002);
  });
});

test('a new session is announced, and what was never confirmed is sent again as it was', () => {
  const { direct, sent } = setUp();
  const lost = messageEl({ to: bare('bob@example'), type: 'chat', id: 'k1' }, body('hi'));
  direct.fresh([lost, messageEl({ to: bare('r@rooms.example'), type: 'groupchat' }), presenceEl({})]);
  expect(sent.map(({ name }) => name)).toEqual(['presence', 'message']);
  expect(sent[1]).toBe(lost);
});

test('presences of people are told, those of rooms and subscriptions are not', () => {
  const { direct, presences } = setUp();
  direct.hear(
    presenceEl({ from: BOB }, el('show', NS.client, {}, 'away'), el('status', NS.client, {}, 'Tea')),
  );
  direct.hear(presenceEl({ from: BOB, type: 'unavailable' }));
  direct.hear(presenceEl({ from: BOB, type: 'subscribe' }));
  direct.hear(presenceEl({ from: full('r@rooms.example/bob') }, encodeMucUser({ statuses: [] })));
  expect(presences).toEqual([
    { from: BOB, available: true, show: 'away', status: 'Tea' },
    { from: BOB, available: false },
  ]);
});
