import { expect, test } from 'vitest';
import { PackedBytes } from './packed-bytes.js';

test('texts are kept as they are, whatever comes after them', () => {
  const packed = new PackedBytes();
  const texts = Array.from({ length: 500 }, (_, n) => `anna-${'é🦦'.repeat(n % 80)}@localhost/${n}`);
  const kept = texts.map((text) => packed.keep(text));
  expect(kept.map((bytes) => bytes.toString())).toEqual(texts);
});

test('short texts share memory that nothing else has, longer ones have their own', () => {
  const packed = new PackedBytes();
  const short = Array.from({ length: 40 }, () => packed.keep('x'.repeat(51)));
  expect(new Set(short.map((bytes) => bytes.buffer)).size).toBe(1);
  expect(short[0]?.buffer).not.toBe(Buffer.from('y').buffer);
  expect(packed.keep('x'.repeat(512)).buffer.byteLength).toBe(2048);
  expect(packed.keep('x'.repeat(513)).buffer.byteLength).toBe(513);
  expect(packed.keep('')).toHaveLength(0);
});
