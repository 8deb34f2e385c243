import {
  decodeDiscoInfo,
  decodeDiscoItems,
  decodeMucRoomInfo,
  type Element,
  el,
  encodeDataForm,
  encodeRsmRequest,
  NS,
  requestEl,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import type { FakeSession } from '../../testing/fake-session.js';
import { brief, createRoomScene, jidOf } from '../../testing/room-scene.js';

async function ask(session: FakeSession, ns: string, to: string, ...more: Element[]): Promise<Element> {
  session.takes();
  await session.sends(requestEl({ to: jidOf(to), id: 'd', type: 'get' }, el('query', ns, {}, ...more)));
  return session.next();
}
async function items(session: FakeSession, to: string, ...more: Element[]) {
  const [query] = (await ask(session, NS.discoItems, to, ...more)).children;
  return typeof query === 'object' ? decodeDiscoItems(query) : undefined;
}
async function info(session: FakeSession, to: string) {
  const [query] = (await ask(session, NS.discoInfo, to)).children;
  return typeof query === 'object' ? decodeDiscoInfo(query) : undefined;
}
const hide = (field: string, value: string) =>
  el(
    'query',
    NS.mucOwner,
    {},
    encodeDataForm({
      type: 'submit',
      formType: 'http://jabber.org/protocol/muc#roomconfig',
      fields: [{ var: field, values: [value] }],
    }),
  );

describe('disco of rooms', () => {
  test('the host is found below the domain and says what it is', async () => {
    const scene = await createRoomScene();
    const romeo = await scene.enter('romeo');
    expect((await items(romeo, 'localhost'))?.items).toMatchObject([{ jid: 'rooms.localhost' }]);
    const host = await info(romeo, 'rooms.localhost');
    expect(host?.identities).toMatchObject([{ category: 'conference', type: 'text' }]);
    expect(host?.features).toContain(NS.muc);
  });

  test('a room tells its kind, its occupants and its subject', async () => {
    const scene = await createRoomScene();
    const romeo = await scene.enter('romeo');
    await scene.subject(romeo, 'Balconies');
    const room = await info(romeo, 'lobby@rooms.localhost');
    expect(room?.features).toEqual(
      expect.arrayContaining([
        NS.mam,
        NS.occupantId,
        NS.stanzaId,
        NS.mucSelfPing,
        'muc_open',
        'muc_persistent',
      ]),
    );
    expect(decodeMucRoomInfo(room?.forms ?? [])).toMatchObject({ subject: 'Balconies', occupants: 1 });
    romeo.end('closed');
    const paris = scene.kernel.bind('paris@localhost/a');
    expect(decodeMucRoomInfo((await info(paris, 'lobby@rooms.localhost'))?.forms ?? [])).toMatchObject({
      subject: 'Balconies',
      occupants: 0,
    });
    expect(scene.kernel.stats()).toMatchObject({ 'muc.rooms': 0 });
    expect(brief(await ask(paris, NS.discoInfo, 'nowhere@rooms.localhost'))).toBe('!item-not-found');
  });

  test('what is said in a members-only room, and how many hear it, is for those who may come in', async () => {
    const scene = await createRoomScene();
    const owner = await scene.enter('owner');
    await scene.subject(owner, 'Secret');
    await scene.asks(owner, 'set', hide('muc#roomconfig_membersonly', '1'));
    const about = async (session: FakeSession) =>
      decodeMucRoomInfo((await info(session, 'lobby@rooms.localhost'))?.forms ?? []);
    const { subject, occupants } = await about(scene.kernel.bind('paris@localhost/a'));
    expect([subject, occupants]).toEqual([undefined, undefined]);
    expect(await about(owner)).toMatchObject({ subject: 'Secret', occupants: 1 });
  });

  test('public rooms are listed page by page, hidden ones not', async () => {
    const scene = await createRoomScene({ createdPerMinute: 100 });
    const romeo = await scene.enter('romeo');
    for (const name of ['a', 'b', 'c']) {
      await romeo.sends(el('presence', NS.client, { to: `${name}@rooms.localhost/r` }, el('x', NS.muc)));
    }
    await scene.asks(romeo, 'set', hide('muc#roomconfig_publicroom', '0'));
    const first = await items(romeo, 'rooms.localhost', encodeRsmRequest({ max: 2 }));
    expect(first?.items.map(({ jid }) => jid)).toEqual(['a@rooms.localhost', 'b@rooms.localhost']);
    expect(first?.page).toMatchObject({ count: 3, index: 0 });
    const rest = await items(
      romeo,
      'rooms.localhost',
      encodeRsmRequest({ max: 2, after: first?.page?.last }),
    );
    expect(rest?.items.map(({ jid }) => jid)).toEqual(['c@rooms.localhost']);
    const unknown = await ask(romeo, NS.discoItems, 'rooms.localhost', encodeRsmRequest({ after: 'zzz' }));
    expect(brief(unknown)).toBe('!item-not-found');
  });

  test('the list has a bound', async () => {
    const scene = await createRoomScene({ listedRooms: 2 });
    const romeo = scene.kernel.bind('romeo@localhost/a', 'guest');
    for (const name of ['a', 'b', 'c']) {
      await romeo.sends(el('presence', NS.client, { to: `${name}@rooms.localhost/r` }, el('x', NS.muc)));
    }
    expect((await items(romeo, 'rooms.localhost'))?.items).toHaveLength(2);
  });

  test('who is in a room is told, but not of a hidden or members-only one to strangers', async () => {
    const scene = await createRoomScene();
    const owner = await scene.enter('owner');
    const paris = scene.kernel.bind('paris@localhost/a');
    const who = async (session: FakeSession) =>
      (await items(session, 'lobby@rooms.localhost'))?.items.map(({ jid }) => jid);
    expect(await who(paris)).toEqual(['lobby@rooms.localhost/owner']);
    await scene.asks(owner, 'set', hide('muc#roomconfig_membersonly', '1'));
    expect([await who(paris), await who(owner)]).toEqual([[], ['lobby@rooms.localhost/owner']]);
    await scene.asks(owner, 'set', hide('muc#roomconfig_membersonly', '0'));
    await scene.asks(owner, 'set', hide('muc#roomconfig_publicroom', '0'));
    expect([await who(paris), await who(owner)]).toEqual([[], ['lobby@rooms.localhost/owner']]);
  });
});
