import { describe, expect, test } from 'vitest';
import { type BoshBody, decodeBoshBody, formatBoshBody } from './bosh.js';
import { NS } from './ns.js';
import { el } from './xml/element.js';

describe('body of BOSH', () => {
  test('writes what XEP-0206 shows, frames inside as they are', () => {
    const body: BoshBody = { rid: 7, to: 'a"b', lang: 'en', ver: '1.11', xmppVersion: '1.0' };
    expect(formatBoshBody(body, ['<presence xmlns="jabber:client"/>'])).toBe(
      '<body xmlns="http://jabber.org/protocol/httpbind" to="a&quot;b" ver="1.11" rid="7" xml:lang="en"' +
        ' xmlns:xmpp="urn:xmpp:xbosh" xmpp:version="1.0"><presence xmlns="jabber:client"/></body>',
    );
    expect(formatBoshBody({ restart: true })).toContain('xmpp:restart="true"');
    expect(formatBoshBody({ restartLogic: true })).toContain('xmpp:restartlogic="true"');
    expect(formatBoshBody({})).toBe('<body xmlns="http://jabber.org/protocol/httpbind"></body>');
  });

  test('reads its attributes', () => {
    const element = el('body', NS.httpBind, {
      rid: Number.MAX_SAFE_INTEGER,
      sid: 's',
      wait: 60,
      'xml:lang': 'de',
      '{urn:xmpp:xbosh}version': '1.0',
      '{urn:xmpp:xbosh}restart': 'true',
      restart: 'of no meaning',
      __proto__x: 'x',
    });
    expect(decodeBoshBody(element)).toEqual({
      rid: Number.MAX_SAFE_INTEGER,
      sid: 's',
      wait: 60,
      lang: 'de',
      xmppVersion: '1.0',
      restart: true,
    });
  });

  test.each(['-1', '1.5', '', 'x', '1e3', ' 1', '9007199254740992', '99999999999999999'])(
    'a rid of %j is none',
    (rid) => {
      expect(decodeBoshBody(el('body', NS.httpBind, { rid }))).toBeUndefined();
    },
  );

  test('another element is no body', () => {
    expect(decodeBoshBody(el('body', NS.client))).toBeUndefined();
    expect(decodeBoshBody(el('open', NS.httpBind))).toBeUndefined();
  });
});
