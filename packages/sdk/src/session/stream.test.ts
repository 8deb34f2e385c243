import { el, encodeOpen, type LinkEnd, NS, serialize, serializeFrame } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import type { ClientLink } from '../link/client-link.js';
import { LinkListeners } from '../link/link-listeners.js';
import { DEFAULT_ACK_TIMES } from './ack-policy.js';
import { Stream } from './stream.js';
import { StreamManagement } from './stream-management.js';

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
  const clock = new FakeClock();
  const stream = new Stream(link, 'x.example', new StreamManagement(), clock, DEFAULT_ACK_TIMES, {
    stanza: ({ name }) => void heard.push(name),
    ended: (end) => void ends.push(end),
    visible: () => true,
  });
  /** Goes on with a link that is signed in. */
  const adopt = (): void => {
    stream.adopt();
    stream.settle(false, () => {});
  };
  return { stream, adopt, clock, listeners, sent, heard, ends, closed: () => closed };
}

const message = serialize(el('message', NS.client));
const features = (id: string) =>
  `<stream:features xmlns:stream="${NS.streams}"><x xmlns="${id}"/></stream:features>`;

test('opens at once, and again, on the same link; who we are is told on a secure one only', () => {
  const { stream, sent } = setUp();
  stream.open('me@x.example');
  stream.open();
  expect(sent).toHaveLength(2);
  expect(sent[0]).toContain('from="me@x.example"');
  const open = setUp({ secure: false });
  open.stream.open('me@x.example');
  expect(open.sent[0]).not.toContain('from=');
});

test('elements are heard once, however often the stream was opened; <open/> is not one', async () => {
  const { stream, listeners, heard } = setUp();
  stream.open();
  stream.open();
  listeners.hear(serializeFrame(encodeOpen({ from: 'x.example', id: '1' })));
  listeners.hear(features('1'));
  listeners.hear(message);
  expect((await stream.next()).name).toBe('features');
  expect(heard).toEqual([]);
  stream.settle(false, () => {});
  expect(heard).toEqual(['message']);
});

test('what the negotiation is told is taken one at a time, be it waited for or not', async () => {
  const { stream, listeners } = setUp();
  stream.open();
  const first = stream.next();
  for (const id of ['1', '2', '3']) listeners.hear(features(id));
  const told = [await first, await stream.next(), await stream.next()];
  expect(told.map(({ children }) => typeof children[0] === 'object' && children[0].ns)).toEqual([
    '1',
    '2',
    '3',
  ]);
});

test('a negotiation is told the end: what was waited for, and all that is after what had come', async () => {
  const { stream, listeners, ends } = setUp();
  stream.open();
  const waiting = stream.next();
  listeners.finish({ clean: false, reason: 'cut' });
  await expect(waiting).rejects.toThrow('cut');
  await expect(stream.next()).rejects.toThrow('cut');
  const late = setUp();
  late.stream.open();
  late.listeners.hear(features('1'));
  late.stream.drop();
  expect((await late.stream.next()).name).toBe('features');
  await expect(late.stream.next()).rejects.toThrow('given up');
  expect([ends, late.ends], 'nobody else is').toEqual([[], []]);
});

test('what the link has kept comes when the stream goes on with it', () => {
  const { adopt, listeners, heard, sent } = setUp();
  listeners.hear(message);
  adopt();
  expect(heard).toEqual(['message']);
  expect(sent).toEqual([]);
});

test.each([
  ['<close/>', `<close xmlns="${NS.framing}"/>`, true],
  ['a frame that cannot be read', '<message', false],
])('%s ends it once, and nothing is heard or written after', (_, frame, clean) => {
  const { stream, adopt, clock, listeners, heard, ends, sent } = setUp();
  adopt();
  listeners.hear(frame);
  listeners.hear(message);
  listeners.finish({ clean: false });
  stream.write(el('late', NS.client));
  expect(ends.map((end) => end.clean)).toEqual([clean]);
  expect(heard).toEqual([]);
  expect(sent).toEqual([]);
  expect(clock.pending).toBe(0);
});

test('a kept frame that ends it leaves no listener behind', () => {
  const { adopt, listeners, heard } = setUp();
  listeners.hear('<message');
  listeners.hear(message);
  adopt();
  listeners.hear(message);
  expect(heard).toEqual([]);
});

test('takes leave in order, or without a word', () => {
  const orderly = setUp();
  orderly.stream.open();
  orderly.stream.finish();
  expect(orderly.sent.at(-1)).toContain('<close');
  expect(orderly.closed()).toBe(1);
  const silent = setUp();
  silent.adopt();
  silent.stream.suspend();
  silent.listeners.finish({ clean: false });
  expect(silent.closed()).toBe(0);
  expect(silent.ends).toEqual([]);
});
