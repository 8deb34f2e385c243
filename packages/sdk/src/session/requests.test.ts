import {
  type Element,
  el,
  encodeStanzaError,
  type FullJid,
  NS,
  parseFullJid,
  stanzaError,
} from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { REQUEST_TIMEOUT, Requests } from './requests.js';

const me = parseFullJid('alice@d.example/r') as FullJid;
const iq = (attrs: Record<string, string>, ...children: readonly Element[]): Element =>
  el('iq', NS.client, attrs, ...children);

test.each([
  ['room@d.example', 'room@d.example', true],
  ['room@d.example', 'ROOM@d.example', true],
  ['room@d.example', 'evil@d.example', false],
  ['room@d.example', undefined, false],
  [undefined, undefined, true],
  [undefined, 'alice@d.example', true],
  [undefined, 'alice@d.example/r', true],
  [undefined, 'd.example', true],
  [undefined, 'evil@d.example', false],
  ['alice@d.example', undefined, true],
  ['d.example', 'd.example', true],
  ['d.example', 'alice@d.example', false],
])('asked of %s, answered by %s: %s', async (to, from, counts) => {
  const clock = new FakeClock();
  const requests = new Requests(clock);
  const answer = requests.wait(iq({ id: '1', type: 'get', ...(to && { to }) }));
  requests.settle(iq({ id: '1', type: 'result', ...(from && { from }) }), me);
  expect(clock.pending).toBe(counts ? 0 : 1);
  requests.failAll();
  if (counts) expect((await answer).attrs.type).toBe('result');
  else await expect(answer).rejects.toMatchObject({ error: { condition: 'remote-server-timeout' } });
});

test('an error rejects, an answer that does not come does too', async () => {
  const clock = new FakeClock();
  const requests = new Requests(clock);
  const refused = requests.wait(iq({ id: '1', type: 'get', to: 'd.example' }));
  const error = encodeStanzaError(stanzaError('forbidden'));
  requests.settle(iq({ id: '1', type: 'error', from: 'd.example' }, error), me);
  await expect(refused).rejects.toMatchObject({ error: { condition: 'forbidden' } });
  const late = requests.wait(iq({ id: '2', type: 'get' }));
  clock.advance(REQUEST_TIMEOUT - 1);
  expect(clock.pending).toBe(1);
  clock.advance(1);
  await expect(late).rejects.toMatchObject({ error: { condition: 'remote-server-timeout' } });
});
