import type { ClientLink } from '../link/client-link.js';
import { NO_ENDPOINT } from '../link/client-link.js';
import type { Attempted, Connector, LinkFailed, Trial } from './connector.js';
import { type Endpoints, fetchHostMeta } from './endpoints.js';
import { judge } from './judge.js';
import { namedEndpoints } from './named-endpoints.js';

type LinkKind = ClientLink['kind'];

/** How often one link is opened anew within an attempt: after a wrong guess, a refused token. */
const MAX_TRIES = 4;

/**
 * Goes on with an attempt that did not succeed at once: judges what went wrong, tries the other links, and looks where the
 * server is, should nothing be where it usually is.
 * @param first what came of the WebSocket, where that was tried
 */
export async function goAround(
  connector: Connector,
  endpoints: Endpoints | undefined,
  first: Trial | undefined,
  signal: AbortSignal,
): Promise<Attempted> {
  if (!endpoints) return { kind: 'refused', refusal: { reason: 'unreachable', text: 'no usable URL' } };
  const { memory } = connector.deps;
  const hasWorked = memory.known.link !== undefined;
  const reasons: string[] = [];
  let attempted = await overEach(connector, endpoints, first, reasons, signal);
  // Where nothing has ever been at the usual URLs, the server's host-meta may name others.
  if (!attempted && !hasWorked && endpoints.meerkat && !signal.aborted) {
    const named = await lookUp(connector, endpoints, signal);
    if (named) attempted = await overEach(connector, named, undefined, reasons, signal);
  }
  if (attempted) return attempted;
  const reason = reasons.join('; ');
  const wrong = !hasWorked && reasons.some((text) => text.endsWith(NO_ENDPOINT));
  if (signal.aborted || !wrong) return { kind: 'failed', reason };
  return { kind: 'refused', refusal: { reason: 'unreachable', text: reason } };
}

/** Tries one link after the other. @returns undefined when none could be had; `reasons` say why */
async function overEach(
  connector: Connector,
  endpoints: Endpoints,
  first: Trial | undefined,
  reasons: string[],
  signal: AbortSignal,
): Promise<Attempted | undefined> {
  const kinds: readonly LinkKind[] =
    connector.deps.memory.known.link === 'bosh' ? ['bosh', 'websocket'] : ['websocket', 'bosh'];
  for (const kind of kinds) {
    if (endpoints[kind] === undefined) continue;
    const tried = kind === 'websocket' ? first : undefined;
    const attempted = await over(connector, kind, endpoints, tried, signal);
    if (attempted.kind !== 'link-failed') return attempted;
    reasons.push(`${kind}: ${attempted.reason}`);
    if (signal.aborted) break;
  }
  return undefined;
}

/** Tries one link as often as there is something else to be tried on it. */
async function over(
  connector: Connector,
  kind: LinkKind,
  endpoints: Endpoints,
  first: Trial | undefined,
  signal: AbortSignal,
): Promise<Attempted | LinkFailed> {
  let guess = connector.guess(kind, endpoints);
  let tried = first;
  for (let tries = 0; tries < MAX_TRIES && !signal.aborted; tries++) {
    const trial = tried ?? (await connector.trial(kind, endpoints, guess, signal));
    tried = undefined;
    if (trial.kind !== 'troubled') return trial;
    const { stream, trouble } = trial;
    try {
      const judged = await judge(trouble, kind, guess, stream.link.secure, connector.deps, signal);
      if (judged.kind !== 'again') return judged;
      guess = judged.guess;
    } catch (error) {
      return { kind: 'link-failed', reason: error instanceof Error ? error.message : String(error) };
    } finally {
      stream.drop();
    }
  }
  return { kind: 'link-failed', reason: 'too many tries' };
}

/** The endpoints that the server's host-meta names; undefined where it names none, or the same. */
async function lookUp(
  connector: Connector,
  usual: Endpoints,
  signal: AbortSignal,
): Promise<Endpoints | undefined> {
  const base = usual.bosh ?? usual.websocket ?? '';
  const meta = await fetchHostMeta(connector.deps.platform, base, signal);
  const named = meta === undefined ? undefined : namedEndpoints(meta, usual);
  if (!named || (named.websocket === usual.websocket && named.bosh === usual.bosh)) return undefined;
  connector.endpoints = named;
  return named;
}
