import {
  decodeSm,
  type Element,
  el,
  encodeSm,
  isSessionRequest,
  NS,
  parseJid,
  type SmElement,
  streamError,
} from '@meerkat-chat/xmpp';
import type { BoundSession } from './session.js';
import { isProbeReply, isStanza } from './stanzas.js';
import type { StreamFace } from './stream-state.js';

/** Handles an element of a bound session: its stanzas, and what it says of stream management. */
export function handleBound(stream: StreamFace, element: Element): void {
  if (stream.state.name !== 'bound') return;
  const { session } = stream.state;
  if (isStanza(element)) handleStanza(stream, session, element);
  else handleSm(stream, session, decodeSm(element));
}

function handleSm(stream: StreamFace, session: BoundSession, sm: SmElement | undefined): void {
  const refuse = () =>
    stream.send(encodeSm({ kind: 'failed', condition: 'unexpected-request', h: undefined }));
  switch (sm?.kind) {
    case 'r':
      if (session.managed) stream.send(encodeSm({ kind: 'a', h: session.handled }));
      else refuse();
      break;
    case 'a': {
      const error = session.acknowledge(sm.h);
      if (error) stream.fail(error);
      break;
    }
    case 'enable':
      if (session.managed) refuse();
      else stream.send(encodeSm(session.manage(sm)));
      break;
    case 'resume':
    case 'resumed':
    case 'enabled':
    case 'failed':
      refuse();
      break;
    case 'malformed':
      stream.fail(streamError('bad-format'));
      break;
    case undefined:
      stream.fail(streamError('unsupported-stanza-type'));
  }
}

function handleStanza(stream: StreamFace, session: BoundSession, stanza: Element): void {
  if (!isOwn(session, stanza.attrs.from)) {
    stream.fail(streamError('invalid-from'));
  } else if (isSessionRequest(stanza)) {
    session.receiveQuietly();
    session.deliver(el('iq', NS.client, { type: 'result', id: stanza.attrs.id, to: session.jid }));
  } else if (isProbeReply(stanza)) {
    session.receiveQuietly();
  } else {
    session.receive(stanza);
  }
}

/** A client may say who it is, in full or bare, and nobody else (RFC 6120 section 8.1.2.1). */
function isOwn(session: BoundSession, from: string | undefined): boolean {
  if (from === undefined || from === session.jid || from === session.account) return true;
  const jid = parseJid(from);
  return jid === session.jid || jid === session.account;
}
