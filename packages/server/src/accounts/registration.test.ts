import {
  child,
  childText,
  decodeStanzaError,
  type Element,
  el,
  encodeRegister,
  NS,
  parseBareJid,
  stanzaError,
} from '@meerkat-chat/xmpp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FrameClient } from '../testing/frame-client.js';
import { createTestServer, type TestServer, type TestServerOptions } from '../testing/test-server.js';

let server: TestServer;
const begin = async (options: TestServerOptions = {}): Promise<void> => {
  server = await createTestServer({ registration: { open: true }, ...options });
};
beforeEach(() => begin());
afterEach(() => server.stop());

async function visitor(address = '192.0.2.1', secure = true): Promise<FrameClient> {
  const client = new FrameClient(server, { address, secure });
  await client.open();
  return client;
}

/** What came of it: `result`, or condition, type and words of the error. */
function outcome(answer: Element): string {
  if (answer.attrs.type === 'result') return 'result';
  const { condition, text, type } = decodeStanzaError(answer);
  return `${type} ${condition}: ${text}`;
}

const registers = async (client: FrameClient, name: string, password = 'correct horse'): Promise<string> =>
  outcome(await client.asks('set', encodeRegister(name, password)));

const TAKEN = 'cancel conflict: This name is taken.';
const TOO_MANY = 'wait resource-constraint: Too many accounts were made from your network. Try again later.';

describe('on a server that is open', () => {
  test('somebody asks what is wanted, registers and signs in, all on one stream', async () => {
    const client = new FrameClient(server);
    expect(child(await client.open(), 'register', NS.registerFeature)).toBeDefined();
    const form = child(await client.asks('get', el('query', NS.register)), 'query', NS.register);
    expect(form && childText(form, 'instructions')).toBe('Choose a name and a password.');
    expect(await registers(client, 'Romeo')).toBe('result');
    expect(await client.authenticate('romeo', 'correct horse')).toBe('success');
    expect(await server.accounts.users.list()).toEqual(['romeo@localhost']);
  });

  test.each([
    ['a name that is none', 'ro meo', 'modify not-acceptable: "ro meo" cannot be the name of an account.'],
    ['a name of guests', 'guest-1', 'modify not-acceptable: This name is kept for those who run this place.'],
    ['a reserved name', 'root', 'modify not-acceptable: This name is kept for those who run this place.'],
    [
      'the name as password',
      'correct',
      'modify not-acceptable: A password is not the name of its account.',
      'correct',
    ],
    [
      'a password with a control',
      'romeo',
      'modify not-acceptable: A password has no control characters, and none that cannot be seen.',
      'a\tb',
    ],
    ['no password', 'romeo', 'modify bad-request: A name and a password are needed.', ''],
  ])('%s is refused', async (_, name, problem, password?: string) => {
    expect(await registers(await visitor(), name, password)).toBe(problem);
    expect(await server.accounts.users.list()).toEqual([]);
  });

  test('a name is taken where anything is kept of whoever has it, or what looks like it', async () => {
    const { archive, statuses, tokens } = server.storage;
    const at = (name: string) => parseBareJid(`${name}@localhost`) ?? expect.unreachable();
    await server.addUser('romeo', 'x');
    await archive.append({
      id: archive.nextId(0),
      archive: at('mira'),
      at: 0,
      sender: 's',
      xml: '<message/>',
    });
    await statuses.add({ id: 'k7', account: at('ana'), guest: false, status: 'away', since: 0 });
    const token = {
      guest: false,
      clientId: 'c',
      mechanism: 'HT-SHA-256-NONE',
      issuedAt: 0,
      expiresAt: 9,
      count: 0,
    };
    await tokens.add({ ...token, account: at('paul'), serial: 's' });
    await server.storage.rooms.put({
      jid: parseBareJid('hall@rooms.localhost') ?? expect.unreachable(),
      config: {},
      subject: undefined,
      createdAt: 0,
    });
    await server.storage.rooms.setAffiliation(
      parseBareJid('hall@rooms.localhost') ?? expect.unreachable(),
      at('banned'),
      'outcast',
    );
    const names = ['romeo', 'rоmeo', 'mira', 'ana', 'paul', 'banned'];
    for (const [n, name] of names.entries()) {
      expect([name, await registers(await visitor(`192.0.2.${n}`), name)]).toEqual([name, TAKEN]);
    }
  });

  test('so many accounts come from one network in an hour, and no more', async () => {
    for (const name of ['one', 'two', 'three']) {
      expect(await registers(await visitor('2001:db8::1'), name)).toBe('result');
    }
    expect(await registers(await visitor('2001:db8::ffff'), 'four')).toBe(TOO_MANY);
    expect(await registers(await visitor('2001:db8:0:1::1'), 'four')).toBe('result');
    server.clock.advance(3_600_000 / 3 - 1);
    expect(await registers(await visitor('2001:db8::1'), 'five')).toBe(TOO_MANY);
    server.clock.advance(1);
    expect(await registers(await visitor('2001:db8::1'), 'five')).toBe('result');
  });

  test('so many come in all', async () => {
    await server.stop();
    await begin({ registration: { open: true, perHour: 2 } });
    expect(await registers(await visitor('192.0.2.1'), 'one')).toBe('result');
    expect(await registers(await visitor('192.0.2.2'), 'two')).toBe('result');
    expect(await registers(await visitor('192.0.2.3'), 'three')).toBe(
      'wait resource-constraint: Too many accounts are being made just now. Try again later.',
    );
  });

  test('names cannot be tried out in a row', async () => {
    await server.addUser('romeo', 'x');
    for (let n = 0; n < 30; n++) expect(await registers(await visitor(), 'romeo')).toBe(TAKEN);
    expect(await registers(await visitor(), 'romeo')).toBe(TOO_MANY);
    expect(await registers(await visitor('192.0.2.2'), 'romeo')).toBe(TAKEN);
  });

  test('a stream on which too much is refused is ended', async () => {
    const client = await visitor();
    await server.addUser('romeo', 'x');
    let ended = '';
    for (let n = 0; n < 10 && ended === ''; n++) {
      client.say(el('iq', NS.client, { type: 'set', id: `x${n}` }, encodeRegister('romeo', 'correct horse')));
      const said = await client.hears((e) => e.name === 'iq' || e.name === 'error');
      if (n >= 4) ended = said.name;
      if (said.name === 'iq' && n >= 4) ended = (await client.hears((e) => e.name === 'error')).name;
    }
    expect(ended).toBe('error');
  });

  test('what is no request for an account is answered, and signs nobody in', async () => {
    const client = await visitor();
    expect(outcome(await client.asks('get', el('query', NS.discoInfo)))).toBe(
      'auth not-authorized: Sign in first.',
    );
    const remove = el('query', NS.register, {}, el('remove', NS.register));
    expect(outcome(await client.asks('set', remove))).toBe('cancel not-allowed: Sign in first.');
  });
});

describe('the hook', () => {
  test('is asked last, and its sentence is told', async () => {
    await server.stop();
    const asked: object[] = [];
    await begin({
      askHook: async (who) => {
        asked.push(who);
        return who.name === 'tybalt' ? stanzaError('not-allowed', 'No Capulets.') : undefined;
      },
    });
    await server.addUser('juliet', 'x');
    expect(await registers(await visitor(), 'juliet')).toBe(TAKEN);
    expect(await registers(await visitor(), 'tybalt')).toBe('cancel not-allowed: No Capulets.');
    expect(await registers(await visitor(), 'Romeo')).toBe('result');
    expect(asked).toEqual([
      { name: 'tybalt', address: '192.0.2.1' },
      { name: 'romeo', address: '192.0.2.1' },
    ]);
  });
});

describe('nobody registers', () => {
  test.each([
    ['where it is not opened', { registration: {} }, true],
    ['over a link that is not secure', {}, false],
  ])('%s', async (_, options, secure) => {
    await server.stop();
    await begin(options);
    const client = new FrameClient(server, { secure });
    expect(child(await client.open(), 'register', NS.registerFeature)).toBeUndefined();
    client.say(el('iq', NS.client, { type: 'set', id: 'r' }, encodeRegister('romeo', 'correct horse')));
    await client.hears((e) => e.name === 'error' && e.ns === NS.streams);
    expect(await server.accounts.users.list()).toEqual([]);
  });
});
