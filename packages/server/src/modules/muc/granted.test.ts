import { decodeMucUser, decodeStanzaError, type Element } from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import type { RoomRight } from '../../kernel/grant.js';
import { createRoomScene } from '../../testing/room-scene.js';

const grant = (right: RoomRight, until?: number) => ({ rooms: { lobby: right }, until });

/** Affiliation and role that the last presence of mira among these tells, with its statuses. */
function standing(stanzas: readonly Element[], nick = 'mira'): unknown {
  const own = stanzas.filter(
    (stanza) => stanza.name === 'presence' && stanza.attrs.from?.endsWith(`/${nick}`),
  );
  const presence = own.at(-1);
  const user = presence && decodeMucUser(presence);
  return user && [user.item?.affiliation, user.item?.role, user.statuses.filter((status) => status !== 110)];
}

const problem = (stanza: Element): string | undefined => decodeStanzaError(stanza)?.condition;

/** What a session is told of itself on coming in. */
async function selfOf(right: RoomRight, settings = {}) {
  const scene = await createRoomScene(settings);
  await scene.enter('owner');
  const session = await scene.enter('mira', { grant: grant(right), keep: true });
  return { scene, session, own: standing(session.takes()) };
}

describe('what a credential grants in a room', () => {
  test('who keeps order is an admin there and nowhere else', async () => {
    const { own, scene, session } = await selfOf('moderate');
    expect(own).toEqual(['admin', 'moderator', []]);
    const joe = await scene.enter('joe');
    const answer = await scene.rules(session, { affiliation: 'outcast', jid: joe.account });
    expect(answer.attrs.type).toBe('result');
  });

  test('who may read has no voice', async () => {
    const { own, scene, session } = await selfOf('read');
    expect(own).toEqual(['none', 'visitor', []]);
    session.takes();
    await scene.says(session, 'hello');
    expect(session.takes().map(problem)).toEqual(['forbidden']);
  });

  test('who may write may do so in a moderated room, too', async () => {
    const { own } = await selfOf('write', { moderated: true });
    expect(own).toEqual(['none', 'participant', []]);
  });

  test('a room that is not granted cannot be entered, nor its archive read', async () => {
    const scene = await createRoomScene();
    await scene.enter('owner');
    const mira = await scene.enter('mira', { grant: { rooms: { hall: 'write' } }, keep: true });
    expect(mira.takes().map(problem)).toEqual(['not-allowed']);
  });

  test('an owner who came in to read is none here', async () => {
    const scene = await createRoomScene();
    const owner = await scene.enter('owner');
    owner.end('closed');
    const again = await scene.enter('owner', { grant: grant('read'), keep: true });
    expect(standing(again.takes(), 'owner')).toEqual(['member', 'visitor', []]);
  });

  test('a ban holds whatever is granted', async () => {
    const scene = await createRoomScene();
    const owner = await scene.enter('owner');
    const mira = await scene.enter('mira', { grant: grant('write') });
    await scene.rules(owner, { affiliation: 'outcast', jid: mira.account });
    mira.takes();
    mira.renews({ grant: grant('moderate') });
    await scene.join(mira, 'mira');
    expect(mira.takes().map(problem)).toEqual(['forbidden']);
  });
});

describe('a session that goes on under another credential', () => {
  test('is told of what it gains and loses at once, and so are the others', async () => {
    const scene = await createRoomScene();
    const owner = await scene.enter('owner');
    const mira = await scene.enter('mira', { grant: grant('read') });
    owner.takes();
    mira.renews({ grant: grant('moderate') });
    expect(standing(mira.takes())).toEqual(['admin', 'moderator', []]);
    expect(standing(owner.takes())).toEqual(['admin', 'moderator', []]);
    mira.renews({ grant: { rooms: {} } });
    expect(standing(mira.takes())).toEqual(['none', 'none', [321]]);
    expect(owner.takes().at(-1)?.attrs.type).toBe('unavailable');
  });

  test('keeps what moderators gave it where the credential says the same', async () => {
    const scene = await createRoomScene({ moderated: true });
    const owner = await scene.enter('owner');
    const mira = await scene.enter('mira', { grant: grant('read', 1000) });
    await scene.rules(owner, { nick: 'mira', role: 'participant' });
    mira.takes();
    mira.renews({ grant: grant('read', 2000) });
    expect(mira.takes()).toEqual([]);
  });
});
