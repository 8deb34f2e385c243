import {
  decodeMucAdmin,
  decodeMucUser,
  type Element,
  encodeMucAdmin,
  type MucItem,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { brief, createRoomScene, heard, jidOf, type RoomScene } from '../../testing/room-scene.js';

const LOBBY = 'lobby@rooms.localhost';

function itemsOf(answer: Element): readonly MucItem[] {
  const [query] = answer.children;
  const items = typeof query === 'object' ? decodeMucAdmin(query) : undefined;
  return items?.ok ? items.value : [];
}

async function keptAffiliations(scene: RoomScene) {
  const kept = await scene.kernel.storage.rooms.get(LOBBY as never);
  return kept && Object.fromEntries(kept.affiliations);
}

/** An owner, and two who are nobody in particular. */
async function cast(settings: Readonly<Record<string, unknown>> = {}) {
  const scene = await createRoomScene(settings);
  const owner = await scene.enter('owner');
  const juliet = await scene.enter('juliet');
  const romeo = await scene.enter('romeo');
  for (const session of [owner, juliet]) session.takes();
  return { scene, owner, juliet, romeo };
}

describe('kick', () => {
  test('is told with 307, by whom and why, and the kicked may come back', async () => {
    const { scene, owner, juliet, romeo } = await cast();
    const answer = await scene.rules(owner, { nick: 'romeo', role: 'none', reason: 'noise' });
    expect(brief(answer)).toBe('iq result');
    const [gone] = juliet.takes();
    expect(gone && brief(gone)).toBe('-romeo 307');
    expect(gone && decodeMucUser(gone)?.item).toMatchObject({
      role: 'none',
      affiliation: 'none',
      actor: { nick: 'owner' },
      reason: 'noise',
    });
    expect(heard(romeo)).toEqual(['-romeo 110 307']);
    await scene.join(romeo, 'romeo');
    expect(heard(romeo)).toContain('+romeo 110');
  });

  test('is for moderators, and not against those above them', async () => {
    const { scene, owner, juliet } = await cast();
    expect(brief(await scene.rules(juliet, { nick: 'romeo', role: 'none' }))).toBe('!forbidden');
    await scene.rules(owner, { nick: 'juliet', role: 'moderator' });
    expect(brief(await scene.rules(juliet, { nick: 'owner', role: 'none' }))).toBe('!not-allowed');
    expect(brief(await scene.rules(juliet, { nick: 'romeo', role: 'none' }))).toBe('iq result');
    expect(brief(await scene.rules(juliet, { nick: 'nobody', role: 'none' }))).toBe('!item-not-found');
    expect(brief(await scene.rules(juliet, { nick: 'owner', role: 'participant' }))).toBe('!forbidden');
  });

  test('a reason is cut to its bound', async () => {
    const { scene, owner, juliet } = await cast({ reasonBytes: 5 });
    await scene.rules(owner, { nick: 'romeo', role: 'none', reason: 'ééé' });
    const [gone] = juliet.takes();
    expect(gone && decodeMucUser(gone)?.item?.reason).toBe('éé');
  });
});

describe('ban', () => {
  test('removes every session of the account, keeps them out, and is kept', async () => {
    const { scene, owner, juliet, romeo } = await cast();
    const phone = await scene.enter('romeo', { resource: 'phone', nick: 'other' });
    juliet.takes();
    romeo.takes();
    await scene.rules(owner, { jid: jidOf('romeo@localhost'), affiliation: 'outcast', reason: 'spam' });
    expect(heard(juliet).sort()).toEqual(['-other 301', '-romeo 301']);
    expect(heard(romeo).at(-1)).toBe('-romeo 110 301');
    await scene.join(phone, 'x');
    expect(heard(phone).at(-1)).toBe('!forbidden');
    expect(await keptAffiliations(scene)).toEqual({
      'owner@localhost': 'owner',
      'romeo@localhost': 'outcast',
    });
  });

  test('works for who is not here, and outlives the room in memory', async () => {
    const { scene, owner, juliet, romeo } = await cast();
    await scene.rules(owner, { jid: jidOf('paris@localhost'), affiliation: 'outcast' });
    for (const session of [owner, juliet, romeo]) session.end('closed');
    expect(scene.kernel.stats()).toMatchObject({ 'muc.rooms': 0 });
    const paris = await scene.enter('paris', { keep: true });
    expect(heard(paris)).toEqual(['!forbidden']);
    const back = await scene.enter('owner');
    const list = await scene.asks(back, 'get', encodeMucAdmin([{ affiliation: 'outcast' }]));
    expect(itemsOf(list)).toMatchObject([{ jid: 'paris@localhost', affiliation: 'outcast' }]);
    await scene.rules(back, { jid: jidOf('paris@localhost'), affiliation: 'none' });
    await scene.join(paris, 'paris');
    expect(heard(paris)).toContain('+paris 110');
  });

  test('of a guest by an administrator of the server makes a guest room one that is kept', async () => {
    const scene = await createRoomScene({ admins: ['boss@localhost'] });
    const guest = await scene.enter('guest', { kind: 'guest' });
    const boss = await scene.enter('boss');
    await scene.rules(boss, { nick: 'guest', affiliation: 'outcast' });
    expect(heard(guest).at(-1)).toBe('-guest 110 301');
    expect(await keptAffiliations(scene)).toEqual({ 'guest@localhost': 'outcast' });
    boss.end('closed');
    await scene.join(guest, 'again');
    expect(heard(guest)).toEqual(['!forbidden']);
  });

  test('is not for everybody, not against administrators, not against oneself', async () => {
    const { scene, owner, juliet } = await cast();
    const ban = (jid: string) => ({ jid: jidOf(jid), affiliation: 'outcast' as const });
    expect(brief(await scene.rules(juliet, ban('romeo@localhost')))).toBe('!forbidden');
    await scene.rules(owner, { jid: jidOf('juliet@localhost'), affiliation: 'admin' });
    expect(brief(await scene.rules(juliet, ban('owner@localhost')))).toBe('!not-allowed');
    expect(brief(await scene.rules(juliet, { nick: 'romeo', affiliation: 'admin' }))).toBe('!not-allowed');
    expect(brief(await scene.rules(owner, ban('owner@localhost')))).toBe('!conflict');
    expect(brief(await scene.rules(owner, { jid: jidOf('owner@localhost'), affiliation: 'member' }))).toBe(
      '!conflict',
    );
  });
});

describe('voice', () => {
  test('is taken and given, and who has none cannot speak', async () => {
    const { scene, owner, juliet, romeo } = await cast();
    await scene.rules(owner, { nick: 'romeo', role: 'visitor' });
    expect(heard(juliet)).toEqual(['+romeo']);
    expect(heard(romeo)).toEqual(['+romeo 110']);
    await scene.says(romeo, 'hi');
    expect(heard(romeo)).toEqual(['!forbidden']);
    await scene.rules(owner, { nick: 'romeo', role: 'participant' });
    await scene.says(romeo, 'hi');
    expect(heard(romeo)).toEqual(['+romeo 110', 'romeo: hi']);
    expect(brief(await scene.rules(owner, { nick: 'owner', role: 'visitor' }))).toBe('!not-allowed');
  });

  test('a new moderator sees who the others are', async () => {
    const { scene, owner, romeo } = await cast();
    await scene.rules(owner, { nick: 'romeo', role: 'moderator' });
    const shown = romeo.takes().map((stanza) => decodeMucUser(stanza)?.item?.jid);
    expect(shown.sort()).toEqual(['juliet@localhost/page', 'owner@localhost/page', 'romeo@localhost/page']);
  });
});

describe('requests', () => {
  test('are done as a whole or not at all', async () => {
    const { scene, owner, juliet } = await cast();
    const answer = await scene.rules(
      owner,
      { nick: 'romeo', role: 'none' },
      { nick: 'nobody', role: 'none' },
    );
    expect(brief(answer)).toBe('!item-not-found');
    expect(juliet.takes()).toEqual([]);
  });

  test('leave an owner, however many owners one request takes away', async () => {
    const { scene, owner } = await cast();
    const of = (name: string, affiliation: 'admin' | 'none' | 'owner') => ({
      jid: jidOf(`${name}@localhost`),
      affiliation,
    });
    await scene.rules(owner, of('juliet', 'owner'));
    expect(brief(await scene.rules(owner, of('juliet', 'none'), of('owner', 'none')))).toBe('!conflict');
    expect(await keptAffiliations(scene)).toEqual({
      'owner@localhost': 'owner',
      'juliet@localhost': 'owner',
    });
    expect(brief(await scene.rules(owner, of('owner', 'admin')))).toBe('iq result');
  });

  test('have a bound on their items, and lists one on their entries', async () => {
    const { scene, owner } = await cast({ adminItems: 2, affiliations: 3 });
    const member = (name: string) => ({ jid: jidOf(`${name}@localhost`), affiliation: 'member' as const });
    expect(brief(await scene.rules(owner, member('a'), member('b'), member('c')))).toBe('!policy-violation');
    expect(brief(await scene.rules(owner, member('a'), member('b')))).toBe('iq result');
    expect(brief(await scene.rules(owner, member('c')))).toBe('!resource-constraint');
    await scene.rules(owner, { jid: jidOf('a@localhost'), affiliation: 'none' });
    expect(brief(await scene.rules(owner, member('c')))).toBe('iq result');
  });

  test('lists are for administrators, roles for moderators', async () => {
    const { scene, owner, juliet } = await cast();
    const list = (item: MucItem) => encodeMucAdmin([item]);
    expect(brief(await scene.asks(juliet, 'get', list({ affiliation: 'owner' })))).toBe('!forbidden');
    expect(brief(await scene.asks(juliet, 'get', list({ role: 'participant' })))).toBe('!forbidden');
    expect(itemsOf(await scene.asks(owner, 'get', list({ affiliation: 'owner' })))).toMatchObject([
      { jid: 'owner@localhost' },
    ]);
    const roles = itemsOf(await scene.asks(owner, 'get', list({ role: 'participant' })));
    expect(roles.map(({ nick }) => nick)).toEqual(['juliet', 'romeo']);
  });

  test('to a room that is not there find nothing and leave nothing', async () => {
    const scene = await createRoomScene();
    const paris = scene.kernel.bind('paris@localhost/a');
    expect(brief(await scene.rules(paris, { nick: 'x', role: 'none' }))).toBe('!item-not-found');
    expect(scene.kernel.stats()).toMatchObject({ 'muc.rooms': 0 });
  });
});
