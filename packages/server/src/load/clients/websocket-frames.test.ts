import { describe, expect, test } from 'vitest';
import { clientFrame, FrameError, FrameReader, OPCODE } from './websocket-frames.js';

function serverFrame(opcode: number, payload: string, final = true): Buffer {
  const frame = clientFrame(opcode, payload);
  const body = Buffer.from(payload);
  const header = Buffer.from(frame.subarray(0, frame.length - body.length - 4));
  header[0] = (final ? 128 : 0) | opcode;
  header[1] = (header[1] ?? 0) & 127;
  return Buffer.concat([header, body]);
}

function reading(): { readonly reader: FrameReader; readonly heard: string[] } {
  const heard: string[] = [];
  const reader = new FrameReader({
    text: (payload) => heard.push(payload.toString()),
    control: (opcode, payload) => heard.push(`${opcode}:${payload.toString()}`),
  });
  return { reader, heard };
}

describe('reading', () => {
  const short = [0, 1, 125, 126, 300];
  const long = [...short, 65_535, 65_536, 70_000];

  test.each([
    [1, short],
    [3, short],
    [1000, long],
    [65_540, long],
    [1_000_000, long],
  ])('frames of every length, %i bytes at a time', (size, lengths) => {
    const stream = Buffer.concat(lengths.map((length) => serverFrame(OPCODE.text, 'x'.repeat(length))));
    const { heard, reader } = reading();
    for (let at = 0; at < stream.length; at += size) reader.push(stream.subarray(at, at + size));
    expect(heard.map((text) => text.length)).toEqual(lengths);
  });

  test('a buffer that is used again does not change what was kept', () => {
    const { heard, reader } = reading();
    const frame = serverFrame(OPCODE.text, 'whole');
    const shared = Buffer.alloc(frame.length);
    frame.copy(shared, 0, 0, 4);
    reader.push(shared.subarray(0, 4));
    shared.fill(0);
    reader.push(frame.subarray(4));
    expect(heard).toEqual(['whole']);
  });

  test('fragments are put together, and a ping between them is heard at once', () => {
    const { heard, reader } = reading();
    reader.push(serverFrame(OPCODE.text, 'one ', false));
    reader.push(serverFrame(OPCODE.ping, 'p'));
    reader.push(serverFrame(OPCODE.continuation, 'two'));
    expect(heard).toEqual(['9:p', 'one two']);
  });

  test('masked frames and lengths beyond reason are refused', () => {
    expect(() => reading().reader.push(clientFrame(OPCODE.text, 'x'))).toThrow(FrameError);
    const huge = Buffer.from([129, 127, 0, 0, 0, 1, 0, 0, 0, 0]);
    expect(() => reading().reader.push(huge)).toThrow(FrameError);
  });
});

test('what a client sends is masked and says its length in bytes', () => {
  const frame = clientFrame(OPCODE.text, 'ä');
  expect([...frame]).toEqual([129, 130, 0, 0, 0, 0, 0xc3, 0xa4]);
});
