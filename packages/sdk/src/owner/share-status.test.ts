import { el, encodeSharedStatus, NS, serialize, stanzaError } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { RequestError } from '../session/xmpp-session.js';
import { shareStatus } from './share-status.js';
import { ScriptedSession } from './testing/scripted-session.js';

function setUp() {
  const session = new ScriptedSession();
  session.online();
  const asked = (on: boolean | undefined) => {
    const answer = shareStatus(session, on);
    const [request] = session.requests.splice(0);
    if (!request) return expect.unreachable();
    return { answer, request, iq: serialize(request.iq) };
  };
  const result = (...children: Parameters<typeof el>[3][]) =>
    el('iq', NS.client, { type: 'result' }, ...children);
  return { session, asked, result };
}

test.each([
  [true, 'set', '<share xmlns="urn:meerkat:status:0"/>'],
  [false, 'set', '<withdraw xmlns="urn:meerkat:status:0"/>'],
  [undefined, 'get', '<shared xmlns="urn:meerkat:status:0"/>'],
])('%s asks the host for the web, and answers with what holds', async (on, type, payload) => {
  const { asked, result } = setUp();
  const { answer, iq, request } = asked(on);
  expect(iq).toContain('to="status.example"');
  expect(iq).toContain(`type="${type}"`);
  expect(iq).toContain(payload);
  request.answer(result(encodeSharedStatus('k7Qw')));
  expect(await answer).toBe('k7Qw');
});

test('no id is none', async () => {
  const { asked, result } = setUp();
  const withdrawn = asked(false);
  withdrawn.request.answer(result(encodeSharedStatus()));
  expect(await withdrawn.answer).toBeUndefined();
  const empty = asked(true);
  empty.request.answer(result());
  expect(await empty.answer).toBeUndefined();
});

test('a server that has no such thing is heard, and so is that nobody has signed in', async () => {
  const { asked } = setUp();
  const { answer, request } = asked(true);
  request.refuse(stanzaError('service-unavailable'));
  await expect(answer).rejects.toMatchObject({ error: { condition: 'service-unavailable' } });
  const nobody = shareStatus(new ScriptedSession(), true);
  await expect(nobody).rejects.toBeInstanceOf(RequestError);
  await expect(nobody).rejects.toMatchObject({ error: { condition: 'not-authorized' } });
});
