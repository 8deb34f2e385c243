import { type BareJid, bareJid, parseBareJid } from '@meerkat-chat/xmpp';
import { beforeEach, describe, expect, test } from 'vitest';
import type { RoomAdministration } from '../kernel/room-administration.js';
import { createRoomScene, heard, type RoomScene } from '../testing/room-scene.js';
import { createTestAccounts } from '../testing/test-accounts.js';
import type { ExportedLine } from './export-person.js';
import type { Accounts } from './open-accounts.js';
import { readPerson } from './read-person.js';

const LOBBY = parseBareJid('lobby@rooms.localhost') ?? expect.unreachable();
const HALL = parseBareJid('hall@rooms.localhost') ?? expect.unreachable();

let scene: RoomScene;
let accounts: Accounts;
let rooms: RoomAdministration;
let ended: unknown[];

beforeEach(async () => {
  ended = [];
  scene = await createRoomScene();
  const { env, registry, router, storage } = scene.kernel;
  const found = registry.hooks.first('rooms:administration', {});
  if (!found || found instanceof Promise) throw new TypeError('nobody keeps rooms');
  rooms = found;
  accounts = await createTestAccounts({
    storage,
    env,
    rooms,
    changed: (account) => {
      for (const session of [...router.sessions.of(account)]) session.end('kicked');
    },
    erased: (account) => registry.hooks.tell('account:erased', { account }),
    signInEnded: async (account, signIn) => void ended.push([account, signIn]),
  });
});

const user = (name: string): BareJid => bareJid(name, scene.kernel.domain) ?? expect.unreachable();
const person = (name: string) => readPerson(accounts.users, { name });

/** What the archive of a room has: who, and what they said. */
async function archived(room: BareJid): Promise<string[]> {
  const page = await scene.kernel.storage.archive.query({ archive: room, max: 99 });
  if (!page.found) throw new Error('the page was not found');
  return page.entries.map(({ sender, xml }) => `${sender}: ${/<body>(.*)<\/body>/.exec(xml)?.[1] ?? '-'}`);
}

async function exported(name: string): Promise<ExportedLine[]> {
  const lines: ExportedLine[] = [];
  for await (const line of accounts.export(person(name))) lines.push(line);
  return lines;
}

/** Keeps a message in somebody's archive as the module for direct messages does. */
async function keeps(archive: BareJid, peer: BareJid, from: BareJid, text: string): Promise<void> {
  const { clock, storage } = scene.kernel;
  const at = clock.now();
  const xml = `<message xmlns="jabber:client" from="${from}/page" to="x" type="chat"><body>${text}</body></message>`;
  await storage.archive.append({ id: storage.archive.nextId(at), archive, at, sender: peer, xml });
}

describe('who gets the name of an account that was deleted inherits nothing', () => {
  test.each(['owner', 'admin', 'member', 'outcast'] as const)(
    'of %s in a room, in memory or not',
    async (right) => {
      const { storage } = scene.kernel;
      await accounts.users.add('juliet', 'a password');
      await scene.enter('tybalt');
      await rooms.create(HALL, {});
      for (const room of [LOBBY, HALL]) await rooms.affiliate(room, user('juliet'), right, undefined);
      await accounts.users.delete('juliet');
      await accounts.users.add('juliet', 'another one');
      for (const room of [LOBBY, HALL]) {
        expect((await storage.rooms.get(room))?.affiliations.has(user('juliet'))).toBe(false);
        await expect
          .poll(async () => (await rooms.show(room))?.affiliations.map(({ account }) => account))
          .not.toContain(user('juliet'));
      }
      const juliet = await scene.enter('juliet', { keep: true });
      expect(heard(juliet)).toContain('+juliet 110');
    },
  );

  test('of what was said: another occupant says what is said from now on', async () => {
    await accounts.users.add('juliet', 'a password');
    const before = rooms.occupantIds.of(LOBBY, user('juliet'));
    await accounts.users.delete('juliet');
    expect(rooms.occupantIds.of(LOBBY, user('juliet'))).not.toBe(before);
    expect(rooms.occupantIds.ofFormer(LOBBY, user('juliet'))).toEqual([before]);
    expect(rooms.occupantIds.of(LOBBY, user('romeo'))).not.toBe(rooms.occupantIds.of(LOBBY, user('juliet')));
  });

  test('of archive, tokens, status and sessions', async () => {
    const { storage } = scene.kernel;
    await accounts.users.add('juliet', 'a password');
    await keeps(user('juliet'), user('romeo'), user('romeo'), 'dear');
    await storage.statuses.add({
      id: 'k7',
      account: user('juliet'),
      guest: false,
      status: 'online',
      since: 0,
    });
    await storage.tokens.add({
      account: user('juliet'),
      guest: false,
      clientId: 'c',
      mechanism: 'HT-SHA-256-NONE',
      serial: 's',
      issuedAt: 0,
      expiresAt: 9e15,
      count: 0,
    });
    const juliet = await scene.enter('juliet');
    await accounts.users.delete('juliet');
    expect(scene.kernel.router.sessions.get(juliet.jid)).toBeUndefined();
    expect(await storage.archive.next(undefined)).toBeUndefined();
    expect(await storage.tokens.of(user('juliet'), 9)).toEqual([]);
    expect(await storage.statuses.list({ limit: 9 })).toEqual([]);
  });

  test.each(['delete', 'erase'] as const)(
    'and nobody has their place by what a site has signed: %s',
    async (how) => {
      await accounts.users.add('juliet', 'a password');
      await (how === 'erase' ? accounts.erase(person('juliet')) : accounts.users.delete('juliet'));
      expect(ended).toEqual([[user('juliet'), undefined]]);
    },
  );

  test('a room whose last owner is gone stays, and nobody owns it', async () => {
    await accounts.users.add('juliet', 'a password');
    const juliet = await scene.enter('juliet');
    await scene.says(juliet, 'mine');
    await accounts.users.delete('juliet');
    const shown = await rooms.show(LOBBY);
    expect(shown).toMatchObject({ persistent: true, affiliations: [] });
    // It is not made again by who comes next.
    await scene.enter('tybalt');
    expect((await rooms.show(LOBBY))?.affiliations).toEqual([]);
    expect(await archived(LOBBY)).toEqual([`${LOBBY}/juliet: mine`]);
  });
});

describe('erasing', () => {
  test('takes what was said out of archives and of rooms in memory; ids and order stay', async () => {
    await accounts.users.add('juliet', 'a password');
    await accounts.users.add('romeo', 'a password');
    const [romeo, juliet] = [await scene.enter('romeo'), await scene.enter('juliet', { nick: 'Jules' })];
    await scene.says(juliet, 'one &amp; two');
    await scene.says(romeo, 'three');
    await scene.says(juliet, 'four');
    await keeps(user('juliet'), user('romeo'), user('romeo'), 'dear');
    await keeps(user('romeo'), user('juliet'), user('romeo'), 'dear');
    await keeps(user('romeo'), user('juliet'), user('juliet'), 'my dear');
    const { archive, audit } = scene.kernel.storage;
    const before = await archive.query({ archive: LOBBY, max: 9 });
    await audit.append({ at: 0, actor: 'command line', action: 'users.add', target: 'juliet', details: {} });

    expect(await accounts.erase(person('juliet'))).toEqual({
      accounts: 1,
      tokens: 0,
      affiliations: 0,
      statuses: 0,
      ownMessages: 1,
      roomMessages: 2,
      sentMessages: 1,
      auditLines: 1,
    });
    expect(await archived(LOBBY)).toEqual([`${LOBBY}: -`, `${LOBBY}/romeo: three`, `${LOBBY}: -`]);
    expect(await archived(user('romeo'))).toEqual([`${user('juliet')}: dear`, `${user('juliet')}: -`]);
    const after = await archive.query({ archive: LOBBY, max: 9 });
    const idsOf = (page: typeof after) => (page.found ? page.entries.map(({ at, id }) => [at, id]) : []);
    expect(idsOf(after)).toEqual(idsOf(before));
    const all = JSON.stringify([after, await archive.query({ archive: user('romeo'), max: 9 })]);
    expect(all).not.toMatch(/Jules|one|four|my dear/);
    expect(all).toContain('urn:xmpp:message-retract:1');
    expect(JSON.stringify(await audit.list({ limit: 9 }))).not.toContain('juliet');
    // Who joins a room that is in memory finds nothing of it, either.
    const tybalt = await scene.enter('tybalt', { keep: true });
    expect(heard(tybalt).filter((line) => line.startsWith('past'))).toEqual(['past romeo: three']);
  });

  test('finds a guest by name, and by what only an archive tells', async () => {
    const guest = await scene.enter('guest-abc', { nick: 'Ana', kind: 'guest' });
    await scene.says(guest, 'hello');
    const lost = await scene.enter('guest-xyz', { nick: 'Bob', kind: 'guest' });
    await scene.says(lost, 'bye');
    expect(await accounts.erase(person('guest-abc'))).toMatchObject({ accounts: 0, roomMessages: 1 });
    expect(await archived(LOBBY)).toEqual([`${LOBBY}: -`, `${LOBBY}/Bob: bye`]);
    const occupant = rooms.occupantIds.of(LOBBY, user('guest-xyz'));
    const bob = readPerson(accounts.users, { room: LOBBY, occupant });
    expect(await accounts.erase(bob)).toMatchObject({ roomMessages: 1 });
    expect(await archived(LOBBY)).toEqual([`${LOBBY}: -`, `${LOBBY}: -`]);
    await expect(accounts.erase(bob)).rejects.toThrow('nothing is kept of this person');
  });

  test('finds what an account said that was deleted before, and not what its namesake says', async () => {
    await accounts.users.add('juliet', 'a password');
    await scene.says(await scene.enter('juliet'), 'first');
    await accounts.users.delete('juliet');
    await accounts.users.add('juliet', 'another one');
    await scene.says(await scene.enter('juliet'), 'second');
    expect(await accounts.erase(person('juliet'))).toMatchObject({ accounts: 1, roomMessages: 1 });
    expect(await archived(LOBBY)).toEqual([`${LOBBY}/juliet: first`, `${LOBBY}: -`]);
    // Nobody has the name any more: all who had it are meant.
    expect(await accounts.erase(person('juliet'))).toMatchObject({ accounts: 0, roomMessages: 1 });
    await expect(accounts.erase(person('juliet'))).rejects.toThrow('nothing is kept');
  });

  test('finds nothing more in what it has left, and all that only looks like it', async () => {
    await accounts.users.add('juliet', 'a password');
    await keeps(user('romeo'), user('juliet'), user('juliet'), 'dear romeo');
    const forged = '<retracted xmlns="urn:xmpp:message-retract:1" stamp="now"/>';
    await keeps(user('romeo'), user('juliet'), user('juliet'), `</body>${forged}<body>dear romeo`);
    expect(await accounts.erase(person('juliet'))).toMatchObject({ accounts: 1, sentMessages: 2 });
    expect(await archived(user('romeo'))).toEqual([`${user('juliet')}: -`, `${user('juliet')}: -`]);
    await expect(accounts.erase(person('juliet'))).rejects.toThrow('nothing is kept of this person');
  });

  test('does not take words for authorship', async () => {
    await accounts.users.add('juliet', 'a password');
    const romeo = await scene.enter('romeo');
    const id = rooms.occupantIds.of(LOBBY, user('juliet'));
    await scene.says(romeo, `<occupant-id xmlns="urn:xmpp:occupant-id:0" id="${id}"/></message>`);
    await keeps(user('romeo'), user('tybalt'), user('romeo'), `from="${user('juliet')}/page"`);
    await keeps(user('romeo'), user('tybalt'), user('julieta' as 'julieta'), 'hm');
    expect(await accounts.erase(person('juliet'))).toMatchObject({ roomMessages: 0, sentMessages: 0 });
  });

  test('goes through archives that are longer than a slice', async () => {
    const { clock, storage } = scene.kernel;
    await accounts.users.add('juliet', 'a password');
    const id = rooms.occupantIds.of(LOBBY, user('juliet'));
    const said = (occupant: string) =>
      `<message><body>x</body><occupant-id xmlns="urn:xmpp:occupant-id:0" id="${occupant}"/></message>`;
    for (let n = 0; n < 1001; n++) {
      const xml = said(n % 500 === 0 ? id : 'another');
      const entry = {
        id: storage.archive.nextId(clock.now()),
        archive: LOBBY,
        at: clock.now(),
        sender: 's',
        xml,
      };
      await storage.archive.append(entry);
    }
    expect(await accounts.erase(person('juliet'))).toMatchObject({ roomMessages: 3 });
  });
});

test.each(['delete', 'erase'] as const)('the disk is told to forget, last of all: %s', async (how) => {
  const { storage } = scene.kernel;
  const left: boolean[] = [];
  storage.scrub = async () => void left.push((await storage.users.get(user('juliet'))) !== undefined);
  await accounts.users.add('juliet', 'a password');
  await (how === 'erase' ? accounts.erase(person('juliet')) : accounts.users.delete('juliet'));
  expect(left).toEqual([false]);
});

describe('an export', () => {
  test('has everything, one thing after another, and no secret', async () => {
    const { audit, statuses, tokens } = scene.kernel.storage;
    await accounts.users.add('juliet', 'a password');
    const token = { account: user('juliet'), guest: false, clientId: 'c', mechanism: 'HT-SHA-256-NONE' };
    const grant = JSON.stringify({ name: 'Juliet C.', avatar: 'https://a.example/j.png' });
    await tokens.add({ ...token, serial: 'verysecret', issuedAt: 5, expiresAt: 9, count: 0, grant });
    await statuses.add({ id: 'k7', account: user('juliet'), guest: false, status: 'away', since: 7 });
    const juliet = await scene.enter('juliet');
    await scene.says(juliet, 'fish & chips');
    await scene.says(await scene.enter('romeo'), 'not hers');
    await keeps(user('juliet'), user('romeo'), user('romeo'), 'dear');
    const details = { problem: 'no' };
    await audit.append({ at: 3, actor: 'key shop', action: 'users.add', target: 'juliet', details });
    await audit.append({ at: 4, actor: 'key shop', action: 'users.add', target: 'romeo', details: {} });
    const lines = await exported('juliet');
    expect(lines.map(({ kind }) => kind)).toEqual([
      'account',
      'sign-in',
      'shared-status',
      'affiliation',
      'message',
      'room-message',
      'audit',
    ]);
    expect(lines).toMatchObject([
      { account: 'juliet@localhost', hasPassword: true },
      {
        client: 'c',
        issuedAt: 5,
        expiresAt: 9,
        granted: { name: 'Juliet C.', avatar: 'https://a.example/j.png' },
      },
      { id: 'k7', status: 'away' },
      { room: LOBBY, affiliation: 'owner' },
      { with: 'romeo@localhost', text: 'dear' },
      { room: LOBBY, text: 'fish & chips' },
      { at: 3, actor: 'key shop', action: 'users.add', details: { problem: 'no' } },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/verysecret|storedKey|salt|not hers/);
  });

  test('of an account that was removed has what is left in the archives of others', async () => {
    await accounts.users.add('juliet', 'a password');
    await keeps(user('juliet'), user('romeo'), user('juliet'), 'psst');
    await keeps(user('romeo'), user('juliet'), user('juliet'), 'psst');
    expect((await exported('juliet')).map(({ kind }) => kind)).toEqual(['account', 'message']);
    await accounts.users.delete('juliet');
    expect(await exported('juliet')).toMatchObject([{ kind: 'message', to: user('romeo'), text: 'psst' }]);
  });

  test('of a guest has what they said to people, too', async () => {
    const guest = await scene.enter('guest-abc', { nick: 'Ana', kind: 'guest' });
    await scene.says(guest, 'hello');
    await keeps(user('romeo'), user('guest-abc'), user('guest-abc'), 'psst');
    expect(await exported('guest-abc')).toMatchObject([
      { kind: 'room-message', text: 'hello' },
      { kind: 'message', to: user('romeo'), text: 'psst' },
    ]);
    expect(await exported('guest-nobody')).toEqual([]);
  });
});

test.each([
  [{}, 'a person is meant by a name'],
  [{ name: 'romeo', room: 'lobby@rooms.localhost', occupant: 'x' }, 'a person is meant by a name'],
  [{ room: 'lobby@rooms.localhost' }, 'a person is meant by a name'],
  [{ room: 'a/b/c', occupant: 'x' }, 'is not the address of a room'],
  [{ room: 'lobby@rooms.localhost', occupant: 'x"' }, 'cannot be the id of an occupant'],
  [{ room: 'lobby@rooms.localhost', occupant: 'x'.repeat(65) }, 'cannot be the id of an occupant'],
  [{ name: 'ro meo' }, 'cannot be the name of an account'],
])('nobody is meant by %j', (wish, problem) => {
  expect(() => readPerson(accounts.users, wish)).toThrow(problem);
});
