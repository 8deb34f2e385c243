import { el, messageEl, NS, serialize } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { textOfArchived } from './archived-text.js';

test.each(['hello', '<b>"Fish" & \'chips\'</b> &amp; &lt;', 'two\nlines', ''])(
  'what was said is read back: %j',
  (text) => {
    const xml = serialize(
      messageEl({ type: 'groupchat' }, el('body', NS.client, { 'xml:lang': 'en' }, text)),
    );
    expect(textOfArchived(xml) ?? '').toBe(text);
  },
);

test('a message without a body has no text', () => {
  expect(textOfArchived(serialize(messageEl({}, el('subject', NS.client, {}, 'x'))))).toBeUndefined();
});
