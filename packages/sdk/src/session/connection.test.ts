import { el, encodeOpen, type LinkEnd, NS, serialize, serializeFrame } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import type { ClientLink } from '../link/client-link.js';
import { LinkListeners } from '../link/link-listeners.js';
import { Connection } from './connection.js';

function setUp({ secure = true } = {}) {
  const listeners = new LinkListeners();
  const sent: string[] = [];
  let closed = 0;
  const link: ClientLink = {
    kind: 'websocket',
    secure,
    send: (text) => void sent.push(text),
    close: () => void closed++,
    suspend: () => undefined,
    onText: (listener) => listeners.onText(listener),
    onClose: (listener) => listeners.onClose(listener),
  };
  const heard: string[] = [];
  const ends: LinkEnd[] = [];
  const connection = new Connection(link, 'x.example', {
    element: ({ name }) => void heard.push(name),
    ended: (end) => void ends.push(end),
  });
  return { connection, listeners, sent, heard, ends, closed: () => closed };
}

const message = serialize(el('message', NS.client));

test('opens at once, and again, on the same link; who we are is told on a secure one only', () => {
  const { connection, sent } = setUp();
  connection.open('me@x.example');
  connection.open();
  expect(sent).toHaveLength(2);
  expect(sent[0]).toContain('from="me@x.example"');
  const open = setUp({ secure: false });
  open.connection.open('me@x.example');
  expect(open.sent[0]).not.toContain('from=');
});

test('elements are heard once, however often the stream was opened; <open/> is not one', () => {
  const { connection, listeners, heard } = setUp();
  connection.open();
  connection.open();
  listeners.hear(serializeFrame(encodeOpen({ from: 'x.example', id: '1' })));
  listeners.hear(message);
  expect(heard).toEqual(['message']);
});

test('what the link has kept comes when the connection goes on with it', () => {
  const { connection, listeners, heard, sent } = setUp();
  listeners.hear(message);
  connection.adopt();
  expect(heard).toEqual(['message']);
  expect(sent).toEqual([]);
});

test.each([
  ['<close/>', `<close xmlns="${NS.framing}"/>`, true],
  ['a frame that cannot be read', '<message', false],
])('%s ends it once, and nothing is heard or written after', (_, frame, clean) => {
  const { connection, listeners, heard, ends, sent } = setUp();
  connection.adopt();
  listeners.hear(frame);
  listeners.hear(message);
  listeners.finish({ clean: false });
  connection.write('late');
  expect(ends.map((end) => end.clean)).toEqual([clean]);
  expect(heard).toEqual([]);
  expect(sent).toEqual([]);
});

test('a kept frame that ends it leaves no listener behind', () => {
  const { connection, listeners, heard } = setUp();
  listeners.hear('<message');
  listeners.hear(message);
  connection.adopt();
  listeners.hear(message);
  expect(heard).toEqual([]);
});

test('takes leave in order, or without a word', () => {
  const orderly = setUp();
  orderly.connection.open();
  orderly.connection.finish();
  expect(orderly.sent.at(-1)).toContain('<close');
  expect(orderly.closed()).toBe(1);
  const silent = setUp();
  silent.connection.open();
  silent.connection.release();
  silent.listeners.finish({ clean: false });
  expect(silent.closed()).toBe(0);
  expect(silent.ends).toEqual([]);
});
