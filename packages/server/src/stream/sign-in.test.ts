import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import {
  decodeFastToken,
  decodeSasl2Success,
  decodeSaslData,
  decodeSaslFailure,
  decodeStreamError,
  type Element,
  el,
  encodeAuth,
  encodeAuthenticate,
  encodeFast,
  encodeOpen,
  encodeRequestToken,
  encodeSaslAbort,
  encodeSaslData,
  formatClientFinalWithoutProof,
  formatClientFirst,
  fromUtf8,
  NS,
  parseServerFinal,
  parseServerFirst,
  type SaslProfile,
  scramAuthMessage,
  utf8,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { type StreamClient, StreamWorld } from '../testing/stream-world.js';
import { MAX_CLIENT_ID } from './sign-in.js';

const PROFILES: readonly SaslProfile[] = [NS.sasl, NS.sasl2];

function begin(profile: SaslProfile, mechanism: string, initial: string | undefined, inline: Element[] = []) {
  const data = initial === undefined ? undefined : utf8(initial);
  return profile === NS.sasl
    ? encodeAuth({ mechanism, initial: data })
    : encodeAuthenticate({ mechanism, initial: data, userAgent: undefined, inline });
}

async function opened(world = new StreamWorld(), from?: string): Promise<StreamClient> {
  const client = world.connect();
  await client.opens('capulet.example', from);
  return client;
}

function dataOf(element: Element | undefined): string {
  return (element && fromUtf8(decodeSaslData(element) ?? new Uint8Array())) ?? '';
}

/** Plays a client of SCRAM; `bend` changes its final message. */
async function scram(
  client: StreamClient,
  options: {
    readonly profile?: SaslProfile;
    readonly hash?: 'SHA-1' | 'SHA-256';
    readonly user?: string;
    readonly password?: string;
    readonly header?: string;
    readonly bend?: (final: string) => string;
  } = {},
) {
  const { hash = 'SHA-256', password = 'r0m30', profile = NS.sasl2, user = 'juliet' } = options;
  const { header = 'n,,', bend = (final: string) => final } = options;
  const [name, length] = hash === 'SHA-1' ? ['sha1', 20] : ['sha256', 32];
  const { bare } = formatClientFirst({ username: user, nonce: 'fyko+d2lbbFgONRv9qkxdawL' });
  const [challenge] = await client.says(begin(profile, `SCRAM-${hash}`, header + bare));
  if (challenge?.name !== 'challenge') return { answer: challenge, serverProof: false };
  const serverFirst = dataOf(challenge);
  const first = parseServerFirst(serverFirst);
  if (!first) throw new TypeError(serverFirst);
  const salted = pbkdf2Sync(
    password,
    Buffer.from(first.salt, 'base64'),
    first.iterations,
    Number(length),
    `${name}`,
  );
  const hmac = (key: Buffer, text: string) => createHmac(`${name}`, key).update(text).digest();
  const clientKey = hmac(salted, 'Client Key');
  const stored = createHash(`${name}`).update(clientKey).digest();
  const withoutProof = formatClientFinalWithoutProof(Buffer.from(header).toString('base64'), first.nonce);
  const signed = scramAuthMessage(bare, serverFirst, withoutProof);
  const signature = hmac(stored, signed);
  const proof = Buffer.from(clientKey.map((byte, at) => byte ^ (signature[at] ?? 0))).toString('base64');
  const final = bend(`${withoutProof},p=${proof}`);
  const [answer] = await client.says(encodeSaslData('response', utf8(final), profile));
  const said =
    profile === NS.sasl
      ? dataOf(answer)
      : fromUtf8((answer && decodeSasl2Success(answer)?.additional) ?? new Uint8Array());
  const expected = hmac(hmac(salted, 'Server Key'), signed).toString('base64');
  return { answer, serverProof: parseServerFinal(said ?? '') === expected };
}

describe('features', () => {
  test('offer the mechanisms in order, in both profiles, with what can be had inline', async () => {
    const client = new StreamWorld().connect();
    const [, features] = await client.opens();
    const [mechanisms, authentication, limits] = features?.children ?? [];
    expect(mechanisms).toMatchObject({ name: 'mechanisms', ns: NS.sasl });
    expect(authentication).toMatchObject({ name: 'authentication', ns: NS.sasl2 });
    expect(JSON.stringify(authentication)).toContain(NS.fast);
    expect(limits).toMatchObject({
      name: 'limits',
      children: [{ children: ['10000'] }, { children: ['45'] }],
    });
  });

  test('offer no token on a link that others may read', async () => {
    const client = new StreamWorld().connect({ secure: false });
    const [, features] = await client.opens();
    expect(JSON.stringify(features)).not.toContain(NS.fast);
  });

  test('offer no sign-in where there is no mechanism', async () => {
    const world = new StreamWorld();
    world.auth.offered = [];
    const [, features] = await world.connect().opens();
    expect(features?.children).toMatchObject([{ name: 'limits' }]);
  });
});

describe.each(PROFILES)('in profile %s', (profile) => {
  test.each(['SHA-1', 'SHA-256'] as const)(
    'SCRAM-%s signs in, and proves that the server knows the key',
    async (hash) => {
      const { answer, serverProof } = await scram(await opened(), { hash, profile });
      expect(answer?.name).toBe('success');
      expect(serverProof).toBe(true);
    },
  );

  test('PLAIN signs in, with or without an initial response', async () => {
    const [success] = await (await opened()).says(begin(profile, 'PLAIN', '\0juliet\0r0m30'));
    expect(success?.name).toBe('success');
    const client = await opened();
    const [challenge] = await client.says(begin(profile, 'PLAIN', undefined));
    expect(challenge).toMatchObject({ name: 'challenge', ns: profile, children: [] });
    const [late] = await client.says(encodeSaslData('response', utf8('\0juliet\0r0m30'), profile));
    expect(late?.name).toBe('success');
  });

  test('the authenticator hears who has signed in, and of nobody who has not', async () => {
    const world = new StreamWorld();
    const client = world.connect();
    await client.opens();
    await client.says(begin(profile, 'PLAIN', '\0juliet\0wrong'));
    expect(world.auth.signedIn).toEqual([]);
    await client.says(begin(profile, 'PLAIN', '\0juliet\0r0m30'));
    expect(world.auth.signedIn).toEqual(['juliet@capulet.example']);
  });

  test('ANONYMOUS makes a guest', async () => {
    const [success] = await (await opened()).says(begin(profile, 'ANONYMOUS', undefined));
    expect(success?.name).toBe('success');
  });

  test.each([
    ['a wrong password', 'PLAIN', '\0juliet\0wrong', 'not-authorized'],
    ['an unknown user', 'PLAIN', '\0romeo\0r0m30', 'not-authorized'],
    ['a name that nobody can have', 'PLAIN', '\0ro meo\0r0m30', 'not-authorized'],
    ['another authorization identity', 'PLAIN', 'nurse@capulet.example\0juliet\0r0m30', 'invalid-authzid'],
    ['that of another host', 'PLAIN', 'juliet@montague.example\0juliet\0r0m30', 'invalid-authzid'],
    ['a full one', 'PLAIN', 'juliet@capulet.example/x\0juliet\0r0m30', 'invalid-authzid'],
    ['no password', 'PLAIN', '\0juliet\0', 'malformed-request'],
    ['two parts', 'PLAIN', 'juliet\0r0m30', 'malformed-request'],
    ['four parts', 'PLAIN', '\0juliet\0r0m30\0', 'malformed-request'],
    ['an unknown mechanism', 'CRAM-MD5', 'x', 'invalid-mechanism'],
    [
      'one that binds to a channel',
      'SCRAM-SHA-256-PLUS',
      'p=tls-exporter,,n=juliet,r=x',
      'invalid-mechanism',
    ],
    [
      'channel binding that is not offered',
      'SCRAM-SHA-256',
      'p=tls-exporter,,n=juliet,r=x',
      'malformed-request',
    ],
    ['an extension of SCRAM', 'SCRAM-SHA-1', 'n,,m=x,n=juliet,r=x', 'malformed-request'],
    ['a token without <fast/>', 'HT-SHA-256-NONE', 'juliet\0x', 'invalid-mechanism'],
  ])('%s is refused, and another attempt may follow', async (_, mechanism, initial, condition) => {
    const client = await opened();
    const [failure, ...more] = await client.says(begin(profile, mechanism, initial));
    expect(failure && decodeSaslFailure(failure, profile)).toEqual({ condition });
    expect(more).toEqual([]);
    const [success] = await client.says(begin(profile, 'PLAIN', 'juliet@capulet.example\0juliet\0r0m30'));
    expect(success?.name).toBe('success');
  });

  test('bytes that are no UTF-8 are refused', async () => {
    for (const mechanism of ['PLAIN', 'SCRAM-SHA-256']) {
      const client = await opened();
      const bytes = Uint8Array.of(0, 0xc3, 0x28, 0, 0x41);
      const frame =
        profile === NS.sasl
          ? encodeAuth({ mechanism, initial: bytes })
          : encodeAuthenticate({ mechanism, initial: bytes, userAgent: undefined, inline: [] });
      const [failure] = await client.says(frame);
      expect(failure && decodeSaslFailure(failure, profile)).toEqual({ condition: 'malformed-request' });
    }
  });

  test('who is refused is in the log, by address and mechanism, and nothing of what they said', async () => {
    const world = new StreamWorld();
    const client = await opened(world);
    await client.says(begin(profile, 'PLAIN', '\0juliet\0wrong horse'));
    await client.says(begin(profile, 'PLAIN', 'nurse\0juliet\0r0m30'));
    const refused = {
      address: client.link.peer.address,
      mechanism: 'PLAIN',
      message: 'a sign-in was refused',
    };
    expect(world.logged).toMatchObject([
      { ...refused, condition: 'not-authorized' },
      { ...refused, condition: 'invalid-authzid', account: 'juliet@capulet.example' },
    ]);
    expect(JSON.stringify(world.logged)).not.toMatch(/wrong horse|r0m30|nurse/);
  });

  test('an attempt can be aborted, and what is no Base64 fails it', async () => {
    const client = await opened();
    const first = begin(profile, 'SCRAM-SHA-1', 'n,,n=juliet,r=x');
    await client.says(first);
    const [aborted] = await client.says(encodeSaslAbort(profile));
    expect(aborted && decodeSaslFailure(aborted, profile)).toEqual({ condition: 'aborted' });
    await client.says(first);
    const [malformed] = await client.says(el('response', profile, {}, '*'));
    expect(malformed && decodeSaslFailure(malformed, profile)).toEqual({ condition: 'incorrect-encoding' });
  });

  test('only replies may come while an attempt goes on', async () => {
    for (const [frame, condition] of [
      [el('message', NS.client), 'not-authorized'],
      [begin(profile, 'PLAIN', '\0juliet\0r0m30'), 'unsupported-stanza-type'],
      [encodeSaslAbort(profile === NS.sasl ? NS.sasl2 : NS.sasl), 'unsupported-stanza-type'],
    ] as const) {
      const client = await opened();
      await client.says(begin(profile, 'SCRAM-SHA-1', 'n,,n=juliet,r=x'));
      const [error] = await client.says(frame);
      expect(error && decodeStreamError(error)).toEqual({ condition });
      expect(client.closed).toBe(true);
    }
  });

  test('after as many attempts as are allowed the stream ends', async () => {
    const client = await opened(new StreamWorld({ signInAttempts: 3 }));
    const wrong = begin(profile, 'PLAIN', '\0juliet\0wrong');
    for (let attempt = 1; attempt < 3; attempt++) {
      expect(await client.says(wrong)).toHaveLength(1);
    }
    const [failure, error] = await client.says(wrong);
    expect(failure?.name).toBe('failure');
    expect(error && decodeStreamError(error)).toMatchObject({ condition: 'policy-violation' });
    expect(client.closed).toBe(true);
  });

  test('or sooner, when the authenticator has had enough of that address', async () => {
    const world = new StreamWorld();
    world.auth.patience = 2;
    const client = await opened(world);
    await client.says(begin(profile, 'PLAIN', '\0juliet\0wrong'));
    expect(client.closed).toBe(false);
    await scram(client, { profile, user: 'romeo' });
    expect(client.closed).toBe(true);
    expect(world.auth.failures).toEqual(['juliet', 'romeo']);
  });

  test('a cookie that is nobody’s is no guess: a browser has it from the site, and sends it each time', async () => {
    const world = new StreamWorld({ signInAttempts: 3 });
    world.auth.offered = ['EXTERNAL', 'PLAIN'];
    world.auth.patience = 1;
    const client = await opened(world);
    for (let attempt = 1; attempt < 3; attempt++) {
      const [failure] = await client.says(begin(profile, 'EXTERNAL', ''));
      expect(failure && decodeSaslFailure(failure, profile)).toEqual({ condition: 'not-authorized' });
    }
    expect([world.auth.failures, client.closed]).toEqual([[], false]);
    await client.says(begin(profile, 'EXTERNAL', ''));
    expect([world.auth.failures, client.closed]).toEqual([[], true]);
  });

  test('a fault of the authenticator is temporary, and nobody is suspected', async () => {
    const world = new StreamWorld();
    world.auth.before = () => Promise.reject(new Error('the database is away'));
    const client = await opened(world);
    const [failure] = await client.says(begin(profile, 'PLAIN', '\0juliet\0r0m30'));
    expect(failure && decodeSaslFailure(failure, profile)).toEqual({ condition: 'temporary-auth-failure' });
    expect(world.auth.failures).toEqual([]);
  });

  test('who opened the stream as one cannot sign in as another', async () => {
    const client = await opened(new StreamWorld(), 'nurse@capulet.example');
    const [failure] = await client.says(begin(profile, 'PLAIN', '\0juliet\0r0m30'));
    expect(failure && decodeSaslFailure(failure, profile)).toEqual({ condition: 'invalid-authzid' });
    const [guest] = await client.says(begin(profile, 'ANONYMOUS', undefined));
    expect(guest?.name).toBe('success');
  });
});

describe('SCRAM', () => {
  test('refuses a wrong password and an unknown user at the same place, in the same words', async () => {
    const wrong = await scram(await opened(), { password: 'wrong' });
    const unknown = await scram(await opened(), { user: 'romeo' });
    const guessed = await scram(await opened(), { user: 'romeo', password: 'nobody knows' });
    expect(wrong.answer).toEqual(unknown.answer);
    expect(guessed.answer).toEqual(unknown.answer);
    expect(wrong.answer && decodeSaslFailure(wrong.answer, NS.sasl2)).toEqual({
      condition: 'not-authorized',
    });
  });

  test('takes a client that could bind to a channel, since no binding is offered', async () => {
    expect((await scram(await opened(), { header: 'y,,' })).answer?.name).toBe('success');
  });

  test('takes the own authorization identity only', async () => {
    const own = await scram(await opened(), { header: 'n,a=juliet@capulet.example,' });
    expect(own.answer?.name).toBe('success');
    const other = await scram(await opened(), { header: 'n,a=nurse@capulet.example,' });
    expect(other.answer && decodeSaslFailure(other.answer, NS.sasl2)?.condition).toBe('invalid-authzid');
  });

  test.each([
    ['another nonce', (final: string) => final.replace(/r=[^,]*/, 'r=other'), 'malformed-request'],
    ['another header than before', (final: string) => final.replace('c=biws', 'c=eSws'), 'malformed-request'],
    ['no proof', (final: string) => final.replace(/,p=.*/, ''), 'malformed-request'],
    ['a short proof', (final: string) => final.replace(/,p=.*/, ',p=YQ=='), 'not-authorized'],
    ['a proof of other words', (final: string) => final.replace(',p=', ',x=1,p='), 'not-authorized'],
  ])('refuses %s', async (_, bend, condition) => {
    const { answer } = await scram(await opened(), { bend });
    expect(answer && decodeSaslFailure(answer, NS.sasl2)).toEqual({ condition });
  });

  test('makes a nonce of its own each time', async () => {
    const world = new StreamWorld();
    const nonces = new Set<string>();
    for (let round = 0; round < 3; round++) {
      const client = await opened(world);
      const [challenge] = await client.says(begin(NS.sasl2, 'SCRAM-SHA-1', 'n,,n=juliet,r=mine'));
      nonces.add(parseServerFirst(dataOf(challenge))?.nonce ?? '');
    }
    expect(nonces.size).toBe(3);
    for (const nonce of nonces) expect(nonce).toMatch(/^mine.{20,}/);
  });
});

describe('tokens', () => {
  const agent = { id: 'd4565fa7-4d72-4749-b3d3-740edbf87770', software: undefined, device: undefined };

  async function token(world: StreamWorld) {
    const client = world.connect();
    const heard = await client.signIn({
      clientId: agent.id,
      inline: [encodeRequestToken('HT-SHA-256-NONE')],
    });
    const success = heard.map((element) => decodeSasl2Success(element)).find((found) => found);
    const issued = success && decodeFastToken(success.inline);
    if (!issued) throw new TypeError('no token');
    return issued.token;
  }

  function fast(
    secret: string,
    options: { count?: number; id?: string; more?: Element[]; invalidate?: boolean } = {},
  ) {
    const proof = createHmac('sha256', secret).update('Initiator').digest();
    const { count, id = agent.id, invalidate = false, more = [] } = options;
    return encodeAuthenticate({
      mechanism: 'HT-SHA-256-NONE',
      initial: Buffer.concat([Buffer.from('juliet\0'), proof]),
      userAgent: id === '-' ? undefined : { ...agent, id },
      inline: [encodeFast({ count, invalidate }), ...more],
    });
  }

  test('sign in again, and the server proves that it knows them', async () => {
    const world = new StreamWorld();
    const secret = await token(world);
    const [success] = await (await opened(world, 'juliet@capulet.example')).says(fast(secret));
    const read = success && decodeSasl2Success(success);
    const responder = createHmac('sha256', secret).update('Responder').digest();
    expect(read).toMatchObject({ authorizationId: 'juliet@capulet.example', inline: [] });
    expect(Buffer.from(read?.additional ?? [])).toEqual(responder);
  });

  test('of another client, used twice, or unknown are refused', async () => {
    const world = new StreamWorld();
    const secret = await token(world);
    const client = await opened(world);
    expect((await client.says(fast(secret, { count: 1, id: 'other' })))[0]?.name).toBe('failure');
    expect((await client.says(fast('unknown')))[0]?.name).toBe('failure');
    expect((await client.says(fast(secret, { count: 1 })))[0]?.name).toBe('success');
    const [replay] = await (await opened(world)).says(fast(secret, { count: 1 }));
    expect(replay && decodeSaslFailure(replay, NS.sasl2)).toEqual({ condition: 'credentials-expired' });
  });

  test('that have expired are no sign of guessing', async () => {
    const world = new StreamWorld();
    await (await opened(world)).says(fast('old'));
    expect(world.auth.failures).toEqual([]);
  });

  test('are replaced when they grow old, without being asked for', async () => {
    const world = new StreamWorld();
    const secret = await token(world);
    world.auth.renewTokens = true;
    const [success] = await (await opened(world)).says(fast(secret));
    const next = success && decodeFastToken(decodeSasl2Success(success)?.inline ?? []);
    expect(next?.token).toBeDefined();
    expect(next?.token).not.toBe(secret);
  });

  test('that were given up are of no use any more, and none comes in their place', async () => {
    const world = new StreamWorld();
    const secret = await token(world);
    world.auth.renewTokens = true;
    const [success] = await (await opened(world)).says(fast(secret, { invalidate: true }));
    expect(success && decodeSasl2Success(success)?.inline).toEqual([]);
    expect((await (await opened(world)).says(fast(secret)))[0]?.name).toBe('failure');
  });

  test('are refused without a client id, with a bad count, and on a link that others may read', async () => {
    const world = new StreamWorld();
    const secret = await token(world);
    const client = await opened(world);
    const malformed = { condition: 'malformed-request' };
    const [anonymous] = await client.says(fast(secret, { id: '-' }));
    expect(anonymous && decodeSaslFailure(anonymous, NS.sasl2)).toEqual(malformed);
    const [count] = await client.says(fast(secret, { count: 0 }));
    expect(count && decodeSaslFailure(count, NS.sasl2)).toEqual(malformed);
    const open = world.connect({ secure: false });
    const [, , failure] = await open.says(encodeOpen({ to: 'capulet.example' }), fast(secret));
    expect(failure && decodeSaslFailure(failure, NS.sasl2)).toEqual({ condition: 'invalid-mechanism' });
  });

  test('a client id has a bound', async () => {
    const world = new StreamWorld();
    const client = world.connect();
    await client.signIn({ clientId: 'x'.repeat(MAX_CLIENT_ID + 1) });
    expect(client.frames.at(-1)).toContain('malformed-request');
    const other = world.connect();
    await other.signIn({ clientId: 'x'.repeat(MAX_CLIENT_ID) });
    expect(world.streams.stats().sessions).toBe(1);
  });

  test('that cannot be issued do not stand in the way of signing in', async () => {
    const world = new StreamWorld();
    let calls = 0;
    world.auth.before = () => (++calls === 2 ? Promise.reject(new Error('no disk')) : undefined);
    const client = world.connect();
    await client.signIn({ clientId: agent.id, inline: [encodeRequestToken('HT-SHA-256-NONE')] });
    expect(world.streams.stats().sessions).toBe(1);
    expect(client.frames.join('')).not.toContain('<token');
  });
});
