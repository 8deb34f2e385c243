import { serialize } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { directMessage } from './conversation-lines.js';
import { bare } from './testing/scripted-session.js';

// What a conversation does is played in conversations.test.ts, where it has a page and a server.

test('a message goes to all that somebody uses, under an id for good, and asks for a receipt', () => {
  expect(serialize(directMessage(bare('bob@example'), 'k1', 'hi'))).toBe(
    '<message xmlns="jabber:client" to="bob@example" id="k1" type="chat"><body>hi</body>' +
      '<origin-id xmlns="urn:xmpp:sid:0" id="k1"/><request xmlns="urn:xmpp:receipts"/></message>',
  );
});
