import {
  child,
  childText,
  type Element,
  el,
  encodeChatState,
  encodeContact,
  encodeMamFin,
  encodeMamResult,
  encodeOriginId,
  encodeReceipt,
  encodeReceiptRequest,
  encodeStanzaError,
  messageEl,
  NS,
  receiptOf,
  type StanzaErrorCondition,
  stanzaError,
} from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test, vi } from 'vitest';
import { MAX_ROOMS } from '../bounds.js';
import type { ChatEvents, DirectMessage } from '../chat.js';
import { directMessage } from './conversation-lines.js';
import { Conversations } from './conversations.js';
import { HeldTalk } from './held-talk.js';
import { bare, full, ScriptedSession } from './testing/scripted-session.js';

const BOB = bare('bob@example');
const body = (text: string) => el('body', NS.client, {}, text);
const tick = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

/** One page: a session, and a store that shows the conversation with Bob. */
function page({
  kept,
  guest = true,
  account = 'anna',
}: {
  kept?: unknown;
  guest?: boolean;
  account?: string;
} = {}) {
  const session = new ScriptedSession();
  const clock = new FakeClock();
  const messages: DirectMessage[] = [];
  const me = { jid: full(`${account}@example/page`), account: bare(`${account}@example`), guest };
  const all = new Conversations({
    env: { clock, random: new SeededRandom() },
    limit: 500,
    nick: () => 'Anna',
    online: () => session.status.value.state === 'online',
    send: (stanza) => session.send(stanza),
    request: (iq) => session.request(iq),
    typingOccupants: 30,
    holds: (id) => session.holds(id),
    tell: (_, event) => messages.push((event as ChatEvents['direct-message']).message),
    kept,
  });
  const open = (ref = 'bob') => {
    const store = new HeldTalk({ random: new SeededRandom(7), emit: () => {}, ask: (run) => run() }, BOB);
    all.open(ref, store);
    store.join();
    return { store };
  };
  const online = (how: 'fresh' | 'resumed' = 'fresh', unacknowledged: readonly Element[] = []) => {
    all.located(me);
    session.online(how === 'fresh' ? { kind: 'fresh', unacknowledged } : { kind: 'resumed' });
    if (how === 'fresh') all.fresh(unacknowledged);
    else all.resumed();
  };
  /** Answers the oldest question of a kind. */
  const asked = (ns: string, name: string) => {
    const index = session.requests.findIndex(({ iq }) => child(iq, name, ns));
    return session.requests.splice(index, 1)[0] ?? expect.fail(`nobody asks for ${name}`);
  };
  const admit = async (here?: boolean) => {
    asked(NS.contact, 'contact').answer(el('iq', NS.client, {}, encodeContact({ here })));
    await tick();
  };
  /** What was sent and says something. */
  const said = () => session.takeSent().flatMap((stanza) => childText(stanza, 'body') ?? []);
  const hear = (...content: Element[]) =>
    all.hear(messageEl({ from: full('bob@example/phone'), type: 'chat' }, ...content));
  return { session, clock, messages, all, open, online, asked, admit, said, hear, me };
}

const rows = (store: HeldTalk) =>
  store.messages.value.map(({ own, text, delivery }) => `${own ? '>' : '<'} ${text} ${delivery.state}`);

describe('a conversation', () => {
  test('is joined when one may write, and not before it is known', async () => {
    const { open, online, admit, said } = page();
    const { store } = open();
    online();
    await tick();
    store.send('hi');
    await tick();
    expect([store.status.value.state, rows(store), said()]).toEqual(['joining', ['> hi pending'], []]);
    await admit(true);
    expect(store.status.value).toEqual({ state: 'joined', nick: 'Anna', here: true });
    expect(said()).toEqual(['hi']);
  });

  test.each<[StanzaErrorCondition, object]>([
    ['forbidden', { state: 'refused', reason: 'not-allowed' }],
    ['item-not-found', { state: 'refused', reason: 'not-found' }],
    ['service-unavailable', { state: 'joined', nick: 'Anna' }],
    ['feature-not-implemented', { state: 'joined', nick: 'Anna' }],
    ['remote-server-timeout', { state: 'joined', nick: 'Anna' }],
  ])('after %s', async (condition, status) => {
    const { open, online, asked } = page();
    const { store } = open();
    online();
    asked(NS.contact, 'contact').refuse(stanzaError(condition));
    await tick();
    expect(store.status.value).toEqual(status);
  });

  test('has a message delivered when the server has it, and received when their program says so', async () => {
    const { session, all, open, online, admit, hear } = page();
    const { store } = open();
    online();
    await admit();
    const key = store.send('hi');
    await tick();
    expect(rows(store)).toEqual(['> hi pending']);
    session.unconfirmed.clear();
    all.acknowledged();
    await tick();
    expect(store.messages.value[0]).toMatchObject({ key, delivery: { state: 'delivered' } });
    hear(encodeReceipt(key));
    await tick();
    expect(store.messages.value[0]).toMatchObject({ key, delivery: { state: 'delivered', received: true } });
  });

  test('shows what came back as failed, also after the server had it, and sends it again', async () => {
    const { session, all, open, online, admit, said } = page();
    const { store } = open();
    online();
    await admit();
    const key = store.send('hi');
    session.unconfirmed.clear();
    all.acknowledged();
    await tick();
    const error = encodeStanzaError(stanzaError('recipient-unavailable', 'Gone.'));
    all.hear(messageEl({ from: BOB, type: 'error', id: key }, error));
    await tick();
    expect(store.messages.value[0]).toMatchObject({ key, delivery: { state: 'failed', reason: 'Gone.' } });
    said();
    store.retry(key);
    await tick();
    expect([rows(store), said()]).toEqual([['> hi pending'], ['hi']]);
  });

  test('tells that a message arrived, once it was asked to and not of old ones', async () => {
    const { clock, session, open, online, admit, hear } = page();
    open();
    online();
    await admit();
    hear(body('1'), encodeOriginId('o1'), encodeReceiptRequest());
    hear(body('2'), encodeOriginId('o2'));
    const told = () => session.takeSent().flatMap((stanza) => receiptOf(stanza) ?? []);
    expect(told()).toEqual(['o1']);
    clock.advance(1_000);
    expect(told()).toEqual([]);
  });

  test('tells of many messages only that the last arrived, once a second', async () => {
    const { clock, session, open, online, admit, hear } = page();
    open();
    online();
    await admit();
    for (let count = 0; count < 9; count++)
      hear(body('x'), encodeOriginId(`o${count}`), encodeReceiptRequest());
    const told = () => session.takeSent().flatMap((stanza) => receiptOf(stanza) ?? []);
    expect(told()).toEqual(['o0']);
    clock.advance(999);
    expect(told()).toEqual([]);
    clock.advance(1);
    expect(told()).toEqual(['o8']);
  });

  test('shows a message once that its sender sends again, and who is writing until it came', async () => {
    const { open, online, admit, hear, messages } = page();
    const { store } = open();
    online();
    await admit(false);
    hear(encodeChatState('composing'));
    await tick();
    expect([store.typing.value, store.status.value]).toMatchObject([['bob'], { here: true }]);
    for (let time = 0; time < 2; time++) hear(body('1'), encodeOriginId('o1'));
    await tick();
    expect([rows(store), store.typing.value]).toEqual([['< 1 delivered'], []]);
    expect(messages).toMatchObject([{ peer: BOB, text: '1', own: false }]);
  });

  test('asks again after a minute whether they are there, as long as it is open', async () => {
    const { clock, open, online, admit, session } = page();
    const { store } = open();
    online();
    await admit(true);
    clock.advance(60_000);
    await admit(false);
    expect(store.status.value).toMatchObject({ here: false });
    store.leave();
    clock.advance(60_000);
    expect(session.requests.filter(({ iq }) => child(iq, 'contact', NS.contact))).toEqual([]);
  });
});

describe('an account', () => {
  test('finds in its archive what was said, and looks there before it sends again what was in doubt', async () => {
    const { all, open, online, admit, asked, said } = page({ guest: false });
    const { store } = open();
    online();
    const mam = asked(NS.mam, 'query');
    await admit();
    const [lost, arrived] = ['1', '2'].map((text) => store.send(text));
    await tick();
    const queryId = child(mam.iq, 'query', NS.mam)?.attrs.queryid;
    mam.answer(el('iq', NS.client, {}, encodeMamFin({ complete: true, stable: true, page: {} })));
    await tick();
    expect([said(), queryId]).toEqual([['1', '2'], expect.any(String)]);
    online('fresh', [directMessage(BOB, lost ?? '', '1'), directMessage(BOB, arrived ?? '', '2')]);
    await tick();
    const again = asked(NS.mam, 'query');
    const entry = messageEl(
      { from: full('anna@example/before'), to: BOB, type: 'chat', id: arrived ?? '' },
      body('2'),
      encodeOriginId(arrived ?? ''),
    );
    const found = { queryId: child(again.iq, 'query', NS.mam)?.attrs.queryid, id: 'a2', at: 5 };
    all.hear(messageEl({ from: bare('anna@example') }, encodeMamResult(found, entry)));
    expect(said()).toEqual([]);
    again.answer(
      el('iq', NS.client, {}, encodeMamFin({ complete: true, stable: true, page: { last: 'a2' } })),
    );
    await tick();
    expect([said(), rows(store)]).toEqual([['1'], ['> 2 delivered', '> 1 pending']]);
    expect(store.messages.value[1]?.key).toBe(lost);
  });
});

describe('the next page', () => {
  const leave = async (received: boolean) => {
    const { session, all, open, online, admit, hear } = page();
    const { store } = open();
    online();
    await admit();
    const first = store.send('1');
    await tick();
    session.unconfirmed.clear();
    all.acknowledged();
    if (received) hear(encodeReceipt(first));
    store.send('2');
    await tick();
    return JSON.parse(JSON.stringify(all.keep())) as unknown;
  };

  test('shows what was there, with the last receipt, and what the server has meanwhile is delivered', async () => {
    const { open, online } = page({ kept: await leave(true) });
    online('resumed');
    const { store } = open();
    await tick();
    expect(store.status.value.state).toBe('joined');
    expect(store.messages.value.map(({ delivery }) => delivery)).toEqual([
      { state: 'delivered', received: true },
      { state: 'delivered' },
    ]);
  });

  test('of somebody else shows nothing of it', async () => {
    const { open, online } = page({ kept: await leave(false), account: 'eve' });
    online();
    const { store } = open();
    await tick();
    expect(rows(store)).toEqual([]);
  });

  test('sends what was left, though it shows no conversation, and then lets go', async () => {
    const { all, clock, online, said, session, admit } = page({ kept: await leave(false) });
    online('fresh', [messageEl({ to: BOB, type: 'chat', id: 'k2' }, body('2'), encodeOriginId('k2'))]);
    await admit();
    expect(said()).toEqual(['2']);
    clock.advance(30_000);
    expect(all.size).toBe(1);
    session.unconfirmed.clear();
    all.acknowledged();
    clock.advance(30_000);
    expect([all.size, all.keep()]).toEqual([0, undefined]);
  });

  test('has nothing to begin with where nothing was open', () => {
    const { all, online } = page();
    online();
    expect(all.keep()).toBeUndefined();
  });
});

describe('conversations', () => {
  test('are at most so many', async () => {
    const { all, online } = page();
    online();
    const attach = vi.fn();
    const holder = { joined: false, attach, show: () => {} };
    for (let count = 0; count <= MAX_ROOMS; count++) all.open(`p${count}@example`, holder);
    expect(attach).toHaveBeenCalledTimes(MAX_ROOMS);
    expect(all.size).toBe(MAX_ROOMS);
  });

  test('are one by name and by address', async () => {
    const { all, open, online, hear } = page();
    online();
    const stores = [open('bob').store, open('bob@example').store];
    hear(body('hi'));
    await tick();
    expect([all.size, ...stores.map(rows)]).toEqual([1, ['< hi delivered'], ['< hi delivered']]);
  });

  test('ask for copies once, and again on another session', () => {
    const { open, online, session } = page();
    open();
    const copies = () => session.requests.filter(({ iq }) => child(iq, 'enable', NS.carbons)).length;
    online();
    open('eve');
    expect(copies()).toBe(1);
    online('resumed');
    expect(copies()).toBe(1);
    online();
    expect(copies()).toBe(2);
  });

  test('tell of what is said where none is open, and send where there is none', () => {
    const { all, online, hear, messages, said } = page();
    online();
    hear(body('hi'), encodeOriginId('o'));
    hear(body('hi'), encodeOriginId('o'));
    all.send(bare('eve@example'), 'k', 'hello');
    expect(said()).toEqual(['hello']);
    expect(messages).toMatchObject([
      { peer: BOB, own: false, text: 'hi' },
      { peer: 'eve@example', own: true, key: 'k', text: 'hello' },
    ]);
  });

  test('leave nothing running', async () => {
    const { all, clock, open, online, admit } = page();
    const { store } = open();
    online();
    await admit();
    store.send('1');
    store.release();
    all.released();
    expect(all.holders).toBe(0);
    all.close();
    expect([clock.pending, all.size]).toEqual([0, 0]);
  });
});
