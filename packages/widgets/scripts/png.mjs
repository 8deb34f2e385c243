// PNG as screenshots have it, read and written small: a palette instead of a colour for each pixel.

import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const COLOURS = 256;

/**
 * The same picture with at most 256 colours. Where it has more, those nearest to each other become one, by so little
 * that nobody sees it; what fills areas keeps its colour.
 *
 * @param {Buffer} file a PNG of 8 bits in RGB or RGBA, not interlaced; one with a palette is given back as it is
 * @returns {Buffer}
 */
export function withPalette(file) {
  const { header, data } = readChunks(file);
  if (header.colourType === 3) return file;
  const { width, height, colourType } = header;
  const samples = colourType === 6 ? 4 : 3;
  const pixels = unfilter(inflateSync(data), width * samples, height, samples);
  for (let bits = 8; ; bits--) {
    const buckets = bucketsOf(pixels, samples, bits);
    if (buckets) return write(width, height, buckets);
  }
}

/** Kind of picture and all of its data; throws for what a screenshot never is. */
function readChunks(file) {
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw new TypeError('no PNG');
  const data = [];
  let header;
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      const [depth, colourType, , , interlaced] = body.subarray(8);
      if (depth !== 8 || ![2, 3, 6].includes(colourType) || interlaced) throw new TypeError('no screenshot');
      header = { width: body.readUInt32BE(0), height: body.readUInt32BE(4), colourType };
    }
    if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  return { header, data: Buffer.concat(data) };
}

/** Undoes the filter of each line (PNG, section 9). */
function unfilter(raw, stride, height, step) {
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    const from = y * (stride + 1) + 1;
    const to = y * stride;
    for (let x = 0; x < stride; x++) {
      const left = x < step ? 0 : pixels[to + x - step];
      const up = y === 0 ? 0 : pixels[to + x - stride];
      const corner = x < step || y === 0 ? 0 : pixels[to + x - stride - step];
      pixels[to + x] = raw[from + x] + guess(filter, left, up, corner);
    }
  }
  return pixels;
}

function guess(filter, left, up, corner) {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const all = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(all - value));
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** Pixels by the upper bits of their colour, each as the number of its palette's entry; undefined where it has too many. */
function bucketsOf(pixels, samples, bits) {
  const shift = 8 - bits;
  const numbers = new Map();
  /** For each entry its colours and how often each is there. */
  const entries = [];
  const indices = Buffer.alloc(pixels.length / samples);
  for (let at = 0, pixel = 0; at < pixels.length; at += samples, pixel++) {
    const [r, g, b] = [pixels[at], pixels[at + 1], pixels[at + 2]];
    const key = ((r >> shift) << 16) | ((g >> shift) << 8) | (b >> shift);
    let number = numbers.get(key);
    if (number === undefined) {
      if (entries.length === COLOURS) return undefined;
      number = entries.length;
      numbers.set(key, number);
      entries.push(new Map());
    }
    const colour = (r << 16) | (g << 8) | b;
    const entry = entries[number];
    entry.set(colour, (entry.get(colour) ?? 0) + 1);
    indices[pixel] = number;
  }
  const palette = entries.map(
    (entry) => [...entry].reduce((most, one) => (one[1] > most[1] ? one : most))[0],
  );
  return { palette, indices };
}

function write(width, height, { palette, indices }) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  // Each line begins with its filter: none, which is best where neighbours are numbers of a palette.
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) indices.copy(lines, y * (width + 1) + 1, y * width, (y + 1) * width);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((rgb) => [rgb >> 16, (rgb >> 8) & 255, rgb & 255]))),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, body) {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const out = Buffer.alloc(content.length + 8);
  out.writeUInt32BE(body.length, 0);
  content.copy(out, 4);
  out.writeUInt32BE(crc32(content), content.length + 4);
  return out;
}
