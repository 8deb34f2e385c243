import { el, NS, type Presence, parseJid, presenceEl, readStanza } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { highestStatus } from './account-status.js';

/** A presence of somebody with that `<show/>`; none for an empty text. */
function presence(show: string): Presence {
  const from = parseJid('romeo@localhost/a') ?? expect.unreachable();
  const stanza = readStanza(presenceEl({}, show !== '' && el('show', NS.client, {}, show)), from, undefined);
  return typeof stanza === 'object' && stanza.kind === 'presence' ? stanza : expect.unreachable();
}

test.each([
  [[], 'offline'],
  [[''], 'online'],
  [['chat'], 'online'],
  [['away'], 'away'],
  [['xa'], 'away'],
  [['dnd'], 'dnd'],
  [['away', 'dnd', 'xa'], 'dnd'],
  [['dnd', 'away', ''], 'online'],
  // RFC 6121 section 4.7.2.1 knows four: whoever says something else is here.
  [['lunch'], 'online'],
])('resources that say %j come to %s', (shows, status) => {
  expect(highestStatus(shows.map(presence))).toBe(status);
});

test('a resource that is not available does not count', () => {
  expect(highestStatus([undefined])).toBe('offline');
  expect(highestStatus([undefined, presence('away')])).toBe('away');
});
