import type { Authenticate, FastAttempt, Millis, SaslProfile, StreamError } from '@meerkat-chat/xmpp';
import type { Identity } from '../auth/provider.js';
import type { StreamContext } from './context.js';
import type { SaslExchange } from './sasl/mechanism.js';
import type { Attachment, BoundSession } from './session.js';
import type { Due } from './timer-wheel.js';

/** An attempt to sign in that goes on. */
export interface Attempt {
  readonly profile: SaslProfile;
  readonly mechanism: string;
  readonly exchange: SaslExchange;
  /** What is asked for in the same flight (XEP-0388); undefined in the classic profile. */
  readonly request: Authenticate | undefined;
  readonly fast: FastAttempt | undefined;
}

/** Where a stream is between its opening and its end. Fields exist only where they are true. */
export type StreamState =
  /** Waits for `<open/>`: the first, or the one after classic SASL, when it is known whose stream it is. */
  | { readonly name: 'opening'; readonly identity: Identity | undefined }
  /** Features were sent; nobody has signed in. */
  | { readonly name: 'negotiating' }
  | { readonly name: 'authenticating'; readonly attempt: Attempt }
  /** Signed in, without a resource. */
  | { readonly name: 'authenticated'; readonly identity: Identity }
  | { readonly name: 'bound'; readonly session: BoundSession }
  | { readonly name: 'ended' };

/** A stream as those see it who handle what comes in one of its states. */
export interface StreamFace extends Attachment, Due {
  readonly context: StreamContext;
  state: StreamState;
  /** The address that the client says it has, from `<open from=''/>`. */
  readonly claimed: string | undefined;
  /** When it began, by the monotonic clock. */
  readonly begunAt: Millis;
  /** Failed attempts to sign in. */
  failures: number;
  readonly ended: boolean;
  /** Larger frames may come from now on: somebody has signed in. */
  trust(): void;
  /** Ends the stream with an error; a session that it has ends too. */
  fail(error: StreamError): void;
}
