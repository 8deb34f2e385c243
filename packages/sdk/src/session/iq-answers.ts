import {
  type Element,
  el,
  elements,
  encodeStanzaError,
  NS,
  type Off,
  type StanzaError,
} from '@meerkat-chat/xmpp';

/** Answers a request: the payload of the result (undefined for an empty one), or an error. */
export type IqHandler = (iq: Element) => Element | StanzaError | undefined;

/** Who answers which requests of others. */
export class IqAnswers {
  readonly #handlers = new Map<string, IqHandler>();

  on(ns: string, name: string, handler: IqHandler): Off {
    const key = `${ns} ${name}`;
    this.#handlers.set(key, handler);
    return () => {
      if (this.#handlers.get(key) === handler) this.#handlers.delete(key);
    };
  }

  /** The whole answer to an iq of type get or set (RFC 6120 section 8.4). */
  answer(iq: Element): Element {
    const said = this.#judge(iq);
    const failed = said !== undefined && 'condition' in said;
    const content = failed ? encodeStanzaError(said) : said;
    const { from, id } = iq.attrs;
    return el('iq', NS.client, { type: failed ? 'error' : 'result', id, to: from }, content);
  }

  #judge(iq: Element): Element | StanzaError | undefined {
    const [payload, second] = elements(iq);
    if (!payload || second) return { condition: 'bad-request', type: 'modify' };
    const handler = this.#handlers.get(`${payload.ns} ${payload.name}`);
    return handler ? handler(iq) : { condition: 'service-unavailable', type: 'cancel' };
  }
}
