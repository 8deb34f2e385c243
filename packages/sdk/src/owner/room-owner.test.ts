import {
  el,
  encodeAvatar,
  encodeRoomOccupants,
  messageEl,
  NS,
  presenceEl,
  type RoomOccupants,
  serialize,
  stanzaError,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { Lazy } from '../lazy.js';
import * as trouble from './room-trouble.js';
import { at, joined, line, presence, ROOM, refusal, setUp, subject, tick } from './testing/room-world.js';
import { full } from './testing/scripted-session.js';

describe('joining', () => {
  test('waits for the connection, then asks for history', () => {
    const { session, room, status } = setUp();
    room.membership.join('anna');
    expect(status()).toEqual({ state: 'joining' });
    expect(session.takeSent()).toEqual([]);
    session.online();
    const [join] = session.takeSent();
    expect(join?.attrs.to).toBe(`${ROOM}/anna`);
    expect(join && serialize(join)).toContain('<history maxstanzas="50"/>');
  });

  test('ends with our own presence: status, occupants, subject and name', async () => {
    const { room, status } = await joined();
    expect(status()).toEqual({ state: 'joined', nick: 'anna' });
    const { occupants, self, name, subject: topic } = room.view();
    expect([...occupants.keys()]).toEqual(['bob', 'anna']);
    expect(self).toMatchObject({ nick: 'anna', self: true });
    expect([name, topic]).toEqual(['Lobby!', 'Talk']);
  });

  test('tells the pictures that the room gives, by https alone', async () => {
    const { clock, room, session } = await joined();
    const picture = 'https://shop.example/bob.png';
    for (const url of [picture, 'http://shop.example/bob.png']) {
      const body = el('body', NS.client, {}, 'hi');
      session.hear(messageEl({ from: at('bob'), type: 'groupchat', id: url }, body, encodeAvatar(url)));
    }
    session.hear(presenceEl({ from: at('bob') }, encodeAvatar(picture)));
    clock.advance(1000);
    await tick();
    expect(room.talk.log.rows.slice(-2).map(({ avatar }) => avatar)).toEqual([picture, undefined]);
    expect(room.view().occupants.get('bob')?.avatar).toBe(picture);
  });

  test('tells everything of one turn as one batch', async () => {
    const { changes } = await joined();
    expect(changes.filter(({ parts }) => parts.occupants)).toHaveLength(1);
  });

  test('gives way to a nick in use by a digit, for guests, nine times', () => {
    const { session, room, status } = setUp();
    session.online();
    room.membership.join('anna');
    const asked: (string | undefined)[] = [];
    for (let round = 0; round < 10; round++) {
      const [join] = session.takeSent();
      asked.push(join?.attrs.to?.slice(ROOM.length + 1));
      session.hear(refusal(join, 'conflict'));
    }
    expect(asked).toEqual(['anna', ...Array.from({ length: 9 }, (_, index) => `anna ${index + 2}`)]);
    expect(session.takeSent()).toEqual([]);
    expect(status()).toEqual({ state: 'refused', reason: 'nick-conflict' });
  });

  test('tells a person with an account that the nick is in use', () => {
    const { session, room, status } = setUp({ guest: false });
    session.online();
    room.membership.join();
    session.hear(refusal(session.takeSent()[0], 'conflict'));
    expect(status()).toEqual({ state: 'refused', reason: 'nick-conflict' });
  });

  test('is refused with the words of the room', () => {
    const { session, room, status } = setUp();
    session.online();
    room.membership.join();
    session.hear(refusal(session.takeSent()[0], 'forbidden', 'Not you.'));
    expect(status()).toEqual({ state: 'refused', reason: 'banned', text: 'Not you.' });
    room.fresh();
    expect(session.takeSent()).toEqual([]);
  });

  test('gives up when the room says nothing for 30 s, but not while there is no connection', () => {
    const { session, room, clock, status } = setUp();
    session.online();
    room.membership.join();
    session.offline();
    clock.advance(60_000);
    expect(status()).toEqual({ state: 'joining' });
    session.online({ kind: 'resumed' });
    clock.advance(30_000);
    expect(status()).toMatchObject({ state: 'refused', reason: 'unknown' });
    expect(clock.pending).toBe(0);
  });

  test('a nick that cannot be is refused without asking', () => {
    const { session, room, status } = setUp();
    session.online();
    room.membership.join('\u0007');
    expect(status()).toEqual({ state: 'refused', reason: 'nick-refused' });
    expect(session.takeSent()).toEqual([]);
  });
});

describe('being removed', () => {
  test.each([
    [{ statuses: [110, 307], item: { role: 'none', actor: { nick: 'boss' }, reason: 'noise' } }, 'kicked'],
    [
      { statuses: [110, 301], item: { affiliation: 'outcast', actor: { nick: 'boss' }, reason: 'noise' } },
      'banned',
    ],
  ] as const)('by somebody tells by whom and why', async (user, reason) => {
    const { session, room, status } = await joined();
    session.hear(presence('anna', user, 'unavailable'));
    expect(status()).toEqual({ state: 'refused', reason, text: 'noise', by: 'boss' });
    expect(room.view().occupants.size).toBe(0);
  });

  test('with the room', async () => {
    const { session, status } = await joined();
    session.hear(presence('anna', { statuses: [110], destroy: { reason: 'moved' } }, 'unavailable'));
    expect(status()).toEqual({ state: 'refused', reason: 'destroyed', text: 'moved' });
  });

  test('without a reason leads back, five times in ten minutes', async () => {
    const { session, clock, status } = await joined();
    for (let round = 0; round < 5; round++) {
      session.hear(presence('anna', { statuses: [110, 332] }, 'unavailable'));
      expect(status()).toEqual({ state: 'joining' });
      clock.advance(3_000);
      expect(session.takeSent()).toHaveLength(1);
      session.hear(presence('anna', { statuses: [110] }));
      expect(status()).toEqual({ state: 'joined', nick: 'anna' });
    }
    session.hear(presence('anna', { statuses: [110, 332] }, 'unavailable'));
    expect(status()).toMatchObject({ state: 'refused', reason: 'unknown' });
  });

  test('leaving is for good', async () => {
    const { session, room, status, texts } = await joined();
    session.hear(line('bob', 'hi', 'm1'));
    room.leave();
    expect(session.takeSent().map(({ attrs }) => [attrs.to, attrs.type])).toEqual([
      [at('anna'), 'unavailable'],
    ]);
    expect([status().state, texts()]).toEqual(['idle', []]);
    session.hear(line('bob', 'late', 'm2'));
    room.fresh();
    expect([texts(), session.takeSent()]).toEqual([[], []]);
  });

  test('leaving without a connection is told when the stream goes on', async () => {
    const { session, room } = await joined();
    session.offline();
    room.leave();
    expect(session.takeSent()).toEqual([]);
    session.online({ kind: 'resumed' });
    expect(session.takeSent().map(({ attrs }) => attrs.type)).toEqual(['unavailable']);
  });
});

describe('nicks', () => {
  test('change when the room says so', async () => {
    const { session, room, status } = await joined();
    room.membership.changeNick('ann');
    expect(session.takeSent().map(({ attrs }) => attrs.to)).toEqual([at('ann')]);
    expect(status()).toEqual({ state: 'joined', nick: 'anna' });
    const renamed = { statuses: [110, 303], item: { nick: 'ann', role: 'participant' as const } };
    session.hear(presence('anna', renamed, 'unavailable'));
    session.hear(presence('ann', { statuses: [110] }));
    expect(status()).toEqual({ state: 'joined', nick: 'ann' });
    expect([...room.view().occupants.keys()]).toEqual(['bob', 'ann']);
  });

  test('stay when the room refuses, and the status says why', async () => {
    const { session, room, status } = await joined();
    room.membership.changeNick('bob');
    session.hear(refusal(session.takeSent()[0], 'conflict'));
    const nickRefused = { nick: 'bob', reason: 'nick-conflict' };
    expect(status()).toEqual({ state: 'joined', nick: 'anna', nickRefused });
  });
});

describe('a room that does not show everybody', () => {
  const crowd = (count: number, shows: RoomOccupants['shows']) =>
    messageEl({ from: ROOM, type: 'groupchat' }, encodeRoomOccupants({ count, shows }));

  test('says how many are there: with our own presence, and when that changes', async () => {
    const { session, room, changes } = setUp();
    session.online();
    room.membership.join();
    session.hear(presence('bob'));
    const own = presence('anna', { statuses: [110] });
    session.hear({
      ...own,
      children: [...own.children, encodeRoomOccupants({ count: 3000, shows: 'count' })],
    });
    session.hear(subject());
    expect(room.view().occupantCount).toBe(3000);
    await tick();
    changes.length = 0;
    session.hear(crowd(3001, 'count'));
    await tick();
    expect(changes).toEqual([{ parts: { occupantCount: 3001 }, news: [] }]);
    expect(room.talk.log.rows).toEqual([]);
    session.hear(crowd(2, 'all'));
    expect(room.view().occupantCount).toBe(2);
  });

  test('is not taken at the word of an occupant', async () => {
    const { session, room } = await joined();
    const claim = encodeRoomOccupants({ count: 9999, shows: 'count' });
    session.hear(messageEl({ from: at('bob'), type: 'groupchat' }, claim));
    session.hear(presenceEl({ from: at('bob') }, claim));
    expect(room.view().occupantCount).toBe(2);
  });
});

test('what is written on the way in is shown under the nick that was asked for', () => {
  const { room } = setUp();
  room.membership.join('Mira');
  room.talk.write('k1', 'hello');
  expect(room.talk.log.rows.map(({ nick }) => nick)).toEqual(['Mira']);
});

describe('what is written right after a change of nick', () => {
  test('is shown under the new one at once, and stays so', async () => {
    const { session, room } = await joined();
    room.membership.changeNick('ann');
    room.talk.write('k1', 'hello');
    expect(room.talk.log.rows.map(({ nick }) => nick)).toEqual(['ann']);
    const renamed = { statuses: [110, 303], item: { nick: 'ann', role: 'participant' as const } };
    session.hear(presence('anna', renamed, 'unavailable'));
    session.hear(presence('ann', { statuses: [110] }));
    session.hear(line('ann', 'hello', 'm1', 'k1'));
    expect(room.talk.log.rows).toMatchObject([{ nick: 'ann', own: true, delivery: { state: 'delivered' } }]);
  });

  test('is shown under the old one after all where the room refuses', async () => {
    const { session, room } = await joined();
    room.membership.changeNick('bob');
    const [asked] = session.takeSent();
    room.talk.write('k1', 'hello');
    session.hear(refusal(asked, 'conflict'));
    room.talk.write('k2', 'again');
    session.hear(line('anna', 'hello', 'm1', 'k1'));
    expect(room.talk.log.rows.map(({ nick }) => nick)).toEqual(['anna', 'anna']);
  });
});

describe('presences of others', () => {
  test('are shown together, 50 ms after the first', async () => {
    const { session, clock, changes } = await joined();
    changes.length = 0;
    for (const nick of ['c', 'd', 'e']) session.hear(presence(nick));
    session.hear(presence('c', {}, 'unavailable'));
    clock.advance(49);
    await tick();
    expect(changes).toEqual([]);
    clock.advance(1);
    await tick();
    expect(changes).toMatchObject([{ parts: { occupantCount: 4 } }]);
  });
});

describe('messages', () => {
  test('wait for the room, go out in order, and are delivered by their echo', () => {
    const { session, room, texts } = setUp();
    room.membership.join();
    room.talk.write('k1', 'one');
    room.talk.write('k2', 'two');
    session.online();
    expect(session.takeSent().map(({ name }) => name)).toEqual(['presence']);
    session.hear(presence('anna', { statuses: [110] }));
    const sent = session.takeSent();
    expect(sent.map(({ attrs }) => [attrs.type, attrs.id])).toEqual([
      ['groupchat', 'k1'],
      ['groupchat', 'k2'],
    ]);
    session.hear(line('bob', 'between', 'm1'));
    session.hear(line('anna', 'one', 'm2', 'k1'));
    expect(texts()).toEqual(['between', 'one', 'two']);
    expect(room.talk.log.rows.map(({ delivery }) => delivery.state)).toEqual([
      'delivered',
      'delivered',
      'pending',
    ]);
  });

  test('that the room refuses fail with its words', async () => {
    const { session, room } = await joined();
    room.talk.write('k1', 'one');
    session.hear(refusal(session.takeSent()[0], 'policy-violation', 'Slow down.'));
    expect(room.talk.log.rows[0]?.delivery).toEqual({ state: 'failed', reason: 'Slow down.' });
    room.talk.retry('k1');
    expect(session.takeSent().map(({ attrs }) => attrs.id)).toEqual(['k1']);
  });

  test('that show that the room does not have us lead back into it, and go again', async () => {
    const { session, room, clock } = await joined();
    room.talk.write('k1', 'one');
    session.hear(refusal(session.takeSent()[0], 'not-acceptable'));
    clock.advance(3_000);
    expect(session.takeSent().map(({ name }) => name)).toEqual(['presence']);
    session.hear(presence('anna', { statuses: [110] }));
    session.hear(subject());
    expect(session.takeSent().map(({ attrs }) => attrs.id)).toEqual(['k1']);
  });

  test('are not taken from what an occupant forges', async () => {
    const { session, texts } = await joined();
    session.hear(messageEl({ from: at('bob'), type: 'chat' }, el('body', NS.client, {}, 'private')));
    session.hear(
      messageEl({ from: full('lobby@other.example/bob'), type: 'groupchat' }, el('body', NS.client, {}, 'x')),
    );
    expect(texts()).toEqual([]);
  });

  test('of which nobody can tell whether they arrived are left to who wrote them', async () => {
    const { session, room, clock } = await joined();
    room.talk.write('k1', 'one');
    session.takeSent();
    session.online();
    session.hear(presence('anna', { statuses: [110] }));
    session.takeSent();
    clock.advance(30_000);
    expect(room.talk.log.rows[0]?.delivery.state).toBe('failed');
    expect(session.takeSent()).toEqual([]);
  });
});

describe('moderation', () => {
  test.each([
    ['kick', '<item role="none" nick="bob"><reason>noise</reason></item>'],
    ['ban', '<item affiliation="outcast" jid="bob@example"><reason>noise</reason></item>'],
  ] as const)('%s asks the room', async (what, item) => {
    const { session, room } = await joined();
    const user = { item: { affiliation: 'none', role: 'participant', jid: full('bob@example/r') } } as const;
    session.hear(presence('bob', user));
    const done = room.administer({ kind: what, nick: 'bob', reason: 'noise' });
    await tick();
    const [request] = session.requests;
    expect(request?.iq.attrs).toEqual({ type: 'set', to: ROOM });
    expect(request && serialize(request.iq)).toContain(item);
    request?.answer(el('iq', NS.client, { type: 'result' }));
    await expect(done).resolves.toBeUndefined();
  });

  test('that is not allowed rejects with the error', async () => {
    const { session, room } = await joined();
    const done = room.administer({ kind: 'voice', nick: 'bob', voice: false });
    await tick();
    session.requests[0]?.refuse(stanzaError('forbidden'));
    await expect(done).rejects.toMatchObject({ error: { condition: 'forbidden' } });
  });
});

describe('the next page', () => {
  test('starts with rows, occupants and what waits, and goes on without joining', async () => {
    const first = await joined();
    for (let n = 0; n < 60; n++) first.session.hear(line('bob', `line ${n}`, `m${n}`));
    first.session.offline();
    first.room.talk.write('k1', 'waiting');
    const kept: unknown = JSON.parse(JSON.stringify(first.room.keep()));
    const next = setUp({ kept });
    expect(next.status()).toEqual({ state: 'joining' });
    expect(next.texts()).toEqual([...Array.from({ length: 50 }, (_, n) => `line ${n + 10}`), 'waiting']);
    expect(next.room.view()).toMatchObject({ name: 'Lobby!', subject: 'Talk', occupantCount: 2 });
    next.room.membership.join('anna');
    next.session.online({ kind: 'resumed' });
    expect(next.status()).toEqual({ state: 'joined', nick: 'anna' });
    expect(next.session.takeSent().map(({ name, attrs }) => [name, attrs.id])).toEqual([['message', 'k1']]);
  });

  test('joins again when the session was not to be had', async () => {
    const first = await joined();
    first.session.hear(line('bob', 'known', 'm1'));
    const next = setUp({ kept: JSON.parse(JSON.stringify(first.room.keep())) });
    next.session.online();
    const [join] = next.session.takeSent();
    expect(join && serialize(join)).toContain('<history maxstanzas="0"/>');
    next.session.hear(presence('anna', { statuses: [110] }));
    await tick();
    const question = next.session.requests.at(-1)?.iq;
    expect(question && serialize(question)).toContain('<after>m1</after>');
  });

  test('an archive that cannot be loaded is asked later, and nothing is lost until then', async () => {
    const first = await joined();
    first.session.hear(line('bob', 'known', 'm1'));
    first.room.talk.write('k1', 'sent before');
    const kept = JSON.parse(JSON.stringify(first.room.keep()));
    let broken = true;
    const load = async () => {
      if (broken) throw new TypeError('no such file');
    };
    const next = setUp({ kept, load });
    next.session.online();
    next.session.hear(presence('anna', { statuses: [110] }));
    await tick();
    next.session.takeSent();
    expect(next.texts()).toEqual(['known', 'sent before']);
    broken = false;
    next.clock.advance(5_000);
    await tick();
    const asked = next.session.requests.at(-1);
    expect(asked && serialize(asked.iq)).toContain('<after>m1</after>');
    asked?.answer(el('iq', NS.client, { type: 'result' }, el('fin', NS.mam, { complete: 'true' })));
    await tick();
    expect(next.session.takeSent().map(({ attrs }) => attrs.id)).toEqual(['k1']);
  });

  test('a page of older messages that cannot be loaded can be asked for again', async () => {
    const { room, session } = await joined({ load: () => Promise.reject(new TypeError('no such file')) });
    session.hear(line('bob', 'known', 'm1'));
    await expect(room.talk.loadOlder()).resolves.toBeUndefined();
    expect(room.talk.log.older).toBe('maybe');
    expect(session.requests).toEqual([]);
  });
});

describe('while what explains refusals is not loaded', () => {
  const setUpLoading = async () => {
    const loads: ((loaded: typeof trouble | undefined) => void)[] = [];
    const lazy = new Lazy(
      () =>
        new Promise<typeof trouble>((resolve, reject) => {
          loads.push((loaded) => (loaded ? resolve(loaded) : reject(new TypeError('not loaded'))));
        }),
    );
    const world = setUp({ trouble: lazy });
    world.session.online();
    world.room.membership.join();
    world.session.hear(presence('bob'));
    world.session.hear(presence('anna', { statuses: [110] }));
    world.session.hear(subject());
    world.room.write('k1', 'hi');
    return { ...world, loads };
  };

  test('a refusal waits, and what came behind it keeps its place', async () => {
    const { room, session, loads, texts } = await setUpLoading();
    session.hear(refusal(session.takeSent().at(-1), 'forbidden'));
    session.hear(line('bob', 'behind', 'm1'));
    await tick();
    expect([texts(), room.talk.log.rows[0]?.delivery.state]).toEqual([['hi'], 'pending']);
    loads[0]?.(trouble);
    await tick();
    expect(room.talk.log.rows.map(({ text, delivery }) => [text, delivery.state])).toEqual([
      ['behind', 'delivered'],
      ['hi', 'failed'],
    ]);
  });

  test('it is asked for again; a page that goes meanwhile has what was said', async () => {
    const { room, session, clock, loads, status } = await setUpLoading();
    session.hear(presence('anna', { statuses: [110, 307] }, 'unavailable'));
    session.hear(line('bob', 'behind', 'm1'));
    loads[0]?.(undefined);
    await tick();
    expect(room.keep()?.rows.map(({ text }) => text)).toEqual(['behind']);
    clock.advance(5_000);
    await tick();
    loads[1]?.(trouble);
    await tick();
    expect(status()).toMatchObject({ state: 'refused', reason: 'kicked' });
  });

  test('who simply leaves, comes or changes the nick loads nothing', async () => {
    const { session, loads } = await setUpLoading();
    session.hear(presence('bob', {}, 'unavailable'));
    session.hear(presence('anna', { statuses: [110, 303], item: { nick: 'ann' } }, 'unavailable'));
    session.hear(presence('ann', { statuses: [110] }));
    expect(loads).toEqual([]);
  });

  test('a new session does not hear what was told on the one before', async () => {
    const { room, session, loads, status } = await setUpLoading();
    session.hear(presence('anna', { statuses: [110, 301] }, 'unavailable'));
    room.fresh();
    loads[0]?.(trouble);
    await tick();
    expect(status()).toEqual({ state: 'joining' });
  });
});
