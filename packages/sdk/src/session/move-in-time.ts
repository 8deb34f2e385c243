import type { ClientLink } from '../link/client-link.js';
import type { Connector } from './connector.js';
import { HandOver, type HandOverHost } from './hand-over.js';
import { keepProbing } from './mover.js';
import { renewAlong } from './renewal.js';
import type { Stream } from './stream.js';

/**
 * Moves a session on as long as its stream lasts, where there is a reason to: from BOSH to a WebSocket, and to another link
 * signed in anew before the site's token ends.
 * @returns what knows whether it moves just now
 */
export function moveInTime(
  connector: Connector,
  stream: Stream,
  host: HandOverHost,
  signal: AbortSignal,
): HandOver {
  const handOver = new HandOver(connector, host);
  const { deps, endpoints } = connector;
  const { env } = deps.platform;
  const { identity } = deps;
  const { kind } = stream.link;
  const move = async (to: ClientLink['kind']): Promise<boolean> =>
    deps.sm.id !== undefined && handOver.move(stream, to, signal);
  if (kind === 'bosh' && endpoints?.websocket !== undefined) {
    const tryMove = async (): Promise<boolean> => identity.provable && move('websocket');
    void keepProbing(env, deps.settings, tryMove, signal);
  }
  if (identity.kind === 'token') {
    // Without what renews it the session ends with its token, and begins anew with another.
    renewAlong(env, identity, () => move(kind), signal).catch(() => {});
  }
  return handOver;
}
