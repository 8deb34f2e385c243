import {
  child,
  decodeMamQuery,
  type Element,
  el,
  encodeMamFin,
  encodeMamResult,
  encodeOriginId,
  messageEl,
  NS,
} from '@meerkat-chat/xmpp';
import { SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { ARCHIVE_PAGE } from './archive.js';
import { ConversationArchive } from './conversation-archive.js';
import { bare, full, ScriptedSession } from './testing/scripted-session.js';

const ANNA = bare('anna@example');
const BOB = bare('bob@example');

function setUp() {
  const session = new ScriptedSession();
  const archive = new ConversationArchive((iq) => session.request(iq), new SeededRandom());
  const asked = () => {
    const query = child(session.requests[0]?.iq ?? el('iq', NS.client), 'query', NS.mam);
    const decoded = query && decodeMamQuery(query);
    return decoded?.ok ? decoded.value : expect.fail();
  };
  const result = (message: Element, from = ANNA, queryId = asked().queryId) =>
    archive.hear(
      messageEl({ from }, encodeMamResult({ queryId, id: `a${message.attrs.id}`, at: 7 }, message)),
      ANNA,
    );
  const finish = (complete = true) =>
    session.requests[0]?.answer(
      el('iq', NS.client, { type: 'result' }, encodeMamFin({ complete, stable: true, page: { last: 'z' } })),
    );
  return { session, archive, asked, result, finish };
}

const line = (from: string, text: string, id = text) =>
  messageEl({ from: full(`${from}/r`), type: 'chat', id }, el('body', NS.client, {}, text));

test('what was said with somebody is asked of the own archive, and read by who said it', async () => {
  const { session, archive, asked, result, finish } = setUp();
  const page = archive.page(BOB, { before: '' });
  expect(session.requests[0]?.iq.attrs.to).toBeUndefined();
  expect(asked()).toMatchObject({ with: BOB, page: { before: '', max: ARCHIVE_PAGE } });
  expect(result(line('bob@example', '1'))).toBe(true);
  result(messageEl({ from: ANNA, id: '2' }, el('body', NS.client, {}, '2'), encodeOriginId('mine')));
  finish(false);
  expect(await page).toEqual({
    complete: false,
    last: 'z',
    lines: [
      { id: '1', archiveId: 'a1', nick: 'bob', occupantId: BOB, at: 7, old: true, text: '1', byId: false },
      {
        id: 'mine',
        archiveId: 'a2',
        nick: 'anna',
        occupantId: ANNA,
        at: 7,
        old: true,
        text: '2',
        byId: true,
      },
    ],
  });
});

test('what others claim to have found there, what nobody asked for, and what is of others is dropped', async () => {
  const { archive, result, finish } = setUp();
  const page = archive.page(BOB, {});
  expect(result(line('bob@example', '1'), BOB)).toBe(false);
  expect(result(line('bob@example', '2'), ANNA, 'other')).toBe(true);
  result(line('eve@example', '3'));
  result(messageEl({ from: BOB, id: '4' }));
  finish();
  expect((await page).lines).toEqual([]);
});

test('a page is no longer than was asked for', async () => {
  const { archive, result, finish } = setUp();
  const page = archive.page(BOB, {});
  for (let count = 0; count <= ARCHIVE_PAGE; count++) result(line('bob@example', String(count)));
  finish();
  expect((await page).lines).toHaveLength(ARCHIVE_PAGE);
});
