import {
  avatarOf,
  decodeMucUser,
  decodeStanzaError,
  type Element,
  encodeAvatar,
  presenceEl,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import type { Grant } from '../../kernel/grant.js';
import { at, createRoomScene } from '../../testing/room-scene.js';
import { avatarGiven } from './site-identity.js';

const PICTURE = 'https://shop.example/mira.png';

/** How the room shows somebody to themselves: the nick, with the statuses of that. */
function self(stanzas: readonly Element[]): unknown {
  const own = stanzas.findLast((stanza) => decodeMucUser(stanza)?.statuses.includes(110));
  return (
    own && [
      own.attrs.from?.split('/').slice(1).join('/'),
      decodeMucUser(own)?.statuses.filter((code) => code !== 110),
    ]
  );
}

async function entered(grant: Grant, settings = {}) {
  const scene = await createRoomScene(settings);
  const owner = await scene.enter('owner');
  const mira = await scene.enter('mira', { grant, keep: true });
  return { scene, owner, mira, own: self(mira.takes()) };
}

describe('a name that a site gives', () => {
  test.each([
    ['Mira Kim', 'Mira Kim'],
    ['  Mira \t\n Kim ', 'Mira Kim'],
    ['\u202eMira\u200e Kim', 'Mira Kim'],
    ['<b>Mira</b> & Co', '<b>Mira</b> & Co'],
    ['x'.repeat(200), 'x'.repeat(125)],
    ['é'.repeat(100), 'é'.repeat(62)],
    // What nobody can see is no name.
    ['\u2060\u3164', 'mira'],
  ])('%j is the nick, whatever was asked for', async (name, nick) => {
    const { own } = await entered({ name });
    expect(own).toEqual([nick, nick === 'mira' ? [] : [210]]);
  });

  test('is not asked about twice: who asks for it gets it', async () => {
    const scene = await createRoomScene();
    await scene.enter('owner');
    const mira = await scene.enter('mira', { nick: 'Mira Kim', grant: { name: 'Mira Kim' }, keep: true });
    expect(self(mira.takes())).toEqual(['Mira Kim', []]);
  });

  test('a namesake is told apart; more sessions of the same person are one', async () => {
    const { scene } = await entered({ name: 'Mira Kim' });
    const other = await scene.enter('joe', { grant: { name: 'Mira Kim' }, keep: true });
    expect(self(other.takes())).toEqual(['Mira Kim 2', [210]]);
    const more = { grant: { name: 'Mira Kim' }, resource: 'phone', keep: true };
    const again = await scene.enter('mira', more);
    expect(self(again.takes())).toEqual(['Mira Kim', [210]]);
  });

  test('cannot be changed, unless it is a proposal', async () => {
    const { mira } = await entered({ name: 'Mira Kim' });
    await mira.sends(presenceEl({ to: at('Admin') }));
    expect(mira.takes().map((stanza) => decodeStanzaError(stanza)?.condition)).toEqual(['not-acceptable']);
    const free = await entered({ name: 'Mira Kim' }, { siteNames: false });
    expect(free.own).toEqual(['mira', []]);
  });
});

describe('a picture that a site gives', () => {
  const settings = (avatars: { readonly shown?: boolean; readonly hosts?: readonly string[] } = {}) => ({
    avatars: { shown: avatars.shown ?? true, hosts: [...(avatars.hosts ?? [])] },
  });

  test('goes with presence and with what is said, and nobody else can say it', async () => {
    const { mira, owner, scene } = await entered({ avatar: PICTURE });
    const presence = owner.takes().find((stanza) => stanza.attrs.from?.endsWith('/mira'));
    expect(presence && avatarOf(presence)).toBe(PICTURE);
    await scene.says(mira, 'hello');
    expect(owner.takes().map(avatarOf)).toEqual([PICTURE]);
    mira.takes();
    await scene.says(owner, 'hi', [encodeAvatar('https://evil.example/x.png')]);
    expect(mira.takes().map(avatarOf)).toEqual([undefined]);
  });

  test.each<[string, string | undefined, Parameters<typeof settings>[0]?]>([
    [PICTURE, PICTURE],
    [PICTURE, undefined, { shown: false }],
    [PICTURE, PICTURE, { hosts: ['shop.example'] }],
    [PICTURE, undefined, { hosts: ['example', 'xshop.example'] }],
    ['https://a.gravatar.com/1', 'https://a.gravatar.com/1', { hosts: ['*.gravatar.com'] }],
    ['https://evilgravatar.com/1', undefined, { hosts: ['*.gravatar.com'] }],
    ['https://shop.example:8443/1', undefined, { hosts: ['shop.example'] }],
    ['https://mira:secret@shop.example/1', undefined],
    ['http://shop.example/1', undefined],
    ['https://sh op.example/1', undefined],
    ['https://shop.example/"><script>', 'https://shop.example/%22%3E%3Cscript%3E'],
    [`https://a/${'"'.repeat(500)}`, undefined],
  ])('%s is shown as %s', (avatar, shown, said) => {
    expect(avatarGiven(settings(said), { avatar })).toBe(shown);
  });
});
