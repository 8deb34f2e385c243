import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { withPalette } from './png.mjs';

const chunk = (type, body) => {
  const content = Buffer.concat([Buffer.from(type), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, check]);
};

/** An RGB picture whose lines come with their filter already applied. */
function rgb(width, lines) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(lines.length, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(lines.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The colours of a picture with a palette, line by line. */
function coloursOf(file, width) {
  const body = (type) => {
    const at = file.indexOf(type);
    return file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4));
  };
  const palette = body('PLTE');
  const lines = inflateSync(body('IDAT'));
  const colours = [];
  for (let at = 0; at < lines.length; at += width + 1) {
    expect(lines[at]).toBe(0);
    colours.push(
      [...lines.subarray(at + 1, at + 1 + width)].map((n) => palette.toString('hex', n * 3, n * 3 + 3)),
    );
  }
  return colours;
}

test('undoes every filter', () => {
  const file = rgb(2, [
    [0, 10, 20, 30, 40, 50, 60],
    [1, 1, 2, 3, 4, 5, 6],
    [2, 1, 1, 1, 1, 1, 1],
    [3, 1, 1, 1, 1, 1, 1],
    [4, 1, 1, 1, 1, 1, 1],
  ]);
  expect(coloursOf(withPalette(file), 2)).toEqual([
    ['0a141e', '28323c'],
    ['010203', '050709'],
    ['020304', '06080a'],
    ['020203', '050607'],
    ['030304', '060708'],
  ]);
});

test('256 colours stay as they are', () => {
  const line = Array.from({ length: 256 }, (_, n) => [n, 255 - n, 7]).flat();
  const [colours] = coloursOf(withPalette(rgb(256, [[0, ...line]])), 256);
  expect(new Set(colours).size).toBe(256);
  expect(colours[1]).toBe('01fe07');
});

test('of 257 the nearest become one: the colour that there is more of', () => {
  const line = [...Array.from({ length: 256 }, (_, n) => [n, n, n]).flat(), 200, 200, 201, 200, 200, 201];
  const [colours] = coloursOf(withPalette(rgb(258, [[0, ...line]])), 258);
  expect(colours.slice(200, 202)).toEqual(['c8c8c9', 'c8c8c9']);
  expect(new Set(colours).size).toBeLessThanOrEqual(256);
});

test('a picture with a palette is left alone, what is no picture is refused', () => {
  const once = withPalette(rgb(1, [[0, 1, 2, 3]]));
  expect(withPalette(once)).toBe(once);
  expect(() => withPalette(Buffer.from('GIF89a..........'))).toThrow('no PNG');
});
