import type { IncomingMessage } from 'node:http';
import { sameText } from '../kernel/same-text.js';
import { isLoopback } from '../link/peer.js';

/** Why somebody may not read the metrics, in one line for the operator; undefined when they may. */
export type MetricsProblem = string | undefined;

const NOT_HERE =
  'Metrics are read on the machine itself; to read them from elsewhere set metrics.token and send it as a bearer token.';
const FORWARDED =
  'This came through a proxy, so it is not from this machine; to read metrics through one set metrics.token and send it as a bearer token.';
const WRONG = 'This is not the token that is set in metrics.token.';

/**
 * Judges who reads the metrics: whoever has the token, and whoever is on this machine, which the socket's own address
 * says and no header. A proxy on this machine speaks for others, so that what it passes on needs the token.
 * @param token that opens them to elsewhere; undefined for nobody elsewhere
 */
export function judgeReader(
  request: Pick<IncomingMessage, 'headers'> & {
    readonly socket: { readonly remoteAddress?: string | undefined };
  },
  token: string | undefined,
): MetricsProblem {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token !== undefined && given !== undefined && sameText(given, token)) return undefined;
  if (!isLoopback(request.socket.remoteAddress ?? '')) {
    return token !== undefined && given !== undefined ? WRONG : NOT_HERE;
  }
  if (!Object.keys(request.headers).some(saysForwarded)) return undefined;
  return token !== undefined && given !== undefined ? WRONG : FORWARDED;
}

function saysForwarded(header: string): boolean {
  return (
    header === 'forwarded' || header === 'via' || header === 'x-real-ip' || header.startsWith('x-forwarded-')
  );
}
