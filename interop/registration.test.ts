import { client, xml } from '@xmpp/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ServerProcess } from '../e2e/support/server-process.js';
import { XmppStranger } from './support/xmpp-stranger.js';

// XEP-0077 as somebody else writes it: frames and bodies by hand, then xmpp.js for those who have got in.

let server: ServerProcess;
beforeAll(async () => {
  server = await ServerProcess.start({ env: { MEERKAT_REGISTRATION__OPEN: 'true' } });
});
afterAll(() => server?.stop());

const request = (name: string, password: string): string =>
  `<iq xmlns="jabber:client" type="set" id="reg"><query xmlns="jabber:iq:register">` +
  `<username>${name}</username><password>${password}</password></query></iq>`;

/** Registers on a WebSocket; the features, and what is answered. */
async function overWebSocket(name: string, password: string): Promise<readonly [string, string]> {
  const socket = new WebSocket(server.webSocketUrl, 'xmpp');
  const heard: string[] = [];
  try {
    return await new Promise((fulfil, reject) => {
      socket.on('error', reject);
      socket.on('close', () => reject(new Error('the server hung up')));
      socket.on('open', () =>
        socket.send('<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="localhost" version="1.0"/>'),
      );
      socket.on('message', (data) => {
        const frame = String(data);
        heard.push(frame);
        if (frame.includes('features')) socket.send(request(name, password));
        if (frame.startsWith('<iq')) fulfil([heard.find((text) => text.includes('features')) ?? '', frame]);
      });
    });
  } finally {
    socket.terminate();
  }
}

/** The same over BOSH (XEP-0206). */
async function overBosh(name: string, password: string): Promise<readonly [string, string]> {
  const post = async (attributes: string, content = ''): Promise<string> => {
    const body = `<body xmlns="http://jabber.org/protocol/httpbind" ${attributes}>${content}</body>`;
    const answer = await fetch(server.boshUrl, { method: 'POST', body });
    return answer.text();
  };
  const features = await post(
    'rid="1000" to="localhost" wait="5" hold="1" ver="1.6" content="text/xml" xmpp:version="1.0" xmlns:xmpp="urn:xmpp:xbosh"',
  );
  const [, sid = ''] = /\bsid=["']([^"']+)/.exec(features) ?? [];
  const answer = await post(`rid="1001" sid="${sid}"`, request(name, password));
  await post(`rid="1002" sid="${sid}" type="terminate"`);
  return [features, answer];
}

test.each([
  ['WebSocket', overWebSocket, 'wanda'],
  ['BOSH', overBosh, 'bosco'],
])('somebody registers over %s, and xmpp.js signs in with that', async (_, over, name) => {
  const [features, answer] = await over(name, 'of many words');
  expect(features).toContain('http://jabber.org/features/iq-register');
  expect(answer).toMatch(/<iq[^>]* type="result"/);
  const arrived = await XmppStranger.arrive({
    service: server.webSocketUrl,
    account: { name, password: 'of many words' },
  });
  expect(arrived.jid).toMatch(new RegExp(`^${name}@localhost/`));
  await arrived.leave();
  const [, again] = await over(name, 'of other words');
  expect(again).toMatch(/type="error".*<conflict/);
});

test('xmpp.js changes the password by the form that it is sent', async () => {
  await overWebSocket('paula', 'of many words');
  const xmpp = client({
    service: server.webSocketUrl,
    domain: 'localhost',
    username: 'paula',
    password: 'of many words',
  });
  const online = new Promise((fulfil) => xmpp.on('online', fulfil));
  await Promise.all([xmpp.start(), online]);
  const set = (...content: ReturnType<typeof xml>[]) =>
    xmpp.iqCaller.request(
      xml('iq', { type: 'set', to: 'localhost' }, xml('query', { xmlns: 'jabber:iq:register' }, ...content)),
    );
  const field = (name: string, value: string) => xml('field', { var: name }, xml('value', {}, value));
  await expect(set(xml('username', {}, 'paula'), xml('password', {}, 'of new words'))).rejects.toMatchObject({
    condition: 'not-authorized',
  });
  const answer = await set(
    xml(
      'x',
      { xmlns: 'jabber:x:data', type: 'submit' },
      field('FORM_TYPE', 'jabber:iq:register:changepassword'),
      field('username', 'paula'),
      field('old_password', 'of many words'),
      field('password', 'of new words'),
    ),
  );
  expect(answer.attrs.type).toBe('result');
  await xmpp.stop();
  const account = { name: 'paula', password: 'of new words' };
  await (await XmppStranger.arrive({ service: server.webSocketUrl, account })).leave();
});
