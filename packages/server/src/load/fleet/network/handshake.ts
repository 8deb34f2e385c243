import { createHmac, timingSafeEqual } from 'node:crypto';

/** The shortest token: its proofs can be tried against by whoever overhears them. */
export const MIN_TOKEN = 16;
const MAX_WORD = 200;

/** A worker's first words to whoever connects. */
export interface Hello {
  readonly kind: 'hello';
  /** Of the program: both ends must be the same. */
  readonly version: string;
  /** A word that is new every time. */
  readonly nonce: string;
}

/** The coordinator's answer. The token itself is never sent. */
export interface Claim {
  readonly kind: 'claim';
  readonly version: string;
  readonly nonce: string;
  /** What the processes of one run have in common. */
  readonly run: string;
  readonly proof: string;
}

/** What comes of it. */
export type Verdict =
  | { readonly kind: 'welcome'; readonly proof: string }
  | { readonly kind: 'refused'; readonly why: string };

/** What an end proves that it knows the token by: it is good for these two nonces and this run only. */
export function proofOf(
  token: string,
  role: 'coordinator' | 'worker',
  hello: Pick<Hello, 'nonce'>,
  claim: Pick<Claim, 'nonce' | 'run'>,
): string {
  const words = ['meerkat load', role, hello.nonce, claim.nonce, claim.run];
  return createHmac('sha256', token).update(JSON.stringify(words)).digest('hex');
}

/** Compares two proofs in a time that tells nothing of where they differ. */
export function sameProof(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Reads a message between coordinator and worker: an object with a kind. Undefined when it is none. */
export function parseMessage(
  text: string,
): (Record<string, unknown> & { readonly kind: string }) | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'
    ? { ...value, kind: value.kind }
    : undefined;
}

/** Undefined when it is none. */
export function parseHello(text: string): Hello | undefined {
  const message = parseMessage(text);
  return message?.kind === 'hello' && words(message.version, message.nonce)
    ? { kind: 'hello', version: String(message.version), nonce: String(message.nonce) }
    : undefined;
}

/** Undefined when it is none. */
export function parseClaim(text: string): Claim | undefined {
  const message = parseMessage(text);
  if (message?.kind !== 'claim') return undefined;
  const { nonce, proof, run, version } = message;
  return words(version, nonce, run, proof)
    ? {
        kind: 'claim',
        version: String(version),
        nonce: String(nonce),
        run: String(run),
        proof: String(proof),
      }
    : undefined;
}

/** Undefined when it is none. */
export function parseVerdict(text: string): Verdict | undefined {
  const message = parseMessage(text);
  if (message?.kind === 'welcome' && words(message.proof))
    return { kind: 'welcome', proof: String(message.proof) };
  if (message?.kind === 'refused' && words(message.why)) return { kind: 'refused', why: String(message.why) };
  return undefined;
}

function words(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string' && value.length <= MAX_WORD);
}
