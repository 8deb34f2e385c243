import { expect, test } from 'vitest';
import { type Jid, parseJid } from './jid.js';
import { decodeMucAdmin, encodeMucAdmin } from './muc-admin.js';
import { NS } from './ns.js';
import { el } from './xml/element.js';

test('items are read back', () => {
  const jid = parseJid('a@example') as Jid;
  const items = [
    { affiliation: 'outcast' as const, jid, reason: 'noise' },
    { role: 'none' as const, nick: 'x' },
  ];
  expect(decodeMucAdmin(encodeMucAdmin(items))).toEqual({ ok: true, value: items });
});

test.each([
  [{}, 'bad-request', false],
  [{ role: 'king' }, 'bad-request', true],
  [{ affiliation: 'toString' }, 'bad-request', true],
  [{ jid: '@' }, 'jid-malformed', true],
])('refuses an item with %j', (attrs, condition, withItem) => {
  const query = el('query', NS.mucAdmin, {}, withItem && el('item', NS.mucAdmin, attrs));
  expect(decodeMucAdmin(query)).toMatchObject({ ok: false, error: { condition } });
});
