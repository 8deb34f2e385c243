import { describe, expect, test } from 'vitest';
import { encodeDataForm } from './data-form.js';
import { type Jid, parseJid } from './jid.js';
import {
  decodeMamFin,
  decodeMamMetadata,
  decodeMamQuery,
  decodeMamResult,
  encodeMamFin,
  encodeMamMetadata,
  encodeMamQuery,
  encodeMamResult,
} from './mam.js';
import { NS } from './ns.js';
import { el } from './xml/element.js';

describe('archive query', () => {
  test('is read back', () => {
    const query = {
      queryId: 'q',
      with: parseJid('room@rooms.example/nick') as Jid,
      start: 1000,
      end: 2000,
      beforeId: 'z',
      afterId: 'a',
      ids: ['c', 'd'],
      page: { max: 5, after: 'b', before: undefined },
      flip: true,
    };
    expect(decodeMamQuery(encodeMamQuery(query))).toEqual({ ok: true, value: query });
  });

  test('may ask for everything', () => {
    expect(decodeMamQuery(el('query', NS.mam))).toEqual({ ok: true, value: { page: {}, flip: false } });
  });

  test.each([
    [NS.mam, 'start', 'yesterday', 'bad-request'],
    [NS.mam, 'end', '', 'bad-request'],
    [NS.mam, 'with', '@', 'jid-malformed'],
    [NS.mam, 'text', 'x', 'feature-not-implemented'],
    ['urn:example', 'start', '2026-01-01T00:00:00Z', 'bad-request'],
  ])('form %s with %s=%j is %s', (formType, name, value, condition) => {
    const form = encodeDataForm({ type: 'submit', formType, fields: [{ var: name, values: [value] }] });
    expect(decodeMamQuery(el('query', NS.mam, {}, form))).toMatchObject({ ok: false, error: { condition } });
  });
});

describe('archive answer', () => {
  test('a result is read back with its message', () => {
    const message = el('message', NS.client, { type: 'groupchat' }, el('body', NS.client, {}, 'hi'));
    const result = { queryId: 'q', id: '7', at: 1234 };
    expect(decodeMamResult(el('message', NS.client, {}, encodeMamResult(result, message)))).toEqual({
      ...result,
      message,
    });
  });

  test('a message without id, time or stanza is none', () => {
    const wrap = (...nodes: ReturnType<typeof el>[]) =>
      el(
        'message',
        NS.client,
        {},
        el('result', NS.mam, { id: '1' }, el('forwarded', NS.forward, {}, ...nodes)),
      );
    expect(decodeMamResult(el('message', NS.client))).toBeUndefined();
    expect(decodeMamResult(wrap(el('message', NS.client)))).toBeUndefined();
    expect(decodeMamResult(wrap(el('delay', NS.delay, { stamp: '2026-01-01T00:00:00Z' })))).toBeUndefined();
  });

  test('fin and metadata are read back', () => {
    const fin = { complete: true, stable: false, page: { first: 'a', last: 'b' } };
    expect(decodeMamFin(encodeMamFin(fin))).toEqual(fin);
    expect(decodeMamFin(el('fin', NS.mam))).toEqual({ complete: false, stable: true, page: {} });
    const metadata = { start: { id: 'a', at: 1 }, end: { id: 'b', at: 2 } };
    expect(decodeMamMetadata(encodeMamMetadata(metadata))).toEqual(metadata);
    expect(decodeMamMetadata(encodeMamMetadata({}))).toEqual({});
  });
});
