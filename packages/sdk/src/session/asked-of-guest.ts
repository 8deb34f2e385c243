import { type Clock, decodeCrowded, decodeProofWanted, type SaslFailure } from '@meerkat-chat/xmpp';
import type { Identity } from './identity.js';
import type { Refusal } from './refusal.js';

/**
 * Does what a server of ours asks of a guest (docs/namespaces.md, `urn:meerkat:guest:0`): comes back later, works, or has
 * the page find something out. @returns undefined where it asks for nothing
 */
export async function askedOfGuest(
  { application, text }: SaslFailure,
  identity: Pick<Identity, 'guest' | 'proof'>,
  proving: () => void,
  clock: Clock,
  signal: AbortSignal,
): Promise<Refusal | 'again' | undefined> {
  const crowded = decodeCrowded(application);
  if (crowded) return { reason: 'crowded', text, retryAfter: crowded.retryAfter };
  const wanted = identity.guest ? decodeProofWanted(application) : undefined;
  if (!wanted) return undefined;
  if (wanted.kind === 'site') return { reason: 'proof', text };
  proving();
  const { work } = await import('./proof-of-work.js');
  identity.proof = await work(wanted.challenge, wanted.bits, clock, signal);
  return 'again';
}
