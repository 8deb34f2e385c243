import { createHmac } from 'node:crypto';
import {
  assertNever,
  type Env,
  encodeBase64,
  escapeAttr,
  formatOAuthBearer,
  NS,
  randomId,
  utf8,
} from '@meerkat-chat/xmpp';
import type { Credentials, Target } from '../target.js';
import { attribute, content } from './frame.js';
import { type SaltedPasswords, Scram } from './scram.js';
import { siteToken } from './site-token.js';

const HASHED_TOKEN = 'HT-SHA-256-NONE';

/** One step: what is said, and the answer to wait for. */
export interface Dialogue {
  open(): void;
  send(element: string): void;
  /** Fulfils with the next frame that begins with one of these names; others are passed over. */
  hear(...names: readonly string[]): Promise<string>;
  /** Stanzas are counted from here on (XEP-0198). */
  counted(): void;
}

/** What signs a user in. */
export interface SignInContext {
  readonly target: Target;
  readonly env: Env;
  readonly salted: SaltedPasswords;
  /** The user's number, of which the account is made. */
  readonly index: number;
  /** True when the user is to resume later: stream management is on, and a guest gets a token (XEP-0484). */
  readonly resumes: boolean;
}

/** What a user has of the server after sign-in. */
export interface SignedIn {
  readonly jid: string;
  /** Resumes the session; undefined where that is not possible. */
  readonly resumption: string | undefined;
  readonly token: GuestToken | undefined;
}

/** Signs a guest in again as who it was. */
export interface GuestToken {
  readonly name: string;
  readonly clientId: string;
  readonly token: string;
  readonly uses: number;
}

/** What a lost session is resumed by. */
export interface Resumption {
  readonly id: string;
  /** How many stanzas were received. */
  readonly handled: number;
  readonly token: GuestToken | undefined;
}

/** The outcome of trying to resume; `handled` is the server's count of what it received. */
export type Resumed =
  | { readonly kind: 'resumed'; readonly handled: number; readonly token: GuestToken | undefined }
  /** The session is gone, and the user is signed in without one of its own. The wire is to be dropped. */
  | { readonly kind: 'refused'; readonly why: string };

/** A guest who is to resume needs a token, which only SASL2 brings. */
function usesSasl2(context: SignInContext): boolean {
  return context.target.sasl2 || (context.resumes && context.target.credentials.kind === 'guest');
}

/** Signs in and binds a resource. @throws Error when any step is refused */
export async function signIn(dialogue: Dialogue, context: SignInContext): Promise<SignedIn> {
  dialogue.open();
  await dialogue.hear('stream:features', 'features');
  return usesSasl2(context) ? signInBySasl2(dialogue, context) : signInClassic(dialogue, context);
}

/** Signs in and resumes a session. @throws Error when signing in fails */
export async function resume(
  dialogue: Dialogue,
  context: SignInContext,
  session: Resumption,
): Promise<Resumed> {
  dialogue.open();
  await dialogue.hear('stream:features', 'features');
  const element = `<resume xmlns="${NS.sm}" previd="${escapeAttr(session.id)}" h="${session.handled}"/>`;
  if (usesSasl2(context)) {
    const { success, clientId } = await authenticate(dialogue, context, element, session.token);
    const token = tokenOf(success, clientId, session.token);
    const resumed = /<resumed[\s][^>]*>/.exec(success)?.[0];
    if (!resumed)
      return { kind: 'refused', why: /<failed[\s\S]*?<\/failed>/.exec(success)?.[0] ?? 'no answer' };
    return { kind: 'resumed', handled: Number(attribute(resumed, 'h')), token };
  }
  await authClassic(dialogue, context);
  dialogue.send(element);
  const answer = await dialogue.hear('resumed', 'failed');
  if (answer.startsWith('<failed')) return { kind: 'refused', why: answer };
  return { kind: 'resumed', handled: Number(attribute(answer, 'h')), token: undefined };
}

async function signInClassic(dialogue: Dialogue, context: SignInContext): Promise<SignedIn> {
  await authClassic(dialogue, context);
  dialogue.send(`<iq xmlns="${NS.client}" type="set" id="bind"><bind xmlns="${NS.bind}"/></iq>`);
  const bound = await dialogue.hear('iq');
  const jid = content(bound, 'jid');
  if (jid === undefined) throw new Error(`no resource was bound: ${bound}`);
  if (!context.target.streamManagement && !context.resumes)
    return { jid, resumption: undefined, token: undefined };
  dialogue.counted();
  dialogue.send(`<enable xmlns="${NS.sm}" resume="true"/>`);
  const enabled = await dialogue.hear('enabled', 'failed');
  if (enabled.startsWith('<failed')) throw new Error(`stream management was refused: ${enabled}`);
  return { jid, resumption: attribute(enabled, 'id'), token: undefined };
}

async function authClassic(dialogue: Dialogue, context: SignInContext): Promise<void> {
  const { mechanism, initial, scram } = start(context);
  const data = initial === undefined ? '' : initial === '' ? '=' : encodeBase64(utf8(initial));
  dialogue.send(`<auth xmlns="${NS.sasl}" mechanism="${mechanism}">${data}</auth>`);
  await proven(dialogue, NS.sasl, scram);
  dialogue.open();
  await dialogue.hear('stream:features', 'features');
}

async function signInBySasl2(dialogue: Dialogue, context: SignInContext): Promise<SignedIn> {
  const sm = context.target.streamManagement || context.resumes;
  const enable = sm ? `<enable xmlns="${NS.sm}" resume="true"/>` : '';
  if (sm) dialogue.counted();
  const bind = `<bind xmlns="${NS.bind2}"><tag>load</tag>${enable}</bind>`;
  const { success, clientId } = await authenticate(dialogue, context, bind, undefined);
  const jid = content(success, 'authorization-identifier');
  if (jid === undefined) throw new Error(`nobody was signed in: ${success}`);
  const enabled = /<enabled[\s][^>]*>/.exec(success)?.[0];
  if (sm && !enabled) throw new Error(`stream management was refused: ${success}`);
  return {
    jid,
    resumption: enabled && attribute(enabled, 'id'),
    token: tokenOf(success, clientId, undefined),
  };
}

/** One `<authenticate/>` with what is asked inline; returns its `<success/>`. */
async function authenticate(
  dialogue: Dialogue,
  context: SignInContext,
  inline: string,
  token: GuestToken | undefined,
): Promise<{ readonly success: string; readonly clientId: string }> {
  const begun = token ? byToken(token) : start(context);
  const { mechanism, initial, scram } = begun;
  const guest = context.target.credentials.kind === 'guest';
  const clientId = token?.clientId ?? uuid(context.env);
  const fast = token ? `<fast xmlns="${NS.fast}" count="${token.uses + 1}"/>` : '';
  // Who has a token asks for none: the server replaces one that grows old by itself (XEP-0484 section 3.5).
  const ask =
    guest && context.resumes && !token
      ? `<request-token xmlns="${NS.fast}" mechanism="${HASHED_TOKEN}"/>`
      : '';
  const first =
    initial === undefined ? '' : `<initial-response>${encodeBase64(utf8bytes(initial))}</initial-response>`;
  dialogue.send(
    `<authenticate xmlns="${NS.sasl2}" mechanism="${mechanism}">${first}` +
      `<user-agent id="${clientId}"><software>meerkat load</software></user-agent>${fast}${ask}${inline}</authenticate>`,
  );
  return { success: await proven(dialogue, NS.sasl2, scram), clientId };
}

/** Answers challenges until there is success. @throws Error for a failure */
async function proven(dialogue: Dialogue, profile: string, scram: Scram | undefined): Promise<string> {
  let verified = false;
  for (;;) {
    const frame = await dialogue.hear('success', 'challenge', 'failure');
    if (frame.startsWith('<failure')) throw new Error(`sign-in was refused: ${frame}`);
    const encoded = content(frame, frame.startsWith('<challenge') ? 'challenge' : 'additional-data');
    const data = Buffer.from(encoded ?? content(frame, 'success') ?? '', 'base64').toString();
    if (frame.startsWith('<success')) {
      if (!verified) scram?.verify(data);
      return frame;
    }
    if (!scram) throw new Error(`an unexpected challenge: ${frame}`);
    // A server may send its proof as one more challenge (RFC 6120 section 6.4.4).
    if (data.startsWith('v=')) {
      scram.verify(data);
      verified = true;
    }
    const answer = verified ? '' : await scram.answer(data);
    dialogue.send(`<response xmlns="${profile}">${encodeBase64(utf8(answer))}</response>`);
  }
}

interface Start {
  readonly mechanism: string;
  readonly initial: string | Uint8Array | undefined;
  readonly scram?: Scram;
}

function start(context: SignInContext): Start & { readonly initial: string | undefined } {
  const { env, index, target } = context;
  const { credentials, domain } = target;
  switch (credentials.kind) {
    case 'guest':
      return { mechanism: 'ANONYMOUS', initial: undefined };
    case 'password':
      return byPassword(credentials, context);
    case 'token': {
      const token = siteToken(credentials, { index, domain }, randomId(env.random), env.clock.now());
      return { mechanism: 'OAUTHBEARER', initial: formatOAuthBearer({ authzid: undefined, token }) };
    }
    case 'cookie':
      return { mechanism: 'EXTERNAL', initial: '' };
    default:
      return assertNever(credentials);
  }
}

function byPassword(
  credentials: Extract<Credentials, { readonly kind: 'password' }>,
  context: SignInContext,
): ReturnType<typeof start> {
  const name = `${credentials.prefix}${context.index}`;
  if (credentials.mechanism === 'PLAIN') {
    return { mechanism: 'PLAIN', initial: `\0${name}\0${credentials.password}` };
  }
  const scram = new Scram(name, credentials.password, context.env, context.salted);
  return { mechanism: 'SCRAM-SHA-1', initial: scram.initial, scram };
}

function byToken(token: GuestToken): Start {
  const proof = createHmac('sha256', token.token).update('Initiator').digest();
  return { mechanism: HASHED_TOKEN, initial: Buffer.concat([Buffer.from(`${token.name}\0`), proof]) };
}

function tokenOf(success: string, clientId: string, before: GuestToken | undefined): GuestToken | undefined {
  const found = /<token[\s][^>]*>/.exec(success)?.[0];
  const token = found && attribute(found, 'token');
  const name = before?.name ?? content(success, 'authorization-identifier')?.split('@')[0];
  if (token && name !== undefined) return { name, clientId, token, uses: 0 };
  return before && { ...before, uses: before.uses + 1 };
}

function utf8bytes(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? utf8(data) : data;
}

function uuid(env: Env): string {
  const hex = Buffer.from(env.random.bytes(16)).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
