import { describe, expect, test } from 'vitest';
import { decodeBase64, encodeBase64, utf8 } from './base64.js';
import { fromUtf8 } from './from-utf8.js';

describe('base64', () => {
  test('carries every byte there and back', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
    expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
    expect(encodeBase64(utf8('ä'))).toBe('w6Q=');
    expect(decodeBase64('')).toEqual(new Uint8Array());
  });

  test.each(['a', 'ab', 'abc', 'ab=c', 'abcd=', 'ab cd', 'abcd\n', '=', 'ab-_'])('refuses %j', (raw) => {
    expect(decodeBase64(raw)).toBeUndefined();
  });

  test('tells bytes that are no UTF-8', () => {
    expect(fromUtf8(utf8('😀'))).toBe('😀');
    expect(fromUtf8(Uint8Array.of(0xc0, 0x80))).toBeUndefined();
    expect(fromUtf8(Uint8Array.of(0xed, 0xa0, 0x80))).toBeUndefined();
  });
});
