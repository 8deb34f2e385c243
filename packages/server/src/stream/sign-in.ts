import {
  bareOf,
  decodeAuth,
  decodeAuthenticate,
  decodeFast,
  decodeProof,
  decodeSaslReply,
  type Element,
  encodeSaslData,
  encodeSaslFailure,
  NS,
  parseBareJid,
  parseJid,
  type SaslCondition,
  type SaslProfile,
  streamError,
} from '@meerkat-chat/xmpp';
import type { Identity } from '../auth/provider.js';
import { finishSasl2 } from './establish.js';
import { beginExchange } from './sasl/exchange.js';
import { fast } from './sasl/fast.js';
import type { SaslContext, SaslExchange, SaslStep } from './sasl/mechanism.js';
import { unexpected } from './stanzas.js';
import type { RegistrationDesk } from './stream-host.js';
import type { Attempt, StreamFace } from './stream-state.js';

/** The longest id of a user agent that is taken; XEP-0388 has UUIDs there. */
export const MAX_CLIENT_ID = 64;

/** Handles an element while nobody has signed in: the first step of SASL in either profile (RFC 6120, XEP-0388). */
export function handleNegotiating(stream: StreamFace, element: Element): Promise<void> | void {
  const { registration } = stream.context.host;
  if (registration?.offered(stream.link.peer) && element.name === 'iq' && element.ns === NS.client) {
    return register(stream, registration, element);
  }
  const auth = decodeAuth(element);
  if (auth) {
    if ('malformed' in auth) return refuse(stream, NS.sasl, 'incorrect-encoding');
    const exchange = beginExchange(auth.mechanism, saslContext(stream));
    if (!exchange) return refuse(stream, NS.sasl, 'invalid-mechanism');
    const { mechanism } = auth;
    return step(
      stream,
      { profile: NS.sasl, mechanism, exchange, request: undefined, fast: undefined },
      auth.initial,
    );
  }
  const request = decodeAuthenticate(element);
  if (!request) return stream.fail(unexpected(element));
  if ('malformed' in request) return refuse(stream, NS.sasl2, 'malformed-request');
  const attempt = decodeFast(request.inline);
  if (attempt && 'malformed' in attempt) return refuse(stream, NS.sasl2, 'malformed-request');
  const id = request.userAgent?.id;
  if (id !== undefined && (id === '' || id.length > MAX_CLIENT_ID)) {
    return refuse(stream, NS.sasl2, 'malformed-request');
  }
  const { mechanism } = request;
  let exchange: SaslExchange | undefined;
  if (!attempt) exchange = beginExchange(mechanism, saslContext(stream, decodeProof(request.inline)));
  else {
    const { auth } = stream.context.host;
    const offered = auth.fast.mechanisms.find((name) => name === mechanism && stream.link.peer.secure);
    if (offered && id === undefined) return refuse(stream, NS.sasl2, 'malformed-request');
    if (offered && id !== undefined) {
      exchange = fast(saslContext(stream), { ...attempt, mechanism: offered, clientId: id });
    }
  }
  if (!exchange) return refuse(stream, NS.sasl2, 'invalid-mechanism');
  return step(stream, { profile: NS.sasl2, mechanism, exchange, request, fast: attempt }, request.initial);
}

/** Handles an element while an attempt goes on: only its replies may come (XEP-0388 section 2.4). */
export function handleAuthenticating(stream: StreamFace, element: Element): Promise<void> | void {
  if (stream.state.name !== 'authenticating') return;
  const { attempt } = stream.state;
  const reply = decodeSaslReply(element, attempt.profile);
  switch (reply?.kind) {
    case 'response':
      return step(stream, attempt, reply.data);
    case 'abort':
      return refuse(stream, attempt.profile, 'aborted');
    case 'malformed':
      return refuse(stream, attempt.profile, 'incorrect-encoding');
    case undefined:
      return stream.fail(unexpected(element));
  }
}

async function step(stream: StreamFace, attempt: Attempt, message: Uint8Array | undefined): Promise<void> {
  const { host } = stream.context;
  let next: SaslStep;
  try {
    next = await attempt.exchange.next(message && Buffer.from(message));
  } catch (err) {
    host.log.error({ err, mechanism: attempt.mechanism }, 'sign-in failed on our side');
    next = { step: 'failure', condition: 'temporary-auth-failure' };
  }
  if (stream.ended) return;
  switch (next.step) {
    case 'challenge':
      stream.state = { name: 'authenticating', attempt };
      return stream.send(encodeSaslData('challenge', next.data, attempt.profile));
    case 'failure':
      noteRefusal(stream, attempt, next.condition);
      return refuse(stream, attempt.profile, next.condition, { ...next, mechanism: attempt.mechanism });
    case 'success':
      if (!actsAsItself(stream, attempt, next.identity, next.authzid)) {
        noteRefusal(stream, attempt, 'invalid-authzid', next.identity);
        return refuse(stream, attempt.profile, 'invalid-authzid');
      }
      if (!host.auth.admits(next.identity)) {
        noteRefusal(stream, attempt, 'account-disabled', next.identity);
        return refuse(stream, attempt.profile, 'account-disabled');
      }
      if (stream.context.signOuts.since(stream.begunAt, next.identity.account)) {
        return refuse(stream, attempt.profile, 'temporary-auth-failure');
      }
      host.auth.succeeded(stream.link.peer, next.identity);
      stream.context.counts.signIns.succeeded++;
      if (attempt.request) {
        return finishSasl2(stream, {
          identity: next.identity,
          request: attempt.request,
          fast: attempt.fast,
          additional: next.additional,
          renewToken: next.renewToken ?? false,
        });
      }
      stream.send(encodeSaslData('success', next.additional, NS.sasl));
      stream.trust();
      stream.state = { name: 'opening', identity: next.identity };
  }
}

/**
 * Tells the owner whom we do not let in. No name that was only claimed: people type passwords there. Guests who find no
 * place, and visitors whose cookie is nobody's, are no news.
 */
function noteRefusal(
  { context, link: { peer } }: StreamFace,
  { mechanism }: Attempt,
  condition: SaslCondition,
  identity?: Identity,
): void {
  const { log } = context.host;
  const { address, origin, transport } = peer;
  const account = identity && { account: identity.account };
  const fields = { address, origin, transport, mechanism, condition, ...account };
  const usual = !identity && (mechanism === 'ANONYMOUS' || mechanism === 'EXTERNAL');
  if (usual) log.debug(fields, 'a sign-in was refused');
  else log.info(fields, 'a sign-in was refused');
}

/** Nobody may act as another, nor open the stream as one and sign in as another (XEP-0388 section 2.2). */
function actsAsItself(
  stream: StreamFace,
  attempt: Attempt,
  identity: Identity,
  authzid: string | undefined,
): boolean {
  if (authzid !== undefined && parseBareJid(authzid) !== identity.account) return false;
  // A guest who was known by an address of his own, and is not any more, gets another.
  if (stream.claimed === undefined || attempt.mechanism === 'ANONYMOUS') return true;
  const claimed = parseJid(stream.claimed);
  return claimed !== undefined && bareOf(claimed) === identity.account;
}

/** Lets somebody register (XEP-0077 section 3.1); who is refused over and over comes to the same end as who guesses. */
async function register(stream: StreamFace, desk: RegistrationDesk, iq: Element): Promise<void> {
  const { answer, refused } = await desk.answer(iq, stream.link.peer);
  if (stream.ended) return;
  stream.send(answer);
  if (refused) stream.failures++;
  if (stream.failures >= stream.context.host.limits.signInAttempts) {
    stream.fail(streamError('policy-violation', 'too many attempts to register'));
  }
}

type Refused = Pick<Extract<SaslStep, { step: 'failure' }>, 'application' | 'local' | 'text'> & {
  readonly mechanism?: string;
};

/** Says that an attempt failed; the stream ends when there were too many. */
function refuse(stream: StreamFace, profile: SaslProfile, condition: SaslCondition, why: Refused = {}): void {
  const { application, local, mechanism, text } = why;
  const { auth, limits } = stream.context.host;
  stream.failures++;
  stream.context.counts.signIns.failed++;
  stream.state = { name: 'negotiating' };
  stream.send(
    encodeSaslFailure(
      {
        condition,
        ...(text === undefined ? {} : { text }),
        ...(application ? { application } : {}),
      },
      profile,
    ),
  );
  // Only a wrong credential says that somebody is guessing, and no cookie does: browsers send what the site has given to
  // whoever was there, signed in or not. How many come with one is bounded by the connections of an address.
  const guess = condition === 'not-authorized' && mechanism !== 'EXTERNAL';
  const guessed = guess && !auth.failed(stream.link.peer, local);
  if (guessed) {
    const { address } = stream.link.peer;
    stream.context.host.log.info({ address }, 'too many attempts to sign in, from there or for one account');
  }
  if (guessed || stream.failures >= limits.signInAttempts) {
    stream.fail(streamError('policy-violation', 'too many attempts to sign in'));
  }
}

function saslContext(stream: StreamFace, proof?: string): SaslContext {
  const { auth, domain, env } = stream.context.host;
  return { auth, domain, peer: stream.link.peer, random: env.random, proof };
}
