import { describe, expect, test } from 'vitest';
import { NS } from './ns.js';
import { decodeRsmRequest, decodeRsmResult, encodeRsmRequest, encodeRsmResult } from './rsm.js';
import { el } from './xml/element.js';

const within = (set: ReturnType<typeof el>) => el('query', 'urn:example', {}, set);

describe('result set management', () => {
  test.each([
    [{ max: 10, after: 'a', before: undefined }],
    [{ max: 0, after: undefined, before: 'b' }],
    [{ max: undefined, after: undefined, before: '' }],
  ])('request %j is read back', (request) => {
    expect(decodeRsmRequest(within(encodeRsmRequest(request)))).toEqual({ ok: true, value: request });
  });

  test('no set asks for nothing in particular', () => {
    expect(decodeRsmRequest(el('query', 'urn:example'))).toEqual({ ok: true, value: {} });
  });

  test.each([
    ['max', '-1', 'bad-request'],
    ['max', '1e3', 'bad-request'],
    ['max', '9999999999', 'bad-request'],
    ['index', '3', 'feature-not-implemented'],
  ])('refuses <%s>%s', (name, value, condition) => {
    const set = el('set', NS.rsm, {}, el(name, NS.rsm, {}, value));
    expect(decodeRsmRequest(within(set))).toMatchObject({ ok: false, error: { condition } });
  });

  test('refuses after and before together', () => {
    expect(decodeRsmRequest(within(encodeRsmRequest({ after: 'a', before: '' })))).toMatchObject({
      ok: false,
      error: { condition: 'bad-request' },
    });
  });

  test('result is read back', () => {
    const result = { first: 'a', last: 'c', index: 4, count: 9 };
    expect(decodeRsmResult(within(encodeRsmResult(result)))).toEqual(result);
    expect(decodeRsmResult(el('query', 'urn:example'))).toEqual({});
    expect(decodeRsmResult(within(encodeRsmResult({ count: 0 })))).toEqual({ count: 0 });
  });
});
