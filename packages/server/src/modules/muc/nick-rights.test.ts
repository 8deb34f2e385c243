import { decodeStanzaError, isBare, isReservedNick, presenceEl } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { quickKeys } from '../../testing/fake-authenticator.js';
import { at, createRoomScene, heard, jidOf, type RoomScene } from '../../testing/room-scene.js';

const guest = (scene: RoomScene, name = 'guest-a') => scene.kernel.bind(`${name}@localhost/page`, 'guest');

async function sceneWith(...accounts: readonly string[]) {
  const scene = await createRoomScene();
  for (const name of accounts) {
    const account = jidOf(`${name}@localhost`);
    if (!isBare(account)) throw new TypeError(name);
    const keys = { 'SHA-1': quickKeys('pw', 'SHA-1'), 'SHA-256': quickKeys('pw', 'SHA-256') };
    await scene.kernel.storage.users.add({ account, keys, createdAt: 0 });
  }
  return scene;
}

test('a guest cannot join under a reserved name, and is told so by a condition of its own', async () => {
  const scene = await sceneWith();
  const session = guest(scene);
  await scene.join(session, 'Аdmin');
  const error = decodeStanzaError(await session.next());
  expect(error).toMatchObject({ condition: 'not-acceptable', type: 'modify' });
  expect(isReservedNick(error.application)).toBe(true);
  await scene.join(session, 'Adam');
  expect(heard(session)).toContain('+Adam 110 201');
});

test('nor change to one, and stays who they are', async () => {
  const scene = await sceneWith();
  const session = await scene.enter('guest-a', { kind: 'guest', nick: 'Mira' });
  await session.sends(presenceEl({ to: at('moderator') }));
  expect(heard(session)).toEqual(['!not-acceptable']);
  await scene.says(session, 'hi');
  expect(heard(session)).toEqual(['Mira: hi']);
});

test('users can: the site has named them', async () => {
  const scene = await sceneWith();
  await scene
    .enter('root', { nick: 'admin', keep: true })
    .then((root) => expect(heard(root)).toContain('+admin 110 201'));
});

test('the name of an account is not for guests, nor one that looks like it, whoever is there', async () => {
  const scene = await sceneWith('mira');
  for (const nick of ['mira', 'Mіra', 'M I R A']) {
    const session = guest(scene, `guest-${nick.length}${nick.charCodeAt(1)}`);
    await scene.join(session, nick);
    expect(heard(session), nick).toEqual(['!conflict']);
  }
  const session = guest(scene);
  await scene.join(session, 'Mira 2');
  expect(heard(session)).toContain('+Mira 2 110 201');
  await session.sends(presenceEl({ to: at('mira') }));
  expect(heard(session)).toEqual(['!conflict']);
  const user = await scene.enter('mira', { nick: 'Mira', keep: true });
  expect(heard(user)).toContain('+Mira 110');
});

test('what a guest sends behind a join that is looked up comes after it', async () => {
  const scene = await sceneWith();
  const session = guest(scene);
  await Promise.all([scene.join(session, 'Mira'), scene.says(session, 'hi')]);
  expect(heard(session)).toEqual(['+Mira 110 201', 'subject ""', 'Mira: hi']);
});

test('names on the lists of a room are not for guests there; those of the banned are', async () => {
  const scene = await sceneWith();
  const owner = await scene.enter('romeo');
  const account = (name: string) => {
    const jid = jidOf(`${name}@elsewhere.example`);
    if (!isBare(jid)) throw new TypeError(name);
    return jid;
  };
  await scene.rules(owner, { jid: account('juliet'), affiliation: 'member' });
  await scene.rules(owner, { jid: account('paris'), affiliation: 'outcast' });
  const session = guest(scene);
  await scene.join(session, 'Juliet');
  expect(heard(session)).toEqual(['!conflict']);
  await scene.join(session, 'Paris');
  expect(heard(session)).toContain('+Paris 110');
  await scene.rules(owner, { jid: account('juliet'), affiliation: 'none' });
  const other = guest(scene, 'guest-b');
  await scene.join(other, 'Juliet');
  expect(heard(other)).toContain('+Juliet 110');
});

test('without protection names are free', async () => {
  const scene = await createRoomScene({ protectNames: false, reservedNicks: [] });
  const session = guest(scene);
  await scene.join(session, 'admin');
  expect(heard(session)).toContain('+admin 110 201');
});
