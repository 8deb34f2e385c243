import {
  type Authenticate,
  bareOf,
  decodeBind,
  decodeBind2,
  decodeRequestToken,
  decodeSm,
  type Element,
  el,
  encodeBound2,
  encodeBoundJid,
  encodeFastToken,
  encodeSasl2Success,
  encodeSaslFailure,
  encodeSm,
  encodeStanzaError,
  type FastAttempt,
  failed,
  findSm,
  NS,
  ok,
  prepareResource,
  type Result,
  randomId,
  type SmElement,
  type StanzaError,
  stanzaError,
  streamError,
  withResource,
} from '@meerkat-chat/xmpp';
import type { Identity } from '../auth/provider.js';
import { bindFeatures, sessionFeatures } from './features.js';
import { BoundSession } from './session.js';
import { unexpected } from './stanzas.js';
import type { StreamFace } from './stream-state.js';

/** Letters of the part of a resource that the server makes up: 60 bits, to keep resources of one account apart. */
const RESOURCE_LETTERS = 12;
/** The longest tag that is taken into a resource. */
const MAX_TAG = 64;

/** A sign-in by SASL2 that has succeeded, and what it asked for in the same flight. */
export interface SignedIn {
  readonly identity: Identity;
  readonly request: Authenticate;
  readonly fast: FastAttempt | undefined;
  readonly additional: Uint8Array | undefined;
  readonly renewToken: boolean;
}

const NOT_ANY_MORE = streamError('not-authorized');

/** True when the account was signed out everywhere while this stream was coming in. */
function isSignedOut({ begunAt, context }: StreamFace, { account }: Identity): boolean {
  return context.signOuts.since(begunAt, account);
}

type ResumeRequest = Extract<SmElement, { kind: 'resume' }>;

/**
 * Ends a sign-in by SASL2: a token where one is wanted, then resumption, then binding where there was no session to
 * resume (XEP-0388 section 2.6, XEP-0198 section 8, XEP-0386 section 3.2).
 */
export async function finishSasl2(stream: StreamFace, signedIn: SignedIn): Promise<void> {
  const { host } = stream.context;
  const { additional, identity, request } = signedIn;
  const token = await tokenFor(stream, signedIn);
  if (stream.ended) return;
  if (isSignedOut(stream, identity)) {
    // Given a moment too late.
    const clientId = request.userAgent?.id;
    if (token && clientId !== undefined) await host.auth.fast.invalidate(identity.account, clientId);
    return stream.fail(NOT_ANY_MORE);
  }
  const resume = findSm(request.inline);
  const claimed =
    resume?.kind === 'resume' ? await claimSession(stream, identity, resume) : { answer: undefined };
  if (stream.ended) return;
  const answers = [claimed.answer, token].filter((node) => node !== undefined);
  const success = (authorizationId: string, ...more: Element[]) =>
    stream.send(encodeSasl2Success({ authorizationId, additional, inline: [...answers, ...more] }));

  if ('session' in claimed) {
    const { session } = claimed;
    success(session.jid);
    stream.trust();
    stream.send(sessionFeatures(host, true));
    return goOn(stream, session, claimed.h, identity);
  }
  // It took its time to find out that there is nothing to resume.
  if (isSignedOut(stream, identity)) return stream.fail(NOT_ANY_MORE);
  const bind = decodeBind2(request.inline);
  if (!bind) {
    success(identity.account);
    stream.trust();
    stream.state = { name: 'authenticated', identity };
    return stream.send(bindFeatures(host));
  }
  const id = randomId(host.env.random, RESOURCE_LETTERS);
  // A tag that cannot stand in a resource is left out: it is a courtesy, not a reason to refuse anybody.
  const tag = bind.tag === undefined ? undefined : prepareResource(bind.tag.slice(0, MAX_TAG));
  const resource = tag === undefined ? id : `${tag}/${id}`;
  const bound = bindSession(stream, identity, resource, request.userAgent?.id);
  if (!bound.ok) {
    stream.state = { name: 'negotiating' };
    const { application, text = '' } = bound.error;
    const failure = {
      condition: 'temporary-auth-failure',
      text,
      ...(application ? { application } : {}),
    } as const;
    return stream.send(encodeSaslFailure(failure, NS.sasl2));
  }
  const session = bound.value;
  const enable = findSm(bind.inline);
  const enabled = enable?.kind === 'enable' ? [encodeSm(session.manage(enable))] : [];
  success(session.jid, encodeBound2(enabled));
  stream.trust();
  stream.send(sessionFeatures(host, session.managed));
  enter(stream, session);
}

/** Handles an element of who has signed in and has no resource: classic binding, or classic resumption. */
export function handleAuthenticated(stream: StreamFace, element: Element): Promise<void> | void {
  if (stream.state.name !== 'authenticated') return;
  const { identity } = stream.state;
  if (isSignedOut(stream, identity)) return stream.fail(NOT_ANY_MORE);
  const sm = decodeSm(element);
  if (sm?.kind === 'resume') return resumeClassic(stream, identity, sm);
  if (sm) return stream.send(encodeSm({ kind: 'failed', condition: 'unexpected-request', h: undefined }));
  const bind = decodeBind(element);
  if (!bind || element.ns !== NS.client) return stream.fail(unexpected(element));
  const { id } = element.attrs;
  const answer = (attrs: { type: string }, ...content: Element[]) =>
    stream.send(el('iq', NS.client, { ...attrs, id }, ...content));
  const refuse = (error: StanzaError) => answer({ type: 'error' }, encodeStanzaError(error));
  if (id === undefined) return refuse(stanzaError('bad-request'));
  const resource = bind.resource || randomId(stream.context.host.env.random, RESOURCE_LETTERS);
  const bound = bindSession(stream, identity, resource, undefined);
  if (!bound.ok) return refuse(bound.error);
  answer({ type: 'result' }, encodeBoundJid(bound.value.jid));
  enter(stream, bound.value);
}

async function resumeClassic(stream: StreamFace, identity: Identity, sm: ResumeRequest): Promise<void> {
  const claimed = await claimSession(stream, identity, sm);
  if (stream.ended || !claimed.answer) return;
  stream.send(claimed.answer);
  if ('session' in claimed) goOn(stream, claimed.session, claimed.h, identity);
}

type Claimed =
  | { readonly answer: Element | undefined }
  | { readonly answer: Element; readonly session: BoundSession; readonly h: number };

/** Looks for the session to resume, takes it from its old link and waits until its count is final. */
async function claimSession(stream: StreamFace, identity: Identity, sm: ResumeRequest): Promise<Claimed> {
  const { counts, resumable } = stream.context;
  const refused = (h?: number) => {
    counts.resumptions.refused++;
    return { answer: encodeSm({ kind: 'failed', condition: 'item-not-found', h }) };
  };
  const found = resumable.find(sm.previd, identity.account);
  if (found.found === 'nothing') return refused();
  if (found.found === 'gone') return refused(found.h);
  const { session } = found;
  const error = session.judgeCount(sm.h);
  if (error) {
    stream.fail(error);
    return { answer: undefined };
  }
  if (!(await session.claim(stream))) return refused(session.ended ? session.handled : undefined);
  const answer = encodeSm({ kind: 'resumed', previd: sm.previd, h: session.handled });
  return { answer, session, h: sm.h };
}

function goOn(stream: StreamFace, session: BoundSession, h: number, identity: Identity): void {
  // Whatever ended it since it was claimed: the client has to know, or it would speak to nobody.
  if (session.ended) {
    stream.fail(streamError('reset'));
    return;
  }
  stream.state = { name: 'bound', session };
  stream.context.wheel.cancel(stream);
  session.resume(stream, h, identity);
  stream.context.counts.resumptions.taken++;
}

/** Makes the session, after those have gone that it takes the place of. */
function bindSession(
  stream: StreamFace,
  identity: Identity,
  resource: string,
  clientId: string | undefined,
): Result<BoundSession, StanzaError> {
  const { host } = stream.context;
  const crowd = host.guests?.problem(identity, stream.link.peer.address);
  if (crowd) return failed(stanzaError('resource-constraint', crowd.text, crowd));
  const jid = withResource(identity.account, resource);
  if (!jid) return failed(stanzaError('bad-request', 'this resource is not allowed'));
  host.sessions.get(jid)?.end('replaced', 'conflict');
  const others = host.sessions.of(identity.account).filter((other) => other instanceof BoundSession);
  // What the same client left behind and did not resume (XEP-0386 section 3.2) is of no use to it. Where another of its
  // streams has taken it from this one, it is.
  for (const other of others) {
    if (clientId !== undefined && other.clientId === clientId && other.abandoned) other.end('replaced');
  }
  const left = host.sessions.of(identity.account);
  if (left.length >= host.limits.sessionsPerAccount) {
    const asleep = others.find((other) => !other.ended && other.abandoned);
    if (!asleep) return failed(stanzaError('resource-constraint', 'this account has too many sessions'));
    asleep.end('replaced');
  }
  return ok(new BoundSession(stream.context, { jid, identity, clientId }, stream));
}

/** The session begins: from here on the router may find it. */
function enter(stream: StreamFace, session: BoundSession): void {
  stream.state = { name: 'bound', session };
  stream.context.wheel.cancel(stream);
  stream.context.host.bound(session);
}

/** The token that comes with the success: asked for, or in the place of one that grows old (XEP-0484). */
async function tokenFor(stream: StreamFace, signedIn: SignedIn): Promise<Element | undefined> {
  const { auth, log } = stream.context.host;
  const { fast, identity, renewToken, request } = signedIn;
  const clientId = request.userAgent?.id;
  // A credential that comes along with each connection needs nothing beside it, and shall not be outlived.
  if (clientId === undefined || !stream.link.peer.secure || identity.holds) return undefined;
  const wanted = decodeRequestToken(request.inline) ?? (renewToken ? request.mechanism : undefined);
  const mechanism = auth.fast.mechanisms.find((name) => name === wanted);
  try {
    if (fast?.invalidate) await auth.fast.invalidate(identity.account, clientId);
    // Whoever gives up a token gets another only on demand.
    if (!mechanism || (fast?.invalidate && decodeRequestToken(request.inline) === undefined))
      return undefined;
    return encodeFastToken(await auth.fast.issue(identity, clientId, mechanism));
  } catch (err) {
    log.error({ err, account: bareOf(identity.account) }, 'no token could be issued');
    return undefined;
  }
}
