import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { NS, parseOAuthBearer } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import type { Credentials } from '../target.js';
import { NOWHERE } from '../testing/play.js';
import { SaltedPasswords } from './scram.js';
import { type Dialogue, type GuestToken, resume, type SignInContext, signIn } from './sign-in.js';

const GUEST: Credentials = { kind: 'guest' };
const PLAIN: Credentials = { kind: 'password', prefix: 'load-', password: 'secret', mechanism: 'PLAIN' };
const SCRAM: Credentials = { ...PLAIN, mechanism: 'SCRAM-SHA-1' };
const KEY = Buffer.from('a secret that is shared with a site').toString('base64');
const TOKEN: Credentials = { kind: 'token', prefix: 'load-', key: KEY };
const COOKIE: Credentials = { ...TOKEN, kind: 'cookie', cookie: 'chat' };
const FEATURES = '<stream:features/>';
const BOUND = '<iq type="result" id="bind"><bind><jid>load-3@localhost/r</jid></bind></iq>';
const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');

function context(
  credentials: Credentials,
  more: { readonly sasl2?: boolean; readonly sm?: boolean; readonly resumes?: boolean } = {},
): SignInContext {
  return {
    target: {
      ...NOWHERE,
      credentials,
      sasl2: more.sasl2 ?? false,
      streamManagement: more.sm ?? false,
    },
    env: { clock: new FakeClock(), random: new SeededRandom(1) },
    salted: new SaltedPasswords(),
    index: 3,
    resumes: more.resumes ?? false,
  };
}

/** A server that says these frames in turn, and notes what is said. `answer` may make one of what it heard last. */
function script(...frames: readonly (string | ((heard: string) => string))[]) {
  const said: string[] = [];
  const left = [...frames];
  const dialogue: Dialogue = {
    open: () => void said.push('open'),
    send: (element) => void said.push(element),
    counted: () => void said.push('counted'),
    hear: async (...names) => {
      for (;;) {
        const next = left.shift();
        if (next === undefined) throw new Error(`nothing more is said; waited for ${names.join(', ')}`);
        const frame = typeof next === 'string' ? next : next(said.at(-1) ?? '');
        if (names.some((name) => new RegExp(`^<${name}[ />]`).test(frame))) return frame;
      }
    },
  };
  return { dialogue, left, said };
}

/** What an element says in base64. */
const dataOf = (element: string): string =>
  Buffer.from(/>([^<>]*)<\//.exec(element)?.[1] ?? '', 'base64').toString();

/** The server's part of SCRAM-SHA-1 (RFC 5802 section 3). */
function scramServer(password: string) {
  const salt = 'QSXCR+Q6sek8bf92';
  const hmac = (key: Buffer, text: string): Buffer => createHmac('sha1', key).update(text).digest();
  const sha1 = (bytes: Buffer | Uint8Array): Buffer => createHash('sha1').update(bytes).digest();
  const salted = pbkdf2Sync(password, Buffer.from(salt, 'base64'), 4096, 20, 'sha1');
  let bare = '';
  let first = '';
  return {
    challenge: (auth: string): string => {
      bare = dataOf(auth).replace(/^n,,/, '');
      first = `r=${/r=([^,]+)/.exec(bare)?.[1]}more,s=${salt},i=4096`;
      return base64(first);
    },
    /** Its own proof; none when that of the client is wrong. */
    final: (response: string): string => {
      const [, without = '', proof = ''] = /^(.*),p=(.*)$/.exec(dataOf(response)) ?? [];
      const signed = `${bare},${first},${without}`;
      const stored = sha1(hmac(salted, 'Client Key'));
      const mask = hmac(stored, signed);
      const key = Buffer.from(proof, 'base64').map((byte, at) => byte ^ (mask[at] ?? 0));
      return sha1(key).equals(stored)
        ? base64(`v=${hmac(hmac(salted, 'Server Key'), signed).toString('base64')}`)
        : base64('e=invalid-proof');
    },
  };
}

describe('what a site says', () => {
  test('a token goes by OAUTHBEARER, a new one each time', async () => {
    const twice = context(TOKEN);
    const sent = await Promise.all(
      [1, 2].map(async () => {
        const { dialogue, said } = script(FEATURES, '<success/>', FEATURES, BOUND);
        await signIn(dialogue, twice);
        expect(said[1]).toContain('mechanism="OAUTHBEARER"');
        return parseOAuthBearer(dataOf(said[1] ?? ''))?.token ?? '';
      }),
    );
    const [first, second] = sent.map((token) =>
      JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()),
    );
    expect(first).toMatchObject({ sub: 'load-3', aud: 'localhost' });
    expect(first.jti).not.toBe(second.jti);
  });

  test('a cookie came with the connection: EXTERNAL says nothing more', async () => {
    const { dialogue, said } = script(FEATURES, '<success/>', FEATURES, BOUND);
    await signIn(dialogue, context(COOKIE));
    expect(said[1]).toBe(`<auth xmlns="${NS.sasl}" mechanism="EXTERNAL">=</auth>`);
  });

  test('one that is refused is an error', async () => {
    const { dialogue } = script(FEATURES, '<challenge>e30=</challenge>');
    await expect(signIn(dialogue, context(TOKEN))).rejects.toThrow('challenge');
  });
});

describe('the classic way', () => {
  test('a guest: ANONYMOUS, then a resource', async () => {
    const { dialogue, left, said } = script(FEATURES, '<success/>', FEATURES, BOUND);
    expect(await signIn(dialogue, context(GUEST))).toEqual({
      jid: 'load-3@localhost/r',
      resumption: undefined,
      token: undefined,
    });
    expect(said).toEqual([
      'open',
      `<auth xmlns="${NS.sasl}" mechanism="ANONYMOUS"></auth>`,
      'open',
      `<iq xmlns="${NS.client}" type="set" id="bind"><bind xmlns="${NS.bind}"/></iq>`,
    ]);
    expect(left).toEqual([]);
  });

  test('PLAIN: the account of that number, and its password', async () => {
    const { dialogue, said } = script(FEATURES, '<success/>', FEATURES, BOUND);
    await signIn(dialogue, context(PLAIN));
    expect(said[1]).toContain('mechanism="PLAIN"');
    expect(dataOf(said[1] ?? '')).toBe('\0load-3\0secret');
  });

  test.each([
    ['with the success', (final: string) => [`<success>${final}</success>`]],
    ['as one more challenge', (final: string) => [`<challenge>${final}</challenge>`, '<success/>']],
  ])('SCRAM-SHA-1, where the proof of the server comes %s', async (_where, ends) => {
    const server = scramServer('secret');
    const { dialogue, said } = script(
      FEATURES,
      (heard) => `<challenge>${server.challenge(heard)}</challenge>`,
      (heard) => ends(server.final(heard))[0] ?? '',
      ...ends('').slice(1),
      FEATURES,
      BOUND,
    );
    expect((await signIn(dialogue, context(SCRAM))).jid).toBe('load-3@localhost/r');
    expect(said[1]).toContain('mechanism="SCRAM-SHA-1"');
    expect(dataOf(said[1] ?? '')).toMatch(/^n,,n=load-3,r=/);
  });

  test('a server that does not know the password either is not believed', async () => {
    const server = scramServer('another');
    const { dialogue } = script(
      FEATURES,
      (heard) => `<challenge>${server.challenge(heard)}</challenge>`,
      `<success>${base64(`v=${base64('0'.repeat(20))}`)}</success>`,
    );
    await expect(signIn(dialogue, context(SCRAM))).rejects.toThrow('did not prove');
  });

  test('stream management is switched on where asked for, and counts from the element that does', async () => {
    const { dialogue, said } = script(
      FEATURES,
      '<success/>',
      FEATURES,
      BOUND,
      '<enabled id="s1" resume="true"/>',
    );
    expect((await signIn(dialogue, context(GUEST, { sm: true }))).resumption).toBe('s1');
    expect(said.slice(-2)).toEqual(['counted', `<enable xmlns="${NS.sm}" resume="true"/>`]);
    const refused = script(FEATURES, '<success/>', FEATURES, BOUND, '<failed/>');
    await expect(signIn(refused.dialogue, context(GUEST, { sm: true }))).rejects.toThrow('stream management');
  });

  test('a refusal is told in the words of the server', async () => {
    const { dialogue } = script(FEATURES, '<failure><not-authorized/></failure>');
    await expect(signIn(dialogue, context(PLAIN))).rejects.toThrow('not-authorized');
    const unbound = script(FEATURES, '<success/>', FEATURES, '<iq type="error"><conflict/></iq>');
    await expect(signIn(unbound.dialogue, context(PLAIN))).rejects.toThrow('conflict');
  });

  test('a session is resumed after a new sign-in, or that is refused', async () => {
    const session = { id: 's1', handled: 7, token: undefined };
    const { dialogue, said } = script(FEATURES, '<success/>', FEATURES, '<resumed previd="s1" h="4"/>');
    expect(await resume(dialogue, context(PLAIN), session)).toEqual({
      kind: 'resumed',
      handled: 4,
      token: undefined,
    });
    expect(said.at(-1)).toBe(`<resume xmlns="${NS.sm}" previd="s1" h="7"/>`);
    const gone = script(FEATURES, '<success/>', FEATURES, '<failed><item-not-found/></failed>');
    expect(await resume(gone.dialogue, context(PLAIN), session)).toMatchObject({ kind: 'refused' });
  });
});

describe('SASL2', () => {
  const success = (inline: string): string =>
    `<success xmlns="${NS.sasl2}"><authorization-identifier>load-3@localhost/r</authorization-identifier>${inline}</success>`;

  test('sign-in, resource and stream management in one step', async () => {
    const { dialogue, said } = script(FEATURES, success('<bound><enabled id="s2"/></bound>'));
    const options = { sasl2: true, sm: true };
    expect(await signIn(dialogue, context(PLAIN, options))).toEqual({
      jid: 'load-3@localhost/r',
      resumption: 's2',
      token: undefined,
    });
    expect(said.slice(0, 2)).toEqual(['open', 'counted']);
    expect(said).toHaveLength(3);
    expect(said[2]).toContain(`<bind xmlns="${NS.bind2}">`);
    expect(/<initial-response>([^<]*)</.exec(said[2] ?? '')?.[1]).toBe(base64('\0load-3\0secret'));
  });

  test('SCRAM-SHA-1, where the proof of the server is in its success', async () => {
    const server = scramServer('secret');
    const { dialogue } = script(
      FEATURES,
      (heard) => {
        const [, initial = ''] = /<initial-response>([^<]*)</.exec(heard) ?? [];
        return `<challenge>${server.challenge(`<a>${initial}</a>`)}</challenge>`;
      },
      (heard) => success(`<additional-data>${server.final(heard)}</additional-data>`),
    );
    expect((await signIn(dialogue, context(SCRAM, { sasl2: true }))).jid).toBe('load-3@localhost/r');
  });

  test('a guest who is to resume asks for a token, and comes back by it', async () => {
    const { dialogue, said } = script(
      FEATURES,
      success('<token token="t1"/><bound><enabled id="s3"/></bound>'),
    );
    const signedIn = await signIn(dialogue, context(GUEST, { resumes: true }));
    expect(said.at(-1)).toContain('<request-token ');
    const token = signedIn.token as GuestToken;
    expect(token).toMatchObject({ name: 'load-3', token: 't1', uses: 0 });

    const again = script(FEATURES, '<success><resumed h="2" previd="s3"/></success>');
    const session = { id: 's3', handled: 9, token };
    const resumed = await resume(again.dialogue, context(GUEST, { resumes: true }), session);
    expect(resumed).toEqual({ kind: 'resumed', handled: 2, token: { ...token, uses: 1 } });
    const told = again.said.at(-1) ?? '';
    expect(told).toContain('mechanism="HT-SHA-256-NONE"');
    expect(told).toContain(`id="${token.clientId}"`);
    const proof = createHmac('sha256', 't1').update('Initiator').digest();
    expect(/<initial-response>([^<]*)</.exec(told)?.[1]).toBe(
      base64(Buffer.concat([Buffer.from('load-3\0'), proof])),
    );
  });

  test('a session that is gone is told so, although the sign-in went well', async () => {
    const { dialogue } = script(FEATURES, '<success><failed><item-not-found/></failed></success>');
    const session = { id: 's', handled: 0, token: undefined };
    const resumed = await resume(dialogue, context(PLAIN, { sasl2: true }), session);
    expect(resumed).toEqual({ kind: 'refused', why: '<failed><item-not-found/></failed>' });
  });

  test('a server that leaves out what was asked for is refused', async () => {
    const { dialogue } = script(FEATURES, success(''));
    await expect(signIn(dialogue, context(PLAIN, { sasl2: true, sm: true }))).rejects.toThrow(
      'stream management',
    );
    const nobody = script(FEATURES, '<success/>');
    await expect(signIn(nobody.dialogue, context(PLAIN, { sasl2: true }))).rejects.toThrow('nobody');
  });
});
