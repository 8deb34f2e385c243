import {
  decodeStanzaError,
  el,
  messageEl,
  NS,
  parseJid,
  presenceEl,
  requestEl,
  type StanzaError,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { createTestKernel } from '../testing/index.js';
import { rateLimit } from './rate-limit.js';

const to = parseJid('nobody@localhost/x');
const hello = () => messageEl({ ...(to && { to }), type: 'headline' }, el('body', NS.client, {}, 'hi'));

async function start(settings: object) {
  const kernel = await createTestKernel({ modules: [rateLimit], settings: { 'rate-limit': settings } });
  const romeo = kernel.bind('romeo@localhost/a');
  /** The errors that came of sending it so often. */
  const errors = (times: number, make = hello): StanzaError[] => {
    for (let n = 0; n < times; n++) romeo.sends(make());
    return romeo.takes().map(decodeStanzaError);
  };
  return { kernel, romeo, errors };
}

describe('rate limit', () => {
  test('refuses the message after the burst, in words, and takes it again after a while', async () => {
    const { kernel, errors } = await start({ messages: { perSecond: 1, burst: 5 } });
    expect(errors(5)).toEqual([]);
    expect(errors(1)).toMatchObject([
      { condition: 'policy-violation', type: 'wait', text: expect.stringMatching(/wait/i) },
    ]);
    kernel.clock.advance(1000);
    expect(errors(2)).toHaveLength(1);
  });

  test('counts every kind of stanza, and all sessions of an account together', async () => {
    const { kernel, errors } = await start({ stanzas: { perSecond: 1, burst: 3 } });
    expect(errors(3, () => presenceEl({ ...(to && { to }) }))).toEqual([]);
    const phone = kernel.bind('romeo@localhost/b');
    phone.sends(requestEl({ ...(to && { to }), id: '1', type: 'get' }, el('x', 'urn:x')));
    expect(phone.takes().map((stanza) => decodeStanzaError(stanza).condition)).toEqual(['policy-violation']);
    const other = kernel.bind('juliet@localhost/a');
    other.sends(hello());
    expect(other.takes()).toEqual([]);
  });

  test('refuses the presence after the burst, and messages still go', async () => {
    const { errors } = await start({ presences: { perSecond: 1, burst: 2 } });
    const show = () => presenceEl({ ...(to && { to }) });
    expect(errors(2, show)).toEqual([]);
    expect(errors(1, show)).toMatchObject([{ condition: 'policy-violation' }]);
    expect(errors(1)).toEqual([]);
  });

  test('guests of one network share a bound, whoever they come as; users have none', async () => {
    const { kernel, errors } = await start({ guestMessages: { perSecond: 1, burst: 3 } });
    const guest = (name: string, address: string) => {
      const session = kernel.bind(`guest-${name}@localhost/a`, 'guest');
      session.peer = { ...session.peer, address };
      return session;
    };
    const one = guest('a', '2001:db8::1');
    const other = guest('b', '2001:db8::2');
    for (const session of [one, other, one]) session.sends(hello());
    expect([one.takes(), other.takes()]).toEqual([[], []]);
    other.sends(hello());
    expect(other.takes().map(decodeStanzaError)).toMatchObject([
      { condition: 'policy-violation', type: 'wait', text: expect.stringContaining('your network') },
    ]);
    const elsewhere = guest('c', '2001:db8:0:1::1');
    elsewhere.sends(hello());
    expect(elsewhere.takes()).toEqual([]);
    expect(errors(10)).toEqual([]);
    kernel.clock.advance(1000);
    one.sends(hello());
    expect(one.takes()).toEqual([]);
  });

  test('can be lifted', async () => {
    const { kernel, errors } = await start({ enabled: false, messages: { burst: 1 } });
    expect(errors(500)).toEqual([]);
    expect(kernel.clock.pending).toBe(0);
  });

  test('forgets accounts that are quiet', async () => {
    const { kernel, errors } = await start({});
    errors(3);
    expect(kernel.stats()).toMatchObject({ 'rate-limit.accounts': 1 });
    kernel.clock.advance(60_000);
    expect(kernel.stats()).toMatchObject({ 'rate-limit.accounts': 0 });
  });
});
