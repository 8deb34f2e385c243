import type { Element, Iq, StanzaError } from '@meerkat-chat/xmpp';
import { resultOf } from '@meerkat-chat/xmpp';
import type { Settled } from '../kernel/hooks.js';
import type { Logger } from '../kernel/logger.js';
import type { IqAnswer, IqHandler, IqTarget } from '../kernel/module.js';
import type { Registry } from '../kernel/registry.js';
import type { Session } from '../kernel/session.js';
import { BROKEN, untaken } from './default-errors.js';

/** How an answer goes back. */
export interface IqReplies {
  reply(element: Element, session: Session | undefined): void;
  refuse(stanza: Iq, error: StanzaError, session: Session | undefined): void;
}

/** Finds who answers a request to an address of ours, and sends the one answer. */
export class IqDispatch {
  readonly #registry: Registry;
  readonly #replies: IqReplies;
  readonly #log: Logger;

  constructor(registry: Registry, replies: IqReplies, log: Logger) {
    this.#registry = registry;
    this.#replies = replies;
    this.#log = log;
  }

  /** Results and errors that reach this are nobody's, and are dropped: they are never answered. */
  dispatch(iq: Iq, targets: readonly IqTarget[], session: Session | undefined): Settled {
    const { payload, type } = iq;
    if (type === 'result' || type === 'error' || !payload) return undefined;
    const handler = this.#registry.iqs.find(targets, type, payload.ns, payload.name);
    if (!handler) {
      const error = untaken(iq);
      if (error) this.#replies.refuse(iq, error, session);
      return undefined;
    }
    try {
      const answer = handler.handle({ iq: { ...iq, payload }, session });
      if (!(answer instanceof Promise)) return this.#answer(iq, answer, session);
      return answer.then(
        (late) => this.#answer(iq, late, session),
        (cause: unknown) => this.#failed(iq, handler, cause, session),
      );
    } catch (cause) {
      this.#failed(iq, handler, cause, session);
      return undefined;
    }
  }

  #answer(iq: Iq, answer: IqAnswer, session: Session | undefined): Settled {
    if ('error' in answer) {
      this.#replies.refuse(iq, answer.error, session);
      return undefined;
    }
    this.#replies.reply(resultOf(iq, answer.result), session);
    return answer.settled;
  }

  #failed(iq: Iq, handler: IqHandler, cause: unknown, session: Session | undefined): void {
    this.#log.error({ ns: handler.ns, name: handler.name, err: cause }, 'an iq handler failed');
    this.#replies.refuse(iq, BROKEN, session);
  }
}
