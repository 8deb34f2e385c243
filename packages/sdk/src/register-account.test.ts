import {
  child,
  childText,
  type Element,
  el,
  encodeOpen,
  encodeStanzaError,
  is,
  NS,
  serializeFrame,
  stanzaError,
} from '@meerkat-chat/xmpp';
import type { PairedLink } from '@meerkat-chat/xmpp/testing';
import { beforeEach, expect, test } from 'vitest';
import { registerAccount } from './register-account.js';
import { parseFrame } from './session/frame.js';
import { FakeBosh } from './session/testing/fake-bosh.js';
import { FakePlatform } from './session/testing/fake-platform.js';
import type { RequestError } from './session/xmpp-session.js';

const WISH = { server: 'https://chat.example', username: 'Romeo', password: 'correct horse' };

let platform: FakePlatform;
let asked: Element[];

beforeEach(() => {
  platform = new FakePlatform();
  asked = [];
});

/** A server that opens streams with a feature, and answers each request so. */
function serves(open: boolean, answer: (iq: Element) => Element | undefined): (link: PairedLink) => void {
  return (link) => {
    link.onText((text) => {
      const element = parseFrame(text);
      if (!element) return;
      if (element.name === 'iq') {
        asked.push(element);
        const said = answer(element);
        if (said) link.send(serializeFrame(said));
      } else if (is(element, 'open', NS.framing)) {
        link.send(serializeFrame(encodeOpen({ from: 'chat.example', id: 'x' })));
        const feature = el('register', NS.registerFeature);
        link.send(serializeFrame(el('features', NS.streams, {}, open && feature)));
      }
    });
  };
}

const done = ({ attrs: { id } }: Element): Element => el('iq', NS.client, { type: 'result', id });
const refused =
  (error: Element) =>
  ({ attrs: { id } }: Element): Element =>
    el('iq', NS.client, { type: 'error', id }, error);

/** What it is refused with. */
async function problem(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (cause: RequestError) => cause,
  );
  return `${error?.error.condition}: ${error?.message}`;
}

test('it asks on a stream that nobody signs in on, and lets go of it', async () => {
  platform.serve = serves(true, done);
  expect(await registerAccount(WISH, platform)).toBe('romeo@chat.example');
  const query = asked[0] && child(asked[0], 'query', NS.register);
  expect(asked[0]?.attrs).toMatchObject({ type: 'set', to: 'chat.example' });
  expect(query && [childText(query, 'username'), childText(query, 'password')]).toEqual([
    'Romeo',
    'correct horse',
  ]);
  expect([platform.links[0]?.ended, platform.clock.pending]).toEqual([true, 0]);
});

test('where there is no WebSocket it goes over BOSH', async () => {
  platform.fates = ['refuse'];
  const bosh = new FakeBosh(serves(true, done));
  platform.fetch = bosh.fetch;
  expect(await registerAccount(WISH, platform)).toBe('romeo@chat.example');
});

test('what the server says is why', async () => {
  const taken = encodeStanzaError(stanzaError('conflict', 'This name is taken.'));
  platform.serve = serves(true, refused(taken));
  expect(await problem(registerAccount(WISH, platform))).toBe('conflict: This name is taken.');
});

test('nothing is asked where nobody can register, nor said on a link that breaks', async () => {
  platform.serve = serves(false, done);
  expect(await problem(registerAccount(WISH, platform))).toBe(
    'service-unavailable: Nobody can register here.',
  );
  expect(asked).toEqual([]);
  platform.serve = (link) => link.close();
  expect(await problem(registerAccount(WISH, platform))).toMatch(/^remote-server-timeout: /);
  expect(await problem(registerAccount({ ...WISH, server: 'https://[' }, platform))).toMatch(
    /^remote-server-not-found/,
  );
});

test('a server that says nothing is given up', async () => {
  platform.serve = serves(true, () => undefined);
  const work = problem(registerAccount(WISH, platform));
  await expect.poll(() => asked.length).toBe(1);
  platform.clock.advance(15_000);
  expect(await work).toMatch(/^remote-server-timeout: /);
  expect(platform.clock.pending).toBe(0);
});
