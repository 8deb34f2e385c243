import {
  type BareJid,
  childText,
  decodeMamFin,
  decodeMamMetadata,
  decodeMamResult,
  type Element,
  el,
  elements,
  encodeDataForm,
  encodeMamQuery,
  type MamQuery,
  NS,
  requestEl,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import type { FakeSession } from '../../testing/fake-session.js';
import { createTestKernel } from '../../testing/index.js';
import { at, brief, createRoomScene, jidOf } from '../../testing/room-scene.js';
import { cutToFit } from './archive-page.js';
import { mam } from './mam.js';

const LOBBY = jidOf('lobby@rooms.localhost');

/** A room where 1 to 5 were said, ten seconds apart, by two in turn. */
async function told() {
  const scene = await createRoomScene();
  const romeo = await scene.enter('romeo');
  const juliet = await scene.enter('juliet');
  const begun = scene.kernel.clock.now();
  for (const text of ['1', '2', '3', '4', '5']) {
    await scene.says(Number(text) % 2 ? romeo : juliet, text);
    scene.kernel.clock.advance(10_000);
  }
  const all = await read(romeo, { page: {} });
  const ids = new Map(all.results.map(({ text, id }) => [text ?? '', id] as const));
  return { scene, romeo, juliet, begun, id: (text: string) => ids.get(text) ?? '' };
}

async function read(session: FakeSession, query: MamQuery) {
  session.takes();
  await session.sends(
    requestEl({ to: LOBBY, id: 'mam', type: 'set' }, encodeMamQuery({ queryId: 'q', ...query })),
  );
  const got: Element[] = [];
  let answer: Element | undefined;
  while (!answer) {
    const stanza = await session.next();
    if (stanza.name === 'iq') answer = stanza;
    else got.push(stanza);
  }
  const results = got.flatMap((stanza) => {
    const result = decodeMamResult(stanza);
    return result ? [{ ...result, text: childText(result.message, 'body') }] : [];
  });
  const [fin] = elements(answer);
  return {
    answer,
    results,
    texts: results.map(({ text }) => text).join(''),
    fin: answer.attrs.type === 'result' && fin ? decodeMamFin(fin) : undefined,
    error: brief(answer),
  };
}

describe('a page in characters', () => {
  const entry = (id: string, length: number) => ({
    id,
    archive: 'lobby@rooms.localhost' as BareJid,
    at: 0,
    sender: 'x',
    xml: 'y'.repeat(length),
  });
  const page = {
    found: true,
    complete: true,
    entries: [entry('a', 40), entry('b', 40), entry('c', 20)],
  } as const;
  const cut = (isBackward: boolean, chars: number) => {
    const part = cutToFit(page, isBackward, chars);
    return part.found && [part.entries.map(({ id }) => id).join(''), part.complete];
  };

  test('has what fits, from the side from which it is read, and at least one message', () => {
    expect(cut(false, 100)).toEqual(['abc', true]);
    expect(cut(false, 99)).toEqual(['ab', false]);
    expect(cut(true, 99)).toEqual(['bc', false]);
    expect(cut(true, 1)).toEqual(['c', false]);
    expect(cut(false, 1)).toEqual(['a', false]);
  });

  test('is a setting, and its reader goes on behind it', async () => {
    const scene = await createRoomScene({}, undefined, { mam: { pageChars: 1000 } });
    const romeo = await scene.enter('romeo');
    for (const text of ['1', '2', '3', '4', '5']) await scene.says(romeo, text);
    const first = await read(romeo, { page: {} });
    expect([first.texts.length > 0, first.texts.length < 5, first.fin?.complete]).toEqual([
      true,
      true,
      false,
    ]);
    let { texts } = first;
    for (let { fin } = first; fin?.complete === false; ) {
      const next = await read(romeo, { page: { after: fin.page.last ?? '' } });
      texts += next.texts;
      fin = next.fin;
    }
    expect(texts).toBe('12345');
  });
});

describe('an archive', () => {
  test('gives everything, stamped, in order, then fin', async () => {
    const { romeo, begun } = await told();
    const { results, texts, fin } = await read(romeo, { page: {} });
    expect(texts).toBe('12345');
    expect(results[1]).toMatchObject({ queryId: 'q', at: begun + 10_000 });
    expect(results[1]?.message.attrs).toMatchObject({ from: at('juliet'), type: 'groupchat', id: 'm-2' });
    expect(fin).toMatchObject({ complete: true, stable: true });
    expect([fin?.page.first, fin?.page.last]).toEqual([results[0]?.id, results[4]?.id]);
  });

  test.each<[string, (id: (text: string) => string, begun: number) => MamQuery, string, boolean]>([
    ['first page', () => ({ page: { max: 2 } }), '12', false],
    ['next page', (id) => ({ page: { max: 2, after: id('2') } }), '34', false],
    ['end of it', (id) => ({ page: { max: 2, after: id('4') } }), '5', true],
    ['last page', () => ({ page: { max: 2, before: '' } }), '45', false],
    ['page before', (id) => ({ page: { max: 2, before: id('3') } }), '12', true],
    ['flipped', () => ({ page: { max: 2, before: '' }, flip: true }), '54', false],
    ['by time', (_, begun) => ({ start: begun + 10_000, end: begun + 30_000, page: {} }), '234', true],
    ['by sender', () => ({ with: at('juliet'), page: {} }), '24', true],
    ['after an id', (id) => ({ afterId: id('3'), page: {} }), '45', true],
    ['before an id', (id) => ({ beforeId: id('3'), page: {} }), '12', true],
    ['before an id, not yet there', (id) => ({ beforeId: id('4'), page: { max: 2 } }), '12', false],
    ['between ids', (id) => ({ afterId: id('1'), beforeId: id('5'), page: { max: 2 } }), '23', false],
    [
      'between ids, last page',
      (id) => ({ afterId: id('1'), beforeId: id('5'), page: { max: 2, before: '' } }),
      '34',
      false,
    ],
    ['by ids', (id) => ({ ids: [id('4'), id('1'), id('4')], page: {} }), '14', true],
    ['by ids and time', (id, begun) => ({ ids: [id('4'), id('1')], start: begun + 1, page: {} }), '4', true],
    ['of the room itself', () => ({ with: LOBBY, page: { max: 2 } }), '12', false],
    ['nothing at all', () => ({ page: { max: 0 } }), '', false],
  ])('%s', async (_name, query, texts, complete) => {
    const { romeo, id, begun } = await told();
    const page = await read(romeo, query(id, begun));
    expect([page.texts, page.fin?.complete]).toEqual([texts, complete]);
  });

  test.each<MamQuery>([
    { page: { after: 'unknown' } },
    { page: { before: 'unknown' } },
    { page: {}, afterId: 'unknown' },
    { page: {}, beforeId: 'unknown' },
    { page: {}, ids: ['unknown'] },
    { page: {}, ids: [''] },
  ])('an unknown id is item-not-found: %j', async (query) => {
    const { romeo } = await told();
    expect((await read(romeo, query)).error).toBe('!item-not-found');
  });

  test('gives no more on a page than its bound', async () => {
    const kernel = await createTestKernel({
      modules: [mam, open],
      settings: { mam: { pageMessages: 3 } },
    });
    const romeo = kernel.bind('romeo@localhost/a');
    for (let n = 0; n < 4; n++) {
      const id = kernel.storage.archive.nextId(kernel.clock.now());
      const xml = '<message xmlns="jabber:client" type="groupchat"><body>x</body></message>';
      await kernel.storage.archive.append({
        id,
        archive: LOBBY as never,
        at: kernel.clock.now(),
        sender: 'x',
        xml,
      });
    }
    for (const max of [undefined, 3, 4]) {
      const page = await read(romeo, { page: { max } });
      expect([page.texts, page.fin?.complete]).toEqual(['xxx', false]);
    }
    const ids = (await kernel.storage.archive.query({ archive: LOBBY as never, max: 4 })) as {
      entries: readonly { id: string }[];
    };
    const all = ids.entries.map(({ id }) => id);
    expect((await read(romeo, { page: {}, ids: all.slice(0, 3) })).texts).toBe('xxx');
    expect((await read(romeo, { page: {}, ids: all })).error).toBe('!policy-violation');
  });

  test('tells its edges, and its form', async () => {
    const { romeo, id, begun } = await told();
    const get = async (payload: Element) => {
      romeo.takes();
      await romeo.sends(requestEl({ to: LOBBY, id: 'x', type: 'get' }, payload));
      const [content] = elements(await romeo.next());
      return content;
    };
    const metadata = await get(el('metadata', NS.mam));
    expect(metadata && decodeMamMetadata(metadata)).toEqual({
      start: { id: id('1'), at: begun },
      end: { id: id('5'), at: begun + 40_000 },
    });
    const form = await get(el('query', NS.mam));
    expect(form?.children[0]).toMatchObject({ name: 'x', ns: NS.dataForms });
  });

  test('is closed to the banned, to strangers of a members-only room, and where there is none', async () => {
    const { scene, romeo, juliet } = await told();
    const paris = scene.kernel.bind('paris@localhost/a');
    expect((await read(paris, { page: {} })).texts).toBe('12345');
    await scene.rules(romeo, { jid: paris.account, affiliation: 'outcast' });
    expect((await read(paris, { page: {} })).error).toBe('!forbidden');
    const fields = [{ var: 'muc#roomconfig_membersonly', values: ['1'] }];
    const formType = 'http://jabber.org/protocol/muc#roomconfig';
    await scene.asks(
      romeo,
      'set',
      el('query', NS.mucOwner, {}, encodeDataForm({ type: 'submit', formType, fields })),
    );
    expect((await read(juliet, { page: {} })).error).toBe('!forbidden');
    expect((await read(romeo, { page: {} })).texts).toBe('12345');
    romeo.takes();
    await romeo.sends(
      requestEl({ to: jidOf('romeo@localhost'), id: 'x', type: 'set' }, encodeMamQuery({ page: {} })),
    );
    expect(brief(await romeo.next())).toBe('!service-unavailable');
  });
});

const open = {
  id: 'open',
  xeps: [],
  settings: mam.settings,
  setup(context: Parameters<typeof mam.setup>[0]) {
    context.host('rooms', () => undefined);
    context.on('archive:access', () => ({ allow: true as const }));
  },
};
