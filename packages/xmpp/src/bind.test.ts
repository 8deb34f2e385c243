import { expect, test } from 'vitest';
import {
  decodeBind,
  decodeBoundJid,
  encodeBind,
  encodeBoundJid,
  encodeSessionFeature,
  isSessionRequest,
} from './bind.js';
import { NS } from './ns.js';
import { el } from './xml/element.js';

const iq = (type: string, payload: ReturnType<typeof el>) => el('iq', NS.client, { type, id: '1' }, payload);

test('a request to bind says its resource, if any', () => {
  expect(decodeBind(iq('set', encodeBind('home')))).toEqual({ resource: 'home' });
  expect(decodeBind(iq('set', encodeBind()))).toEqual({ resource: undefined });
  expect(decodeBind(iq('get', encodeBind()))).toBeUndefined();
  expect(decodeBind(iq('set', el('bind', NS.bind2)))).toBeUndefined();
});

test('the answer says the address', () => {
  expect(decodeBoundJid(iq('result', encodeBoundJid('u@d/r')))).toBe('u@d/r');
});

test('a session request is known', () => {
  expect(isSessionRequest(iq('set', el('session', NS.session)))).toBe(true);
  expect(isSessionRequest(iq('get', el('session', NS.session)))).toBe(false);
  expect(encodeSessionFeature().children).toHaveLength(1);
});
