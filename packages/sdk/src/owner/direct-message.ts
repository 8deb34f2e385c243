import {
  accountOf,
  type BareJid,
  chatStateOf,
  childText,
  decodeCarbon,
  decodeDelay,
  type Element,
  type FullJid,
  isFull,
  type Millis,
  messageType,
  NS,
  originIdOf,
  parseJid,
  receiptOf,
  stanzaIdOf,
  wantsReceipt,
} from '@meerkat-chat/xmpp';
import { MAX_TEXT } from '../bounds.js';

/** What two people say to each other, and what their programs say of it, as one message tells it. */
export interface DirectWord {
  /** The other one, whoever of the two sent it. */
  readonly peer: BareJid;
  /** Another session of our account sent it. */
  readonly own: boolean;
  /** The session that sent it, where there is one. */
  readonly from: FullJid | undefined;
  /** Undefined where nothing is said. */
  readonly text: string | undefined;
  /** The id that its sender gave. */
  readonly id: string | undefined;
  /** Whether that id is the sender's own for good (XEP-0359), and not only the stanza's. */
  readonly lasting: boolean;
  /** The id that it has in our archive. */
  readonly archiveId: string | undefined;
  /** When it was sent, where that was not now. */
  readonly at: Millis | undefined;
  /** Whether the other one is writing; undefined where it does not say. */
  readonly composing: boolean | undefined;
  /** The message of which it says that it arrived. */
  readonly receipt: string | undefined;
  /** Its sender wants to know that it arrived. */
  readonly wantsReceipt: boolean;
}

function isOfRoom(message: Element): boolean {
  return message.children.some((node) => typeof node === 'object' && node.ns === NS.mucUser);
}

/** Reads a message as one of two people, or as the copy of one (XEP-0280); undefined for any other. @param account ours */
export function readDirect(stanza: Element, account: BareJid): DirectWord | undefined {
  const carbon = decodeCarbon(stanza, account);
  const message = carbon?.message ?? stanza;
  const type = messageType(message);
  if ((type !== 'chat' && type !== 'normal') || isOfRoom(message)) return undefined;
  const from = parseJid(message.attrs.from ?? '');
  const to = parseJid(message.attrs.to ?? '');
  const own = carbon?.direction === 'sent';
  // What somebody claims to have sent in our name, or to have got from us, is not believed.
  if (from === undefined || (own && accountOf(from) !== account)) return undefined;
  const peer = own ? to && accountOf(to) : accountOf(from);
  if (peer === undefined || (peer === account && own)) return undefined;
  return { peer, own, from: isFull(from) ? from : undefined, ...readWords(message, account) };
}

/** What a message says, whoever sent it. @param account ours, whose archive may have it */
export function readWords(message: Element, account: BareJid): Omit<DirectWord, 'from' | 'own' | 'peer'> {
  const text = childText(message, 'body', NS.client);
  const state = chatStateOf(message);
  const originId = originIdOf(message);
  return {
    text: text ? text.slice(0, MAX_TEXT) : undefined,
    id: originId ?? message.attrs.id,
    lasting: originId !== undefined,
    archiveId: stanzaIdOf(message, account),
    at: decodeDelay(message)?.at,
    composing: state && state === 'composing',
    receipt: receiptOf(message),
    wantsReceipt: wantsReceipt(message),
  };
}
