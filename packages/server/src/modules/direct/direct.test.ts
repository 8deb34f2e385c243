import {
  childText,
  decodeContact,
  decodeMamResult,
  decodeStanzaError,
  type Element,
  el,
  encodeContact,
  encodeMamQuery,
  encodeMomentary,
  encodeStanzaId,
  type MamQuery,
  messageEl,
  NS,
  parseBareJid,
  parseJid,
  presenceEl,
  requestEl,
  stanzaIdOf,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { createDirectScene } from '../../testing/direct-scene.js';
import type { FakeSession } from '../../testing/index.js';

const jid = (text: string) => parseJid(text) ?? (expect.fail() as never);
const juliet = parseBareJid('juliet@localhost') ?? (expect.fail() as never);
const body = (text: string) => el('body', NS.client, {}, text);
const said = (to: string, text: string) => messageEl({ to: jid(to), type: 'chat', id: text }, body(text));

async function here(session: FakeSession): Promise<FakeSession> {
  await session.sends(presenceEl({}));
  return session;
}

/** The texts that came, or the condition of an error. */
const heard = (session: FakeSession) =>
  session.takes().map((stanza) => {
    const { type } = stanza.attrs;
    return type === 'error' ? `!${decodeStanzaError(stanza).condition}` : childText(stanza, 'body');
  });

async function archive(session: FakeSession, query: MamQuery = { page: {} }, to?: string): Promise<string[]> {
  session.takes();
  const iq = el('iq', NS.client, { id: 'mam', type: 'set', to }, encodeMamQuery(query));
  await session.sends(iq);
  const got: string[] = [];
  for (;;) {
    const stanza = await session.next();
    if (stanza.attrs.type === 'error') return [`!${decodeStanzaError(stanza).condition}`];
    if (stanza.name === 'iq') return got;
    const result = decodeMamResult(stanza);
    if (result) got.push(childText(result.message, 'body') ?? '');
  }
}

describe('an archive', () => {
  test('has what was said to somebody and by them, for both, by whom it was with', async () => {
    const kernel = await createDirectScene();
    const romeo = await here(kernel.bind('romeo@localhost/a'));
    const her = await here(kernel.bind('juliet@localhost/a'));
    const nurse = kernel.bind('nurse@localhost/a');
    await romeo.sends(said('juliet@localhost', '1'));
    await her.sends(said('romeo@localhost/a', '2'));
    await nurse.sends(said('juliet@localhost', '3'));
    expect(heard(her)).toEqual(['1', '3']);
    expect(await archive(her)).toEqual(['1', '2', '3']);
    expect(await archive(her, { with: jid('romeo@localhost'), page: {} })).toEqual(['1', '2']);
    expect(await archive(her, { with: 'romeo@localhost/b' as never, page: {} })).toEqual(['1', '2']);
    expect(await archive(romeo)).toEqual(['1', '2']);
    expect(await archive(nurse)).toEqual(['3']);
  });

  test('keeps what is for somebody who is not there, without an error', async () => {
    const kernel = await createDirectScene();
    const romeo = await here(kernel.bind('romeo@localhost/a'));
    await romeo.sends(said('juliet@localhost', '1'));
    expect(heard(romeo)).toEqual([]);
    expect(await archive(kernel.bind('juliet@localhost/a'))).toEqual(['1']);
  });

  test('gives each message the id that it has there, and lets nobody forge one', async () => {
    const kernel = await createDirectScene();
    const romeo = kernel.bind('romeo@localhost/a');
    const her = await here(kernel.bind('juliet@localhost/a'));
    await romeo.sends(messageEl({ to: juliet, type: 'chat' }, body('1'), encodeStanzaId('forged', juliet)));
    const id = stanzaIdOf(her.receives(), juliet);
    expect(id).not.toBe('forged');
    expect(await archive(her, { ids: [id ?? ''], page: {} })).toEqual(['1']);
    await romeo.sends(
      messageEl({ to: juliet, type: 'headline' }, body('2'), encodeStanzaId('forged', juliet)),
    );
    const headline = her.receives();
    expect([childText(headline, 'body'), stanzaIdOf(headline, juliet)]).toEqual(['2', undefined]);
  });

  test('is on disk before anybody sees the message, or the message is refused', async () => {
    let fail: (cause: Error) => void = () => {};
    const kernel = await createDirectScene();
    kernel.storage.archive.append = () =>
      new Promise((_, reject) => {
        fail = reject;
      });
    const romeo = kernel.bind('romeo@localhost/a');
    const her = await here(kernel.bind('juliet@localhost/a'));
    const sent = romeo.sends(said('juliet@localhost', '1'));
    await new Promise<void>((resolve) => queueMicrotask(resolve));
    expect(heard(her)).toEqual([]);
    fail(new Error('the disk is full'));
    await sent;
    expect([heard(her), heard(romeo)]).toEqual([[], ['!resource-constraint']]);
  });

  test('that is full takes no message', async () => {
    const kernel = await createDirectScene();
    Object.defineProperty(kernel.storage.archive, 'full', { value: true });
    const romeo = kernel.bind('romeo@localhost/a');
    await romeo.sends(said('juliet@localhost', '1'));
    expect(heard(romeo)).toEqual(['!resource-constraint']);
  });

  test('keeps nothing that is of the moment, nor what rooms send', async () => {
    const kernel = await createDirectScene();
    const romeo = kernel.bind('romeo@localhost/a');
    const her = await here(kernel.bind('juliet@localhost/a'));
    await romeo.sends(messageEl({ to: juliet, type: 'chat' }, body('1'), ...encodeMomentary()));
    await romeo.sends(messageEl({ to: juliet, type: 'chat' }, el('composing', NS.chatStates)));
    kernel.router.send(
      messageEl({ from: 'r@rooms.localhost/x' as never, to: juliet, type: 'chat' }, body('2')),
    );
    expect(heard(her)).toEqual(['1', undefined, '2']);
    expect(await archive(her)).toEqual([]);
  });

  test('is read by its owner alone, with or without its address; a guest has none', async () => {
    const kernel = await createDirectScene();
    const romeo = kernel.bind('romeo@localhost/a');
    await romeo.sends(said('juliet@localhost', '1'));
    expect(await archive(romeo, { page: {} }, 'romeo@localhost')).toEqual(['1']);
    expect(await archive(romeo, { page: {} }, 'juliet@localhost')).toEqual(['!forbidden']);
    expect(await archive(kernel.bind('guest-1@localhost/a', 'guest'))).toEqual(['!service-unavailable']);
  });

  test('can be switched off: then what nobody takes comes back', async () => {
    const kernel = await createDirectScene({ archived: false });
    const romeo = kernel.bind('romeo@localhost/a');
    await romeo.sends(said('juliet@localhost', '1'));
    expect(heard(romeo)).toEqual(['!service-unavailable']);
    expect(await archive(romeo)).toEqual(['!service-unavailable']);
  });

  test('goes with its account', async () => {
    const kernel = await createDirectScene();
    const romeo = kernel.bind('romeo@localhost/a');
    await romeo.sends(said('juliet@localhost', '1'));
    kernel.registry.hooks.tell('account:erased', { account: juliet });
    expect(await archive(kernel.bind('juliet@localhost/a'))).toEqual([]);
    expect(await archive(romeo)).toEqual(['1']);
  });
});

describe('writing', () => {
  test('to nobody, or to a guest who is gone, is refused', async () => {
    const kernel = await createDirectScene();
    const romeo = kernel.bind('romeo@localhost/a');
    const guest = await here(kernel.bind('guest-1@localhost/a', 'guest'));
    await romeo.sends(said('guest-1@localhost', '1'));
    expect(heard(guest)).toEqual(['1']);
    guest.end('closed');
    for (const gone of ['guest-1@localhost', 'nobody@localhost']) {
      await romeo.sends(said(gone, '2'));
      expect(heard(romeo)).toEqual(['!recipient-unavailable']);
    }
  });

  test('is for guests only where it was allowed', async () => {
    const kernel = await createDirectScene({ guestsMayWrite: ['juliet'] });
    const guest = kernel.bind('guest-1@localhost/a', 'guest');
    const her = await here(kernel.bind('juliet@localhost/a'));
    const nurse = await here(kernel.bind('nurse@localhost/a'));
    await guest.sends(said('juliet@localhost', '1'));
    await guest.sends(said('nurse@localhost/a', '2'));
    await guest.sends(said('nobody@localhost', '3'));
    expect([heard(her), heard(nurse), heard(guest)]).toEqual([['1'], [], ['!forbidden', '!forbidden']]);
  });

  test('is for no guest by default, and to everybody where that was said', async () => {
    for (const [settings, answer] of [
      [{}, ['!forbidden']],
      [{ guestsMayWrite: ['*'] }, []],
    ] as const) {
      const kernel = await createDirectScene(settings);
      const guest = kernel.bind('guest-1@localhost/a', 'guest');
      await guest.sends(said('juliet@localhost', '1'));
      expect(heard(guest)).toEqual(answer);
    }
  });

  test('is slowed for all guests of a network together, and for no account', async () => {
    const kernel = await createDirectScene({
      guestsMayWrite: ['juliet'],
      guestMessages: { perSecond: 0.1, burst: 3 },
    });
    const [one, two] = [1, 2].map((n) => kernel.bind(`guest-${n}@localhost/a`, 'guest'));
    if (!one || !two) return expect.fail();
    await one.sends(said('juliet@localhost', '1'));
    await two.sends(said('juliet@localhost', '2'));
    await one.sends(said('juliet@localhost', '3'));
    expect([heard(one), heard(two)]).toEqual([[], []]);
    await two.sends(said('juliet@localhost', '4'));
    expect(heard(two)).toEqual(['!policy-violation']);
    const her = await here(kernel.bind('juliet@localhost/a'));
    await two.sends(messageEl({ to: juliet, type: 'chat' }, el('composing', NS.chatStates)));
    expect([heard(two), heard(her)]).toEqual([[], [undefined]]);
    kernel.clock.advance(10_000);
    await two.sends(said('juliet@localhost', '5'));
    expect(heard(two)).toEqual([]);
    const romeo = kernel.bind('romeo@localhost/a');
    for (let n = 0; n < 4; n++) await romeo.sends(said('juliet@localhost', '6'));
    expect(heard(romeo)).toEqual([]);
  });
});

describe('whether one may write', () => {
  const ask = async (session: FakeSession, to: string) => {
    session.takes();
    await session.sends(requestEl({ id: 'c', type: 'get', to: jid(to) }, encodeContact()));
    const answer: Element = await session.next();
    return answer.attrs.type === 'error' ? decodeStanzaError(answer).condition : decodeContact(answer);
  };

  test('is told, and of who is open to guests also whether they are here', async () => {
    const kernel = await createDirectScene({ guestsMayWrite: ['juliet'] });
    const guest = kernel.bind('guest-1@localhost/a', 'guest');
    const romeo = kernel.bind('romeo@localhost/a');
    expect(await ask(guest, 'juliet@localhost')).toEqual({ here: false });
    const her = kernel.bind('juliet@localhost/a');
    expect(await ask(guest, 'juliet@localhost')).toEqual({ here: false });
    await here(her);
    expect(await ask(guest, 'juliet@localhost')).toEqual({ here: true });
    expect(await ask(her, 'romeo@localhost')).toEqual({});
    expect(await ask(romeo, 'nobody@localhost')).toBe('item-not-found');
  });

  test('is told a guest of nobody else, whether there is such an account or not', async () => {
    const kernel = await createDirectScene({ guestsMayWrite: ['nurse'] });
    const guest = kernel.bind('guest-1@localhost/a', 'guest');
    expect(await ask(guest, 'juliet@localhost')).toBe('forbidden');
    expect(await ask(guest, 'nobody@localhost')).toBe('forbidden');
    expect(await ask(guest, 'nurse@localhost')).toBe('item-not-found');
  });
});
