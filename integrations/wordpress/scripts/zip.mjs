import { crc32, deflateRawSync } from 'node:zlib';

/** Midnight of 1 January 1980, so that the same files make the same archive. */
const DATE = 0x21;
/** Names are UTF-8; files are deflated; a plain file that all may read. */
const UTF8 = 0x800;
const DEFLATED = 8;
const MODE = 0o100644 * 0x10000;

/**
 * A ZIP archive (PKWARE APPNOTE 4.3), for a handful of small files.
 * @param {readonly (readonly [name: string, bytes: Buffer])[]} files
 */
export function zip(files) {
  const locals = [];
  const entries = [];
  let offset = 0;
  for (const [name, bytes] of files) {
    const title = Buffer.from(name);
    const packed = deflateRawSync(bytes, { level: 9 });
    const common = Buffer.alloc(26);
    [20, UTF8, DEFLATED, 0, DATE].forEach((value, at) => {
      common.writeUInt16LE(value, at * 2);
    });
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(title.length, 22);
    locals.push(Buffer.from('PK\x03\x04', 'latin1'), common, title, packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(MODE, 6);
    tail.writeUInt32LE(offset, 10);
    // Made by Unix, so that the mode counts.
    entries.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, tail, title);
    offset += 30 + title.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
