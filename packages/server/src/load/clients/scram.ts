import { createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import {
  type Env,
  formatClientFinalWithoutProof,
  formatClientFirst,
  parseServerFinal,
  parseServerFirst,
  randomId,
  scramAuthMessage,
} from '@meerkat-chat/xmpp';

const derive = promisify(pbkdf2);
/** More would let a server keep the generator busy instead of itself. */
const MAX_ITERATIONS = 100_000;
const KEYS = 1000;

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha1', key).update(text).digest();

/** Salted passwords by salt: what all users share is derived once, or the generator would measure itself. */
export class SaltedPasswords {
  readonly #known = new Map<string, Promise<Buffer>>();

  get(password: string, salt: string, iterations: number): Promise<Buffer> {
    const key = `${iterations} ${salt} ${password}`;
    const known = this.#known.get(key);
    if (known) return known;
    const made = derive(password, Buffer.from(salt, 'base64'), iterations, 20, 'sha1');
    if (this.#known.size < KEYS) this.#known.set(key, made);
    return made;
  }
}

/** One sign-in by SCRAM-SHA-1 (RFC 5802), without channel binding. */
export class Scram {
  readonly #first: ReturnType<typeof formatClientFirst>;
  readonly #password: string;
  readonly #salted: SaltedPasswords;
  #signature: Buffer | undefined;

  constructor(username: string, password: string, env: Env, salted: SaltedPasswords) {
    this.#first = formatClientFirst({ username, nonce: randomId(env.random) });
    this.#password = password;
    this.#salted = salted;
  }

  get initial(): string {
    return this.#first.text;
  }

  /** @throws Error when the challenge is none, or too costly */
  async answer(challenge: string): Promise<string> {
    const server = parseServerFirst(challenge);
    if (!server?.nonce.startsWith(this.#first.nonce)) throw new Error('a challenge of SCRAM is malformed');
    if (server.iterations > MAX_ITERATIONS)
      throw new Error(`${server.iterations} iterations of SCRAM are too many`);
    const salted = await this.#salted.get(this.#password, server.salt, server.iterations);
    const clientKey = hmac(salted, 'Client Key');
    const storedKey = createHash('sha1').update(clientKey).digest();
    const last = formatClientFinalWithoutProof(
      Buffer.from(this.#first.gs2Header).toString('base64'),
      server.nonce,
    );
    const signed = scramAuthMessage(this.#first.bare, challenge, last);
    const proof = hmac(storedKey, signed);
    for (let at = 0; at < proof.length; at++) proof[at] = (proof[at] ?? 0) ^ (clientKey[at] ?? 0);
    this.#signature = hmac(hmac(salted, 'Server Key'), signed);
    return `${last},p=${proof.toString('base64')}`;
  }

  /** @throws Error when the server does not know the password either */
  verify(final: string): void {
    const signature = Buffer.from(parseServerFinal(final) ?? '', 'base64');
    const expected = this.#signature;
    if (!expected || signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      throw new Error('the server did not prove that it knows the password');
    }
  }
}
