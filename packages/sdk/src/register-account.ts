import {
  type BareJid,
  bareJid,
  child,
  type DomainJid,
  decodeStanzaError,
  type Element,
  el,
  encodeRegister,
  is,
  NS,
  randomId,
  type StanzaError,
} from '@meerkat-chat/xmpp';
import type { ClientLink } from './link/client-link.js';
import { openWebSocket } from './link/websocket.js';
import type { Platform } from './platform.js';
import type { RegisterOptions } from './register.js';
import { domainIn, fetchHostMeta, hostOf, plannedEndpoints } from './session/endpoints.js';
import { DEFAULT_SESSION_SETTINGS } from './session/settings.js';
import { Stream } from './session/stream.js';
import { StreamManagement } from './session/stream-management.js';
import { RequestError } from './session/xmpp-session.js';

const refusal = (condition: StanzaError['condition'], text: string): RequestError =>
  new RequestError({ condition, type: 'cancel', text });

/** Makes an account on a stream of its own, which nobody signs in on; see `register`. */
export async function registerAccount(options: RegisterOptions, platform: Platform): Promise<BareJid> {
  const abort = new AbortController();
  const stop = platform.env.clock.after(DEFAULT_SESSION_SETTINGS.settle, () => abort.abort());
  let stream: Stream | undefined;
  const drop = (): void => stream?.drop();
  abort.signal.addEventListener('abort', drop);
  try {
    const planned = plannedEndpoints(options, platform.page.origin);
    if (!planned) throw refusal('remote-server-not-found', 'There is no usable URL.');
    const base = planned.bosh ?? planned.websocket?.replace(/^ws/, 'http') ?? '';
    const domain =
      planned.domain ?? domainIn(await fetchHostMeta(platform, base, abort.signal)) ?? hostOf(base);
    if (domain === undefined) throw refusal('remote-server-not-found', 'The server has no domain.');
    const link = await open(planned, platform, abort.signal);
    stream = quietStream(link, domain, platform);
    return await registerOn(stream, domain, options, platform);
  } catch (cause) {
    if (cause instanceof RequestError) throw cause;
    throw refusal('remote-server-timeout', cause instanceof Error ? cause.message : String(cause));
  } finally {
    stop();
    abort.signal.removeEventListener('abort', drop);
    stream?.drop();
  }
}

/** A WebSocket, or BOSH where there is none. */
async function open(
  { bosh, websocket }: { readonly bosh?: string | undefined; readonly websocket?: string | undefined },
  platform: Platform,
  signal: AbortSignal,
): Promise<ClientLink> {
  try {
    if (websocket !== undefined) {
      return await openWebSocket(platform, websocket, DEFAULT_SESSION_SETTINGS.stall, signal);
    }
  } catch (cause) {
    if (bosh === undefined || signal.aborted) throw cause;
  }
  const { BoshLink } = await import('./link/bosh.js');
  return new BoshLink(platform, bosh ?? '', false);
}

function quietStream(link: ClientLink, domain: DomainJid, { env }: Platform): Stream {
  const host = { stanza() {}, ended() {}, visible: () => true };
  return new Stream(link, domain, new StreamManagement(), env.clock, DEFAULT_SESSION_SETTINGS.acks, host);
}

async function registerOn(
  stream: Stream,
  domain: DomainJid,
  { password, username }: RegisterOptions,
  { env }: Platform,
): Promise<BareJid> {
  stream.open();
  const features = await heard(stream, (said) => is(said, 'features', NS.streams));
  if (!child(features, 'register', NS.registerFeature)) {
    throw refusal('service-unavailable', 'Nobody can register here.');
  }
  const id = randomId(env.random);
  stream.ask(el('iq', NS.client, { type: 'set', id, to: domain }, encodeRegister(username, password)));
  const answer = await heard(stream, (said) => said.name === 'iq' && said.attrs.id === id);
  if (answer.attrs.type !== 'result') throw new RequestError(decodeStanzaError(answer));
  const account = bareJid(username, domain);
  if (account === undefined) throw refusal('jid-malformed', 'This is no name.');
  return account;
}

async function heard(stream: Stream, fits: (said: Element) => boolean): Promise<Element> {
  for (;;) {
    const said = await stream.next();
    if (fits(said)) return said;
  }
}
