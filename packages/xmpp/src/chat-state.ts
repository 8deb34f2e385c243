import { NS } from './ns.js';
import { type Element, el, elements } from './xml/element.js';

/** What somebody is doing in a conversation (XEP-0085 section 4). */
export const CHAT_STATES = ['active', 'composing', 'gone', 'inactive', 'paused'] as const;
export type ChatState = (typeof CHAT_STATES)[number];

/** Writes a chat state (XEP-0085). */
export function encodeChatState(state: ChatState): Element {
  return el(state, NS.chatStates);
}

/** The state that a message tells; the first, where it tells several. */
export function chatStateOf(message: Element): ChatState | undefined {
  const name = elements(message).find(({ ns }) => ns === NS.chatStates)?.name;
  return CHAT_STATES.find((state) => state === name);
}

/**
 * The state of a standalone notification: a message that says nothing else, but perhaps its thread (XEP-0085
 * section 5.6) and how it is to be handled (XEP-0334). Undefined for every other message.
 */
export function loneChatStateOf(message: Element): ChatState | undefined {
  const besides = ({ ns, name }: Element): boolean =>
    ns !== NS.chatStates && ns !== NS.hints && !(ns === message.ns && name === 'thread');
  return elements(message).some(besides) ? undefined : chatStateOf(message);
}

/** Writes that a message is of the moment: nobody is to keep it, nor to send copies of it (XEP-0334 section 4). */
export function encodeMomentary(): readonly Element[] {
  return [el('no-store', NS.hints), el('no-copy', NS.hints)];
}
