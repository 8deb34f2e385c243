import {
  type Element,
  el,
  encodeBind,
  encodeBind2Feature,
  encodeFastFeature,
  encodeMechanisms,
  encodeSasl2Feature,
  encodeSessionFeature,
  encodeSmFeature,
  NS,
} from '@meerkat-chat/xmpp';
import type { Peer } from '../link/server-link.js';
import type { StreamLimits } from './limits.js';
import type { StreamHost } from './stream-host.js';

/** The stream features before anybody has signed in (RFC 6120 section 6, XEP-0388 section 2.1). */
export function signInFeatures({ auth, limits, registration }: StreamHost, peer: Peer): Element {
  const mechanisms = auth.mechanisms(peer);
  const inline = [encodeBind2Feature([NS.sm]), encodeSmFeature()];
  // A token can be read and used by who listens in (XEP-0484 section 6).
  if (peer.secure && auth.fast.mechanisms.length > 0) inline.push(encodeFastFeature(auth.fast.mechanisms));
  return el(
    'features',
    NS.streams,
    {},
    mechanisms.length > 0 && encodeMechanisms(mechanisms),
    mechanisms.length > 0 && encodeSasl2Feature({ mechanisms, inline }),
    registration?.offered(peer) === true && el('register', NS.registerFeature),
    encodeLimits(limits, limits.stanzaBytesBeforeAuth),
  );
}

/** The stream features of who has signed in and has no resource yet (RFC 6120 section 7). */
export function bindFeatures({ limits }: StreamHost): Element {
  return el(
    'features',
    NS.streams,
    {},
    encodeBind(),
    encodeSessionFeature(),
    encodeSmFeature(),
    encodeLimits(limits, limits.stanzaBytes),
  );
}

/** The stream features of a session that was bound or resumed within sign-in: all is negotiated. */
export function sessionFeatures({ limits }: StreamHost, managed: boolean): Element {
  return el(
    'features',
    NS.streams,
    {},
    !managed && encodeSmFeature(),
    encodeLimits(limits, limits.stanzaBytes),
  );
}

/** What the stream will bear (XEP-0478). */
function encodeLimits(limits: StreamLimits, bytes: number): Element {
  return el(
    'limits',
    NS.streamLimits,
    {},
    el('max-bytes', NS.streamLimits, {}, String(bytes)),
    el('idle-seconds', NS.streamLimits, {}, String(Math.floor(limits.idleTimeout / 1000))),
  );
}
