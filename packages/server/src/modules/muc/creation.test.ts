import { decodeMucUser, decodeStanzaError, encodeMucJoin, presenceEl } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import type { Grant } from '../../kernel/grant.js';
import { createRoomScene, heard, jidOf, type RoomScene } from '../../testing/room-scene.js';

const BLOG = 'https://blog.example';

/** Somebody on a page who enters a room, and what the first answer is. */
async function visit(
  scene: RoomScene,
  name: string,
  {
    room = 'page-1-a',
    origin,
    kind = 'guest',
  }: { room?: string; origin?: string; kind?: 'guest' | 'user' } = {},
) {
  const session = scene.kernel.bind(`${name}@localhost/x`, kind);
  session.peer = { ...session.peer, origin };
  await session.sends(presenceEl({ to: jidOf(`${room}@rooms.localhost/${name}`) }, encodeMucJoin({})));
  return session;
}

test.each([
  ['whoever `create` lets, while no origins are named', [], 'anyone', undefined, '+v 110 201'],
  ['nobody else then', [], 'users', BLOG, '!not-allowed'],
  ['a guest on a page that is named', [BLOG], 'users', BLOG, '+v 110 201'],
  ['nobody on another page', [BLOG], 'anyone', 'https://blog.example.evil', '!not-allowed'],
  ['nobody in a frame without an origin', [BLOG], 'anyone', 'null', '!not-allowed'],
  ['nobody without a page', [BLOG], 'anyone', undefined, '!not-allowed'],
])('the room of a page is made by %s', async (_, origins, create, origin, answer) => {
  const scene = await createRoomScene({ create, pages: { origins } });
  expect(heard(await visit(scene, 'v', origin === undefined ? {} : { origin }))[0]).toBe(answer);
});

test('the origins say nothing of other rooms, of rooms that are there, and of administrators', async () => {
  const scene = await createRoomScene({ admins: ['boss@localhost'], pages: { origins: [BLOG] } });
  expect(heard(await visit(scene, 'a', { room: 'lobby' }))[0]).toBe('+a 110 201');
  expect(heard(await visit(scene, 'boss', { kind: 'user' }))[0]).toBe('+boss 110 201');
  expect(heard(await visit(scene, 'b', { origin: 'https://other.example' }))).toContain('+b 110');
});

test('who is refused is told why', async () => {
  const scene = await createRoomScene({ pages: { origins: [BLOG], createdPerHour: 1 } });
  const [site] = (await visit(scene, 'a', { origin: 'https://other.example' })).takes();
  expect(site && decodeStanzaError(site)?.text).toBe('The pages of this site have no rooms here.');
  await visit(scene, 'b', { origin: BLOG });
  const [many] = (await visit(scene, 'c', { room: 'page-2-b', origin: BLOG })).takes();
  expect(many && decodeStanzaError(many)).toMatchObject({ condition: 'policy-violation', type: 'wait' });
});

test('a user does not own the room of a page, and it goes with its last reader', async () => {
  const scene = await createRoomScene();
  const session = await visit(scene, 'mira', { kind: 'user' });
  const [self] = session.takes();
  expect(self && decodeMucUser(self)?.item).toMatchObject({ affiliation: 'none', role: 'participant' });
  session.end('closed');
  expect(scene.kernel.stats()).toMatchObject({ 'muc.rooms': 0 });
  expect(heard(await visit(scene, 'tom'))[0]).toBe('+tom 110 201');
});

test.each<[string, Grant | undefined, string]>([
  ['whom a site has signed in has nothing', { name: 'Mira Kim' }, 'none'],
  ['who may moderate by the site is no owner either', { rooms: { '*': 'moderate' } }, 'admin'],
  ['who has an account here owns it', undefined, 'owner'],
])('of who enters a room first: %s', async (_, grant, affiliation) => {
  const scene = await createRoomScene();
  const session = await scene.enter('mira', { keep: true, ...(grant && { grant }) });
  const own = session.takes().map((stanza) => decodeMucUser(stanza)?.item?.affiliation);
  expect(own).toContain(affiliation);
});

test('rooms of pages made from one address in an hour; other rooms do not count', async () => {
  const scene = await createRoomScene({ pages: { createdPerHour: 2 } });
  const names = ['page-1-a', 'page-2-b', 'lobby', 'page-3-c'];
  const lines: (string | undefined)[] = [];
  for (const [at, room] of names.entries()) lines.push(heard(await visit(scene, `v${at}`, { room }))[0]);
  expect(lines).toEqual(['+v0 110 201', '+v1 110 201', '+v2 110 201', '!policy-violation']);
  // The room that is there already is free to enter.
  expect(heard(await visit(scene, 'w', { room: 'page-1-a' }))).toContain('+w 110');
  scene.kernel.clock.advance(1_799_999);
  expect(heard(await visit(scene, 'x', { room: 'page-3-c' }))[0]).toBe('!policy-violation');
  scene.kernel.clock.advance(1);
  expect(heard(await visit(scene, 'y', { room: 'page-3-c' }))[0]).toBe('+y 110 201');
});
