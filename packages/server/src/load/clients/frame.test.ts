import { NS } from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import {
  attribute,
  begins,
  conditionOf,
  content,
  isError,
  isOwnPresence,
  kindOf,
  NumberFinder,
  numberedBody,
} from './frame.js';

test('what a frame is, by its first letters; elements that begin alike are told apart', () => {
  const kinds = (...frames: readonly string[]) => frames.map((frame) => kindOf(Buffer.from(frame)));
  expect(kinds('<message to="a">', '<presence/>', '<iq id="1"/>', '<r xmlns="x"/>', '<r/>')).toEqual([
    'message',
    'presence',
    'iq',
    'r',
    'r',
  ]);
  expect(kinds("<a h='1'/>", '<resumed h="1"/>', '<abort/>', '<stream:features/>', '<>')).toEqual([
    'a',
    'other',
    'other',
    'other',
    'other',
  ]);
});

describe('the number of a message', () => {
  const finder = new NumberFinder('abcdefgh');
  const find = (text: string): number => finder.find(Buffer.from(text));

  test('is found in the body that it was written into', () => {
    expect(find(`<message><body>${numberedBody('abcdefgh', 1234, 100)}</body></message>`)).toBe(1234);
    expect(numberedBody('abcdefgh', 1234, 100)).toHaveLength(100);
    expect(find(`<message><body>${numberedBody('abcdefgh', 7, 1)}</body></message>`)).toBe(7);
  });

  test('is not found in messages of other runs, nor where there is no digit', () => {
    expect(find('<message><body>abcdefgg-12 </body></message>')).toBe(-1);
    expect(find('<message><body>abcdefgh-x</body></message>')).toBe(-1);
    expect(find('<message to="x abcdefgh-12 "/>')).toBe(-1);
  });
});

test('a bounced message is told by its type, in either quote', () => {
  expect(isError(Buffer.from(`<message type='error'>`))).toBe(true);
  expect(isError(Buffer.from('<message type="error">'))).toBe(true);
  expect(isError(Buffer.from('<message type="groupchat">'))).toBe(false);
});

test('attributes and contents, with references resolved', () => {
  expect(attribute(`<a id='x&amp;&lt;' hid="no" h="3"/>`, 'h')).toBe('3');
  expect(attribute(`<a id='x&amp;&lt;'/>`, 'id')).toBe('x&<');
  expect(attribute('<a/>', 'id')).toBeUndefined();
  expect(content('<iq><bind><jid xmlns="b">a@b/c&apos;d</jid></bind></iq>', 'jid')).toBe("a@b/c'd");
  expect(content('<iq><jid/></iq>', 'jid')).toBeUndefined();
});

test('the condition that an error names', () => {
  const error = `<iq type="error"><error type="cancel"><item-not-found xmlns="${NS.stanzaErrors}"/></error></iq>`;
  expect(conditionOf(error)).toBe('item-not-found');
  expect(conditionOf('<iq type="result"/>')).toBeUndefined();
});

test('the own presence in a room, that is here or gone; and whether an element has a name', () => {
  const own = (frame: string) => isOwnPresence(Buffer.from(frame));
  expect(own(`<presence><x><status code='110'/></x></presence>`)).toBe('here');
  expect(own('<presence type="unavailable"><x><status code="110"/></x></presence>')).toBe('gone');
  expect(own('<presence type="unavailable"/>')).toBeUndefined();
  const names = ['success', 'succes', 'successor'];
  expect(names.filter((name) => begins(Buffer.from('<success xmlns="x"/>'), name))).toEqual(['success']);
});
