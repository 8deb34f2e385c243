/** A SASL mechanism on bytes (RFC 4422), for one attempt. */
export interface Mechanism {
  readonly name: string;
  /** Set for mechanisms of FAST (XEP-0484): how often the token has been used, this time included. */
  readonly fastCount?: number;
  /** What goes along where the server has asked for a proof. */
  readonly proof?: string | undefined;
  /** The initial response; every mechanism of ours has one, perhaps an empty one. */
  first(): Promise<Uint8Array>;
  /** Answers a challenge. @throws when the server does not follow the mechanism */
  next(challenge: Uint8Array): Promise<Uint8Array>;
  /** Judges what came with success. @throws when the server did not prove who it is */
  verify(additional: Uint8Array | undefined): Promise<void>;
}

/** For mechanisms without challenges. */
export function noChallenge(): Promise<never> {
  return Promise.reject(new Error('unexpected challenge'));
}

/** ANONYMOUS (RFC 4505), without trace information. @param proof what the server has asked for (docs/namespaces.md) */
export function anonymous(proof?: string): Mechanism {
  return {
    name: 'ANONYMOUS',
    proof,
    first: async () => new Uint8Array(),
    next: noChallenge,
    verify: async () => {},
  };
}

/** Compares secrets without telling by time where they differ. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (const [at, byte] of a.entries()) difference |= byte ^ (b[at] ?? 0);
  return difference === 0;
}
