import { expect, test } from 'vitest';
import { encodeFrame, FrameDecoder, MAX_FIRST_FRAME, MAX_FRAME } from './frames.js';

function decoded(bytes: Buffer, size: number): string[] {
  const texts: string[] = [];
  const decoder = new FrameDecoder((text) => texts.push(text));
  for (let at = 0; at < bytes.length; at += size) decoder.push(bytes.subarray(at, at + size));
  return texts;
}

test('texts come whole, in whatever pieces their bytes do', () => {
  const texts = ['{"kind":"stop"}', '', 'ünï — ☂', 'x'.repeat(1000)];
  const bytes = Buffer.concat(texts.map(encodeFrame));
  for (const size of [1, 2, 3, 7, 64, bytes.length]) expect(decoded(bytes, size)).toEqual(texts);
});

test('the first frame is short, at the bound and one past it', () => {
  expect(decoded(encodeFrame('x'.repeat(MAX_FIRST_FRAME)), 1000)).toHaveLength(1);
  expect(() => decoded(encodeFrame('x'.repeat(MAX_FIRST_FRAME + 1)), 1000)).toThrow('too long');
});

test('later frames may be long, at the bound and one past it; a length alone is enough to refuse', () => {
  const first = encodeFrame('first');
  const longest = encodeFrame('x'.repeat(MAX_FRAME));
  expect(decoded(Buffer.concat([first, longest]), 65_536)).toHaveLength(2);
  expect(() => encodeFrame('x'.repeat(MAX_FRAME + 1))).toThrow('too long');
  const head = Buffer.alloc(4);
  head.writeUInt32BE(MAX_FRAME + 1);
  expect(() => decoded(Buffer.concat([first, head]), 100)).toThrow('too long');
});
