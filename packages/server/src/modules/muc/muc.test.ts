import {
  child,
  children,
  childText,
  decodeMucUser,
  el,
  encodeOccupantId,
  encodeOriginId,
  encodePing,
  encodeStanzaId,
  messageEl,
  NS,
  occupantIdOf,
  originIdOf,
  presenceEl,
  serialize,
  stanzaIdOf,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { at, brief, createRoomScene, heard, jidOf } from '../../testing/room-scene.js';

describe('join', () => {
  test('tells others, oneself, history and subject, in that order', async () => {
    const scene = await createRoomScene();
    const romeo = await scene.enter('romeo', { keep: true });
    expect(heard(romeo)).toEqual(['+romeo 110 201', 'subject ""']);
    await scene.says(romeo, 'one');
    await scene.says(romeo, 'two');
    await scene.subject(romeo, 'Balconies');
    romeo.takes();
    const juliet = await scene.enter('juliet', { keep: true });
    expect(heard(juliet)).toEqual([
      '+romeo',
      '+juliet 110',
      'past romeo: one',
      'past romeo: two',
      'subject "Balconies"',
    ]);
    expect(heard(romeo)).toEqual(['+juliet']);
  });

  test('a message sent while the room is read comes after the join that it waited for', async () => {
    const scene = await createRoomScene();
    const romeo = scene.kernel.bind('romeo@localhost/a');
    const joined = scene.join(romeo, 'romeo');
    const said = scene.says(romeo, 'hi');
    await Promise.all([joined, said]);
    expect(heard(romeo)).toEqual(['+romeo 110 201', 'subject ""', 'romeo: hi']);
  });

  test('asks for no more history than wanted', async () => {
    const scene = await createRoomScene({ historyOnJoin: 2, historyKept: 4 });
    const romeo = await scene.enter('romeo');
    for (const text of ['1', '2', '3', '4', '5']) {
      await scene.says(romeo, text);
      scene.kernel.clock.advance(10_000);
    }
    const past = async (nick: string, history?: Parameters<typeof scene.join>[2]) => {
      const session = scene.kernel.bind(`${nick}@localhost/a`);
      await scene.join(session, nick, history);
      return heard(session)
        .filter((line) => line.startsWith('past'))
        .join();
    };
    expect(await past('a')).toBe('past romeo: 4,past romeo: 5');
    expect(await past('b', { maxStanzas: 0 })).toBe('');
    expect(await past('c', { maxStanzas: 100 })).toBe(
      'past romeo: 2,past romeo: 3,past romeo: 4,past romeo: 5',
    );
    expect(await past('d', { seconds: 20 })).toBe('past romeo: 4,past romeo: 5');
    expect(await past('e', { since: scene.kernel.clock.now() - 10_000 })).toBe('past romeo: 5');
    expect(await past('f', { maxChars: 10 })).toBe('');
  });

  test('history outlives the room in memory, ids and all', async () => {
    const scene = await createRoomScene();
    const guest = await scene.enter('guest', { kind: 'guest' });
    await scene.says(guest, 'remember');
    const [said] = guest.takes();
    guest.end('closed');
    expect(scene.kernel.stats()).toMatchObject({ 'muc.rooms': 0, 'muc.sessions': 0 });
    const other = await scene.enter('other', { kind: 'guest', keep: true });
    const past = other.takes().find((line) => line.name === 'message');
    expect(past && brief(past)).toBe('past guest: remember');
    expect(past && stanzaIdOf(past, scene.room)).toBe(said && stanzaIdOf(said, scene.room));
    expect(past && occupantIdOf(past)).toBe(said && occupantIdOf(said));
  });

  test('a nick in use, or one that looks the same, is a conflict', async () => {
    const scene = await createRoomScene();
    await scene.enter('romeo', { nick: 'Romeo' });
    const paris = scene.kernel.bind('paris@localhost/a');
    for (const nick of ['Romeo', 'romeo', 'R0meo', 'Rоmeo', 'Romeo\u200b', 'Ro meo', 'Ｒomeo']) {
      await scene.join(paris, nick);
      expect(heard(paris)).toEqual(['!conflict']);
    }
    await scene.join(paris, 'Romea');
    expect(heard(paris)).toContain('+Romea 110');
  });

  test('nicks at the bound are taken, one byte past it not', async () => {
    const scene = await createRoomScene({ nickBytes: 10 });
    const romeo = scene.kernel.bind('romeo@localhost/a');
    await scene.join(romeo, 'éééééx');
    expect(heard(romeo)).toEqual(['!not-acceptable']);
    await scene.join(romeo, 'ééééé');
    expect(heard(romeo)).toContain('+ééééé 110 201');
  });

  test('a room that refused its first joiner was not made', async () => {
    const scene = await createRoomScene({ nickBytes: 3 });
    const romeo = scene.kernel.bind('romeo@localhost/a');
    await scene.join(romeo, 'long');
    expect(scene.kernel.stats()).toMatchObject({ 'muc.rooms': 0 });
    const paris = await scene.enter('paris', { nick: 'p', keep: true });
    expect(heard(paris)[0]).toBe('+p 110 201');
  });

  test('another session of the account under the same nick is the same occupant', async () => {
    const scene = await createRoomScene();
    const romeo = await scene.enter('romeo');
    const phone = await scene.enter('romeo', { resource: 'phone', keep: true });
    expect(heard(phone)).toEqual(['+romeo 110', 'subject ""']);
    const juliet = await scene.enter('juliet');
    heard(romeo);
    await scene.says(juliet, 'hi');
    expect([heard(romeo), heard(phone).at(-1)]).toEqual([['juliet: hi'], 'juliet: hi']);
    juliet.takes();
    phone.end('closed');
    expect(heard(juliet)).toEqual([]);
    romeo.end('closed');
    expect(heard(juliet)).toEqual(['-romeo']);
  });

  test('joining again after a reload gives everything again, and others nothing', async () => {
    const scene = await createRoomScene();
    const romeo = await scene.enter('romeo');
    const juliet = await scene.enter('juliet');
    await scene.says(romeo, 'hi');
    romeo.takes();
    juliet.takes();
    await scene.join(romeo, 'romeo');
    expect(heard(romeo)).toEqual(['+juliet', '+romeo 110', 'past romeo: hi', 'subject ""']);
    expect(heard(juliet)).toEqual([]);
  });

  test('only moderators see real addresses', async () => {
    const scene = await createRoomScene();
    const owner = await scene.enter('owner');
    const juliet = await scene.enter('juliet', { keep: true });
    const realJid = (stanza: Parameters<typeof decodeMucUser>[0]) => decodeMucUser(stanza)?.item?.jid;
    expect(owner.takes().map(realJid)).toEqual(['juliet@localhost/page']);
    const [ofOwner, ofSelf] = juliet.takes();
    expect(ofOwner && realJid(ofOwner)).toBeUndefined();
    expect(ofSelf && realJid(ofSelf)).toBe('juliet@localhost/page');
  });

  test.each([
    ['nobody', 'user', '!not-allowed'],
    ['admins', 'user', '!not-allowed'],
    ['users', 'guest', '!not-allowed'],
    ['users', 'user', '+x 110 201'],
    ['anyone', 'guest', '+x 110 201'],
  ] as const)('creation by %s: a %s gets %s', async (create, kind, answer) => {
    const scene = await createRoomScene({ create });
    const session = await scene.enter('x', { kind, keep: true });
    expect(heard(session)[0]).toBe(answer);
  });

  test('a user owns the room that was made for it, a guest does not', async () => {
    for (const kind of ['user', 'guest'] as const) {
      const scene = await createRoomScene();
      const [self] = (await scene.enter('x', { kind, keep: true })).takes();
      const item = self && decodeMucUser(self)?.item;
      expect(item?.affiliation).toBe(kind === 'user' ? 'owner' : 'none');
      expect(item?.role).toBe(kind === 'user' ? 'moderator' : 'participant');
    }
  });

  test('without <x/> is no join, and without a nick a malformed address', async () => {
    const scene = await createRoomScene();
    const romeo = scene.kernel.bind('romeo@localhost/a');
    await romeo.sends(presenceEl({ to: at('romeo') }));
    await romeo.sends(presenceEl({ to: scene.room }));
    expect(heard(romeo)).toEqual(['!not-acceptable', '!jid-malformed']);
    expect(scene.kernel.stats()).toMatchObject({ 'muc.rooms': 0 });
  });
});

describe('bounds', () => {
  test('occupants', async () => {
    const scene = await createRoomScene({ occupants: 2 });
    await scene.enter('a');
    const b = await scene.enter('b', { keep: true });
    expect(heard(b)).toContain('+b 110');
    const c = await scene.enter('c', { keep: true });
    expect(heard(c)).toEqual(['!service-unavailable']);
  });

  test('rooms of one account, rooms in all, rooms made from one address', async () => {
    const go = async (settings: Readonly<Record<string, unknown>>, kind: 'guest' | 'user') => {
      const scene = await createRoomScene(settings);
      const romeo = scene.kernel.bind('romeo@localhost/a', kind);
      const lines: (string | undefined)[] = [];
      for (const name of ['one', 'two', 'three']) {
        const to = `${name}@rooms.localhost/romeo`;
        await romeo.sends(el('presence', NS.client, { to }, el('x', NS.muc)));
        lines.push(heard(romeo)[0]);
      }
      return lines;
    };
    const joined = '+romeo 110 201';
    expect(await go({ roomsPerAccount: 2 }, 'guest')).toEqual([joined, joined, '!resource-constraint']);
    expect(await go({ rooms: 2 }, 'guest')).toEqual([joined, joined, '!resource-constraint']);
    expect(await go({ createdPerMinute: 2 }, 'user')).toEqual([joined, joined, '!policy-violation']);
    expect(await go({ createdPerMinute: 2, rateLimits: false }, 'user')).toEqual([joined, joined, joined]);
  });

  test('rooms made from one network, whatever its addresses of IPv6', async () => {
    const scene = await createRoomScene({ createdPerMinute: 2 });
    const lines: (string | undefined)[] = [];
    for (const name of ['a', 'b', 'c']) {
      const session = scene.kernel.bind(`${name}@localhost/x`, 'guest');
      session.peer = { ...session.peer, address: `2001:db8::${name}` };
      await session.sends(presenceEl({ to: jidOf(`${name}@rooms.localhost/${name}`) }, el('x', NS.muc)));
      lines.push(heard(session)[0]);
    }
    expect(lines).toEqual(['+a 110 201', '+b 110 201', '!policy-violation']);
  });

  test('stanzas that wait while a room is read', async () => {
    const scene = await createRoomScene({ loadQueue: 3 });
    const sessions = ['a', 'b', 'c', 'd'].map((name) => scene.kernel.bind(`${name}@localhost/x`));
    await Promise.all(sessions.map((session) => scene.join(session, session.jid.slice(0, 1))));
    expect(sessions.map((session) => heard(session)[0])).toEqual([
      '+a 110 201',
      '+a',
      '+a',
      '!resource-constraint',
    ]);
  });

  test('bytes of a presence', async () => {
    const scene = await createRoomScene({ presenceBytes: 600 });
    const romeo = await scene.enter('romeo');
    const status = (text: string) => presenceEl({ to: at('romeo') }, el('status', NS.client, {}, text));
    const room =
      600 -
      serialize(presenceEl({ to: at('romeo'), from: romeo.jid }, el('status', NS.client, {}, ''))).length;
    await romeo.sends(status('x'.repeat(room)));
    expect(heard(romeo)).toEqual(['+romeo 110']);
    await romeo.sends(status('x'.repeat(room + 1)));
    expect(heard(romeo)).toEqual(['!policy-violation']);
  });

  test('bytes of a last presence: what is too long is not passed on, and who said it leaves all the same', async () => {
    const scene = await createRoomScene({ presenceBytes: 600 });
    const romeo = await scene.enter('romeo');
    const juliet = await scene.enter('juliet');
    const goodbye = (length: number) =>
      presenceEl(
        { to: at('romeo'), type: 'unavailable' },
        el('status', NS.client, {}, 'x'.repeat(length - '<status xmlns="jabber:client"></status>'.length)),
      );
    const told: number[] = [];
    for (const length of [600, 601]) {
      await romeo.sends(goodbye(length));
      const [gone] = juliet.takes().filter(({ attrs }) => attrs.type === 'unavailable');
      told.push(gone ? (childText(gone, 'status') ?? '').length : -1);
      await scene.join(romeo, 'romeo');
    }
    expect(told).toEqual([561, 0]);
  });

  test('bytes of a message as it goes out', async () => {
    const scene = await createRoomScene({ messageBytes: 1000 });
    const romeo = await scene.enter('romeo');
    await scene.says(romeo, 'x');
    const [sent] = romeo.takes();
    const overhead = sent ? serialize(sent).length - ` to="${romeo.jid}"`.length - 1 : 0;
    // The id is made of the first 20 letters of the body.
    const most = 1000 - overhead - 19;
    await scene.says(romeo, 'y'.repeat(most));
    await scene.says(romeo, 'z'.repeat(most + 1));
    expect(heard(romeo).map((line) => line.slice(0, 8))).toEqual(['romeo: y', '!policy-']);
  });
});

describe('messages', () => {
  test('are stamped, cleaned of forgeries, and keep their ids', async () => {
    const scene = await createRoomScene();
    const romeo = await scene.enter('romeo');
    const juliet = await scene.enter('juliet');
    await scene.says(romeo, 'hi', [
      encodeStanzaId('forged', scene.room),
      encodeStanzaId('forged', scene.room),
      el('stanza-id', NS.stanzaId, { by: 'LOBBY@rooms.LOCALHOST', id: 'forged' }),
      el('stanza-id', NS.stanzaId, { by: ` ${scene.room}/romeo`, id: 'forged' }),
      el('delay', NS.delay, { from: 'Lobby@rooms.localhost', stamp: '2001-01-01T00:00:00Z' }),
      encodeStanzaId('mine', jidOf('romeo@localhost')),
      encodeOccupantId('forged'),
      encodeOccupantId('forged'),
      el('x', NS.mucUser, {}, el('status', NS.mucUser, { code: '110' })),
      encodeOriginId('origin'),
    ]);
    const [message] = juliet.takes();
    if (!message) throw new Error('juliet heard nothing');
    expect(message.attrs).toMatchObject({ from: at('romeo'), id: 'm-hi', type: 'groupchat', to: juliet.jid });
    expect(children(message, 'stanza-id', NS.stanzaId).map(({ attrs }) => attrs.by)).toEqual([
      'romeo@localhost',
      scene.room,
    ]);
    expect(child(message, 'delay', NS.delay)).toBeUndefined();
    expect(children(message, 'occupant-id', NS.occupantId)).toHaveLength(1);
    expect(occupantIdOf(message)).not.toBe('forged');
    expect(child(message, 'x', NS.mucUser)).toBeUndefined();
    expect(originIdOf(message)).toBe('origin');
    const page = await scene.kernel.storage.archive.query({
      archive: 'lobby@rooms.localhost' as never,
      max: 5,
    });
    expect(page.found && page.entries.map(({ id, sender }) => [id, sender])).toEqual([
      [stanzaIdOf(message, scene.room), at('romeo')],
    ]);
  });

  test('without a body are shown and not kept', async () => {
    const scene = await createRoomScene();
    const romeo = await scene.enter('romeo');
    await romeo.sends(messageEl({ to: scene.room, type: 'groupchat' }, el('composing', NS.chatStates)));
    const [shown] = romeo.takes();
    expect(shown && stanzaIdOf(shown, scene.room)).toBeUndefined();
    expect(shown && child(shown, 'composing', NS.chatStates)).toBeDefined();
    expect(
      await scene.kernel.storage.archive.query({ archive: 'lobby@rooms.localhost' as never, max: 5 }),
    ).toMatchObject({
      entries: [],
    });
  });

  test('of somebody who is not in the room are refused', async () => {
    const scene = await createRoomScene();
    const romeo = scene.kernel.bind('romeo@localhost/a');
    await scene.says(romeo, 'hi');
    const juliet = await scene.enter('juliet');
    await scene.says(romeo, 'hi');
    expect([heard(romeo), heard(juliet)]).toEqual([['!not-acceptable', '!not-acceptable'], []]);
    expect(juliet.takes()).toEqual([]);
  });

  test('are told and settled when the archive has them, and refused while it is full', async () => {
    const scene = await createRoomScene();
    const { archive } = scene.kernel.storage;
    const romeo = await scene.enter('romeo');
    let commit = () => {};
    archive.append = () => new Promise((resolve) => (commit = resolve));
    let settled = false;
    const sent = scene.says(romeo, 'hi').then(() => (settled = true));
    const typing = messageEl({ to: scene.room, type: 'groupchat' }, el('composing', 'urn:example'));
    const quiet = romeo.sends(typing);
    await Promise.resolve();
    expect([romeo.takes(), settled]).toEqual([[], false]);
    commit();
    await sent;
    await quiet;
    // What has no body is not archived, and waits for its turn all the same.
    expect(heard(romeo)).toEqual(['romeo: hi', 'romeo']);
    Object.defineProperty(archive, 'full', { value: true });
    await scene.says(romeo, 'more');
    expect(heard(romeo)).toEqual(['!resource-constraint']);
  });

  test('that cannot be kept are refused, and nobody has seen them; the session goes on', async () => {
    const scene = await createRoomScene();
    const { archive } = scene.kernel.storage;
    const [romeo, juliet] = [await scene.enter('romeo'), await scene.enter('juliet')];
    for (const session of [romeo, juliet]) session.takes();
    const { append } = archive;
    archive.append = () => Promise.reject(new Error('the disk is full'));
    await scene.says(romeo, 'hi');
    expect([heard(romeo), heard(juliet)]).toEqual([['!resource-constraint'], []]);
    archive.append = append.bind(archive);
    await scene.says(romeo, 'again');
    expect([heard(romeo), heard(juliet)]).toEqual([['romeo: again'], ['romeo: again']]);
  });

  test('an occupant id is the same at each visit, and another in another room', async () => {
    const ids = new Set<string | undefined>();
    const scene = await createRoomScene();
    for (const nick of ['a', 'b']) {
      const session = await scene.enter('romeo', { nick, kind: 'guest', keep: true });
      ids.add(session.takes().map(occupantIdOf)[0]);
      session.end('closed');
    }
    expect(ids.size).toBe(1);
    const session = scene.kernel.bind('romeo@localhost/a', 'guest');
    await session.sends(el('presence', NS.client, { to: 'other@rooms.localhost/a' }, el('x', NS.muc)));
    ids.add(session.takes().map(occupantIdOf)[0]);
    expect(ids.size).toBe(2);
  });

  test('to one occupant reach only that one, marked as such', async () => {
    const scene = await createRoomScene();
    const [romeo, juliet, nurse] = [
      await scene.enter('romeo'),
      await scene.enter('juliet'),
      await scene.enter('nurse'),
    ];
    romeo.takes();
    juliet.takes();
    await romeo.sends(messageEl({ to: at('juliet'), type: 'chat' }, el('body', NS.client, {}, 'psst')));
    const [got] = juliet.takes();
    expect(got?.attrs).toMatchObject({ from: at('romeo'), type: 'chat' });
    expect(got && child(got, 'x', NS.mucUser)).toBeDefined();
    expect(nurse.takes()).toEqual([]);
    await romeo.sends(messageEl({ to: at('tybalt'), type: 'chat' }, el('body', NS.client, {}, 'psst')));
    await romeo.sends(messageEl({ to: at('juliet'), type: 'groupchat' }, el('body', NS.client, {}, 'psst')));
    expect(heard(romeo)).toEqual(['!item-not-found', '!bad-request']);
  });
});

describe('subject', () => {
  test('is changed by moderators, told to all, and kept', async () => {
    const scene = await createRoomScene();
    const owner = await scene.enter('owner');
    const juliet = await scene.enter('juliet');
    await scene.subject(juliet, 'No');
    expect(heard(juliet)).toEqual(['!forbidden']);
    await scene.subject(owner, 'Yes');
    expect(heard(juliet)).toEqual(['subject "Yes"']);
    owner.end('closed');
    juliet.end('closed');
    await scene.kernel.storage.rooms.get('lobby@rooms.localhost' as never);
    expect(heard(await scene.enter('nurse', { keep: true })).at(-1)).toBe('subject "Yes"');
  });

  test('with a body is a message', async () => {
    const scene = await createRoomScene();
    const romeo = await scene.enter('romeo');
    await scene.says(romeo, 'hi', [el('subject', NS.client, {}, 'x')]);
    expect(heard(romeo)).toEqual(['romeo: hi']);
  });

  test('has a bound', async () => {
    const scene = await createRoomScene({ subjectBytes: 4 });
    const romeo = await scene.enter('romeo');
    await scene.subject(romeo, 'éé');
    await scene.subject(romeo, 'ééx');
    expect(heard(romeo)).toEqual(['subject "éé"', '!policy-violation']);
  });
});

describe('presence', () => {
  test('a change is told to all, the same again to nobody', async () => {
    const scene = await createRoomScene();
    const romeo = await scene.enter('romeo');
    const juliet = await scene.enter('juliet');
    romeo.takes();
    const away = () => romeo.sends(presenceEl({ to: at('romeo') }, el('show', NS.client, {}, 'away')));
    await away();
    expect([heard(juliet), heard(romeo)]).toEqual([['+romeo'], ['+romeo 110']]);
    await away();
    expect([heard(juliet), heard(romeo)]).toEqual([[], []]);
  });

  test('a change of nick is told with 303, and a conflict leaves everything as it was', async () => {
    const scene = await createRoomScene();
    const romeo = await scene.enter('romeo');
    const juliet = await scene.enter('juliet');
    romeo.takes();
    await romeo.sends(presenceEl({ to: at('Juliet') }));
    expect(heard(romeo)).toEqual(['!conflict']);
    await romeo.sends(presenceEl({ to: at('montague') }));
    expect(heard(romeo)).toEqual(['-romeo 110 303', '+montague 110']);
    const [left, came] = juliet.takes();
    expect(left && [brief(left), decodeMucUser(left)?.item?.nick]).toEqual(['-romeo 303', 'montague']);
    expect(came && brief(came)).toBe('+montague');
    // The old nick is free.
    expect(heard(await scene.enter('paris', { nick: 'romeo', keep: true }))).toContain('+romeo 110');
  });

  test('leaving is told once, to oneself too', async () => {
    const scene = await createRoomScene();
    const romeo = await scene.enter('romeo');
    const juliet = await scene.enter('juliet');
    romeo.takes();
    await romeo.sends(presenceEl({ to: at('romeo'), type: 'unavailable' }));
    romeo.end('closed');
    expect(heard(juliet)).toEqual(['-romeo']);
    expect(scene.kernel.stats()).toMatchObject({ 'muc.sessions': 1 });
  });

  test('going unavailable leaves every room', async () => {
    const scene = await createRoomScene();
    const romeo = await scene.enter('romeo');
    const juliet = await scene.enter('juliet');
    await romeo.sends(presenceEl({}));
    await romeo.sends(presenceEl({ type: 'unavailable' }));
    romeo.end('closed');
    expect(heard(juliet)).toEqual(['-romeo']);
  });

  test('a session that sleeps stays; one that is over leaves', async () => {
    const scene = await createRoomScene();
    const romeo = await scene.enter('romeo');
    const juliet = await scene.enter('juliet');
    romeo.hibernated = true;
    scene.kernel.clock.advance(60_000);
    expect(heard(juliet)).toEqual([]);
    romeo.end('expired');
    expect(heard(juliet)).toEqual(['-romeo']);
  });
});

describe('self-ping', () => {
  test('is answered for who is here, and not-acceptable for who is not', async () => {
    const scene = await createRoomScene();
    const romeo = await scene.enter('romeo');
    expect(brief(await scene.asks(romeo, 'get', encodePing(), 'romeo'))).toBe('iq result');
    expect(brief(await scene.asks(romeo, 'get', encodePing(), 'nobody'))).toBe('!item-not-found');
    expect(brief(await scene.asks(romeo, 'get', el('query', 'urn:x'), 'romeo'))).toBe('!service-unavailable');
    const paris = scene.kernel.bind('paris@localhost/a');
    expect(brief(await scene.asks(paris, 'get', encodePing(), 'romeo'))).toBe('!not-acceptable');
    romeo.end('closed');
    expect(brief(await scene.asks(paris, 'get', encodePing(), 'romeo'))).toBe('!not-acceptable');
  });
});

describe('what goes wrong', () => {
  test('a session that ends while the room is read never comes in', async () => {
    const scene = await createRoomScene();
    const romeo = scene.kernel.bind('romeo@localhost/a');
    const joining = scene.join(romeo, 'romeo');
    romeo.end('lost');
    await joining;
    expect(scene.kernel.stats()).toMatchObject({ 'muc.rooms': 0, 'muc.sessions': 0 });
  });

  test('a storage that cannot be read is an error to each who waits, and the next try is a new one', async () => {
    const scene = await createRoomScene();
    const { rooms } = scene.kernel.storage;
    const get = rooms.get.bind(rooms);
    rooms.get = () => Promise.reject(new Error('disk'));
    const romeo = scene.kernel.bind('romeo@localhost/a');
    await Promise.all([scene.join(romeo, 'romeo'), scene.says(romeo, 'hi')]);
    expect(heard(romeo)).toEqual(['!internal-server-error', '!internal-server-error']);
    rooms.get = get;
    await scene.join(romeo, 'romeo');
    expect(heard(romeo)).toContain('+romeo 110 201');
  });

  test('a session that takes the address of another begins outside', async () => {
    const scene = await createRoomScene();
    const romeo = await scene.enter('romeo');
    const juliet = await scene.enter('juliet');
    romeo.end('replaced');
    expect(heard(juliet)).toEqual(['-romeo']);
    const again = await scene.enter('romeo', { keep: true });
    expect(heard(again)).toContain('+romeo 110');
    expect(heard(juliet)).toEqual(['+romeo']);
  });
});

test('a restart keeps rooms: who owns them, who is banned, what was said, and who people are', async () => {
  const before = await createRoomScene();
  const owner = await before.enter('owner');
  const juliet = await before.enter('juliet');
  await before.rules(owner, { jid: jidOf('paris@localhost'), affiliation: 'outcast' });
  await before.subject(owner, 'Balconies');
  juliet.takes();
  await before.says(juliet, 'remember');
  const [said] = juliet.takes();
  await before.kernel.stop();

  const after = await createRoomScene({ create: 'nobody' }, before.kernel.storage);
  expect(heard(await after.enter('paris', { keep: true }))).toEqual(['!forbidden']);
  const back = await after.enter('owner', { keep: true });
  const [self, past, subject] = back.takes();
  expect(self && [brief(self), decodeMucUser(self)?.item?.affiliation]).toEqual(['+owner 110', 'owner']);
  expect(past && [brief(past), stanzaIdOf(past, after.room), occupantIdOf(past)]).toEqual([
    'past juliet: remember',
    said && stanzaIdOf(said, after.room),
    said && occupantIdOf(said),
  ]);
  expect(subject && brief(subject)).toBe('subject "Balconies"');
  const again = await after.enter('juliet', { keep: true });
  expect(again.takes().map(occupantIdOf)).toContain(said && occupantIdOf(said));
});

test('a thousand visits leave nothing behind', async () => {
  const scene = await createRoomScene({ createdPerMinute: 10_000 });
  const before = scene.kernel.stats();
  for (let visit = 0; visit < 1000; visit++) {
    const session = await scene.enter(`v${visit}`, { kind: 'guest' });
    if (visit % 2) await session.sends(presenceEl({ to: at(`v${visit}`), type: 'unavailable' }));
    session.end('closed');
  }
  expect(scene.kernel.stats()).toEqual(before);
});
