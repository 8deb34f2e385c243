import {
  child,
  children,
  type DataForm,
  decodeDataForm,
  decodeMucUser,
  el,
  encodeDataForm,
  formValue,
  NS,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import type { FakeSession } from '../../testing/fake-session.js';
import { brief, createRoomScene, heard, type RoomScene } from '../../testing/room-scene.js';

const FORM = 'http://jabber.org/protocol/muc#roomconfig';
const query = (...nodes: Parameters<typeof el>[3][]) => el('query', NS.mucOwner, {}, ...nodes);
const submit = (values: Readonly<Record<string, string>>, formType = FORM) => {
  const fields = Object.entries(values).map(([name, value]) => ({ var: name, values: [value] }));
  return query(encodeDataForm({ type: 'submit', formType, fields }));
};

async function formOf(scene: RoomScene, owner: FakeSession): Promise<DataForm> {
  const answer = await scene.asks(owner, 'get', query());
  const asked = child(answer, 'query', NS.mucOwner);
  const x = asked && child(asked, 'x', NS.dataForms);
  const form = x && decodeDataForm(x);
  if (!form?.ok) throw new Error('there is no form');
  return form.value;
}

describe('configuration', () => {
  test('is for owners alone', async () => {
    const scene = await createRoomScene();
    await scene.enter('owner');
    const juliet = await scene.enter('juliet');
    expect(brief(await scene.asks(juliet, 'get', query()))).toBe('!forbidden');
    expect(brief(await scene.asks(juliet, 'set', submit({})))).toBe('!forbidden');
    expect(brief(await scene.asks(juliet, 'set', query(el('destroy', NS.mucOwner))))).toBe('!forbidden');
  });

  test('changes what is named, tells all with 104, and is kept', async () => {
    const scene = await createRoomScene();
    const owner = await scene.enter('owner');
    const juliet = await scene.enter('juliet');
    const change = { 'muc#roomconfig_roomname': 'Verona', 'muc#roomconfig_moderatedroom': '1', odd: 'x' };
    expect(brief(await scene.asks(owner, 'set', submit(change)))).toBe('iq result');
    expect(heard(juliet)).toEqual(['room 104']);
    owner.end('closed');
    juliet.end('closed');
    const back = await scene.enter('owner');
    const form = await formOf(scene, back);
    expect(formValue(form, 'muc#roomconfig_roomname')).toBe('Verona');
    expect(formValue(form, 'muc#roomconfig_moderatedroom')).toBe('1');
    expect(formValue(form, 'muc#roomconfig_publicroom')).toBe('1');
    const visitor = await scene.enter('paris', { keep: true });
    await scene.says(visitor, 'hi');
    expect(heard(visitor).at(-1)).toBe('!forbidden');
  });

  test('an instant room and a cancelled form change nothing', async () => {
    const scene = await createRoomScene();
    const owner = await scene.enter('owner');
    expect(brief(await scene.asks(owner, 'set', submit({})))).toBe('iq result');
    const cancel = query(encodeDataForm({ type: 'cancel', fields: [] }));
    expect(brief(await scene.asks(owner, 'set', cancel))).toBe('iq result');
    expect(owner.takes()).toEqual([]);
  });

  test.each([
    [submit({ 'muc#roomconfig_publicroom': 'perhaps' }), '!not-acceptable'],
    [submit({ 'muc#roomconfig_roomname': 'x'.repeat(501) }), '!not-acceptable'],
    [submit({ 'muc#roomconfig_roomname': 'x'.repeat(500) }), 'iq result'],
    [submit({ 'muc#roomconfig_publicroom': '1' }, 'urn:other'), '!bad-request'],
    [query(), '!bad-request'],
  ])('form %#', async (payload, answer) => {
    const scene = await createRoomScene();
    const owner = await scene.enter('owner');
    expect(brief(await scene.asks(owner, 'set', payload))).toBe(answer);
  });

  test('a room that becomes members-only sees off who is no member, with 322', async () => {
    const scene = await createRoomScene();
    const owner = await scene.enter('owner');
    const juliet = await scene.enter('juliet');
    await scene.asks(owner, 'set', submit({ 'muc#roomconfig_membersonly': '1' }));
    expect(heard(juliet)).toEqual(['room 104', '-juliet 110 322']);
    await scene.join(juliet, 'juliet');
    expect(heard(juliet)).toEqual(['!registration-required']);
    await scene.rules(owner, { jid: juliet.account, affiliation: 'member' });
    await scene.join(juliet, 'juliet');
    expect(heard(juliet)).toContain('+juliet 110');
    await scene.rules(owner, { jid: juliet.account, affiliation: 'none' });
    expect(heard(juliet)).toEqual(['-juliet 110 321']);
  });

  test('a room that is not to be kept is gone with its last occupant', async () => {
    const scene = await createRoomScene();
    const owner = await scene.enter('owner');
    await scene.asks(owner, 'set', submit({ 'muc#roomconfig_persistentroom': '0' }));
    owner.end('closed');
    const paris = await scene.enter('paris', { keep: true });
    expect(heard(paris)[0]).toBe('+paris 110 201');
  });
});

describe('a room without an archive', () => {
  const archived = async (scene: RoomScene): Promise<number> => {
    const page = await scene.kernel.storage.archive.query({
      archive: 'lobby@rooms.localhost' as never,
      max: 9,
    });
    return page.found ? page.entries.length : 0;
  };
  const features = async (scene: RoomScene, session: FakeSession): Promise<readonly string[]> => {
    const answer = await scene.asks(session, 'get', el('query', NS.discoInfo));
    const info = child(answer, 'query', NS.discoInfo);
    return info ? children(info, 'feature').flatMap(({ attrs }) => attrs.var ?? []) : [];
  };

  test('tells messages and remembers them for joiners, and keeps none', async () => {
    const scene = await createRoomScene();
    const owner = await scene.enter('owner');
    await scene.says(owner, 'kept');
    await scene.asks(owner, 'set', submit({ 'muc#roomconfig_enablearchiving': '0' }));
    owner.takes();
    await scene.says(owner, 'told');
    const [told] = owner.takes();
    expect(told && brief(told)).toBe('owner: told');
    expect(told && child(told, 'stanza-id', NS.stanzaId)).toBeUndefined();
    expect(await archived(scene)).toBe(1);
    expect(heard(await scene.enter('juliet', { keep: true }))).toContain('past owner: told');
    expect(await features(scene, owner)).not.toContain(NS.mam);
    await scene.asks(owner, 'set', submit({ 'muc#roomconfig_enablearchiving': '1' }));
    await scene.says(owner, 'kept again');
    expect(await archived(scene)).toBe(2);
    expect(await features(scene, owner)).toEqual(expect.arrayContaining([NS.mam, NS.stanzaId]));
  });

  test('is what a new room is where the settings say so', async () => {
    const scene = await createRoomScene({ archive: false });
    const owner = await scene.enter('owner');
    expect(formValue(await formOf(scene, owner), 'muc#roomconfig_enablearchiving')).toBe('0');
    await scene.says(owner, 'told');
    expect(heard(owner)).toEqual(['owner: told']);
    expect(await archived(scene)).toBe(0);
  });
});

test('a destroyed room says so to everybody and is forgotten, archive and all', async () => {
  const scene = await createRoomScene();
  const owner = await scene.enter('owner');
  const juliet = await scene.enter('juliet');
  await scene.says(juliet, 'hi');
  juliet.takes();
  const destroy = query(el('destroy', NS.mucOwner, {}, el('reason', NS.mucOwner, {}, 'over')));
  expect(brief(await scene.asks(owner, 'set', destroy))).toBe('iq result');
  const [gone] = juliet.takes();
  expect(gone && brief(gone)).toBe('-juliet 110');
  expect(gone && decodeMucUser(gone)?.destroy?.reason).toBe('over');
  expect(scene.kernel.stats()).toMatchObject({ 'muc.rooms': 0, 'muc.sessions': 0 });
  expect(heard(await scene.enter('paris', { keep: true }))).toEqual(['+paris 110 201', 'subject ""']);
});
