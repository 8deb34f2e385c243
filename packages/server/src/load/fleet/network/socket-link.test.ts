import { duplexPair } from 'node:stream';
import type { LinkEnd } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { encodeFrame, MAX_FIRST_FRAME } from './frames.js';
import { SocketLink } from './socket-link.js';

/** Lets streams pass on what they hold. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
};

function heard(link: SocketLink) {
  const texts: string[] = [];
  const ends: LinkEnd[] = [];
  link.onText((text) => texts.push(text));
  link.onClose((end) => ends.push(end));
  return { texts, ends };
}

test('texts arrive in order, also those from before anybody listened, and then the end', async () => {
  const [one, other] = duplexPair();
  const [a, b] = [new SocketLink(one), new SocketLink(other)];
  a.send('first');
  a.send('second');
  await settle();
  const { ends, texts } = heard(b);
  a.send('third');
  a.close();
  a.send('never');
  await settle();
  expect(texts).toEqual(['first', 'second', 'third']);
  expect(heard(a).ends).toEqual([{ clean: true }]);
  expect(ends).toHaveLength(1);
});

test('whoever begins with too long a frame is cut off, and nothing of it is heard', async () => {
  const [one, other] = duplexPair();
  const { ends, texts } = heard(new SocketLink(other));
  one.on('error', () => {});
  one.write(encodeFrame('x'.repeat(MAX_FIRST_FRAME + 1)));
  await settle();
  expect(texts).toEqual([]);
  expect(ends).toEqual([{ clean: false, reason: expect.stringContaining('too long') }]);
  expect(other.destroyed).toBe(true);
});

test('whoever does not read is cut off before much waits for it', async () => {
  const [one] = duplexPair();
  const link = new SocketLink(one);
  const { ends } = heard(link);
  const text = 'x'.repeat(4_000_000);
  let sent = 0;
  while (ends.length === 0 && sent < 10) {
    link.send(text);
    sent++;
  }
  expect(sent).toBeLessThan(7);
  expect(ends).toEqual([{ clean: false, reason: 'the other end does not read' }]);
});
