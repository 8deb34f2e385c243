import { el, messageEl, NS, parseJid, presenceEl, serialize } from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { SharedStanza } from './shared-stanza.js';

const body = el('body', NS.client, {}, 'a \u{1f9a6} "quoted" & more');
const stanza = messageEl({ id: '1', type: 'groupchat' }, body);

describe('shared stanza', () => {
  test('stands around the recipient, whatever to it had', () => {
    const to = Buffer.from('r@example/x');
    const other = parseJid('other@example');
    const shared = SharedStanza.of(
      messageEl({ id: '1', type: 'groupchat', ...(other && { to: other }) }, body),
    );
    const bytes = shared.bytes(to);
    expect(bytes.toString()).toBe(serialize(stanza).replace('<message', '<message to="r@example/x"'));
    expect(shared.size(to.length)).toBe(bytes.length);
  });

  test('of text is the same as of the element', () => {
    const to = Buffer.from('a@b/c');
    expect(SharedStanza.ofText(serialize(stanza)).bytes(to)).toEqual(SharedStanza.of(stanza).bytes(to));
  });

  test('text that is no stanza is a mistake of the caller', () => {
    expect(() => SharedStanza.ofText('hello')).toThrow(TypeError);
  });
});

test('its text makes the same stanza again', () => {
  for (const element of [messageEl({ id: 'ü' }, el('body', NS.client, {}, 'häh? <>')), presenceEl({})]) {
    const made = SharedStanza.of(element);
    const again = SharedStanza.ofText(made.text);
    expect(again.bytes(Buffer.from('a@b/c')).toString()).toBe(made.bytes(Buffer.from('a@b/c')).toString());
  }
});
