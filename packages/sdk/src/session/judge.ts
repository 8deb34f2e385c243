import { assertNever } from '@meerkat-chat/xmpp';
import type { ClientLink } from '../link/client-link.js';
import { askedOfGuest } from './asked-of-guest.js';
import type { Attempted, ConnectorDeps, Trouble } from './connector.js';
import type { Offer } from './offer.js';
import { refusalOfSasl, refusalOfStream } from './refusal.js';

/** What is to be done about trouble at sign-in: the link is opened anew, or the attempt is over. */
export type Judged = Attempted | { readonly kind: 'again'; readonly guess: Offer | undefined };

/** Judges why nobody was signed in. What was wrong of what is remembered is forgotten. */
export async function judge(
  trouble: Trouble,
  kind: ClientLink['kind'],
  guess: Offer | undefined,
  secure: boolean,
  { identity, lost, memory, platform, proving, sm }: ConnectorDeps,
  signal: AbortSignal,
): Promise<Judged> {
  switch (trouble.kind) {
    case 'misguessed':
      memory.learn({ [kind]: trouble.offer });
      return { kind: 'again', guess: trouble.offer };
    case 'rejected': {
      const { failure, mechanism } = trouble;
      const asked = await askedOfGuest(failure, identity, proving, platform.env.clock, signal);
      if (asked) return asked === 'again' ? { kind: 'again', guess } : { kind: 'refused', refusal: asked };
      if (mechanism.fastCount === undefined) {
        // The site may have a better one.
        if (identity.kind === 'token' && (await identity.siteTokens.load()).refused()) {
          return { kind: 'again', guess };
        }
        const refusal = refusalOfSasl(failure);
        return refusal ? { kind: 'refused', refusal } : { kind: 'failed', reason: failure.condition };
      }
      identity.dropToken();
      // A guest without a token is somebody else from now on, whose session cannot be ours.
      if (identity.guest) lost(sm.reset());
      return { kind: 'again', guess };
    }
    case 'unsupported': {
      const plainOnly = trouble.offered.includes('PLAIN') && !secure;
      const insecure = !identity.guest && (plainOnly || platform.subtle === undefined);
      // No cookie came along that the server knows: there is nobody whom the site would know.
      if (identity.kind === 'cookie') return { kind: 'refused', refusal: { reason: 'not-authorized' } };
      const text = `offered: ${trouble.offered.join(' ')}`;
      return { kind: 'refused', refusal: { reason: insecure ? 'insecure' : 'unsupported', text } };
    }
    case 'stream-error': {
      const { error } = trouble;
      if (guess) {
        // A server that does not know what it is told in one flight may end the stream: once more, step by step.
        memory.learn({ [kind]: undefined });
        return { kind: 'again', guess: undefined };
      }
      const refusal = refusalOfStream(error);
      return refusal && refusal.reason !== 'replaced'
        ? { kind: 'refused', refusal }
        : { kind: 'failed', reason: error.condition };
    }
    default:
      return assertNever(trouble);
  }
}
