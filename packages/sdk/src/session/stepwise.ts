import {
  decodeBoundJid,
  decodeSaslData,
  decodeSaslFailure,
  decodeSm,
  encodeAuth,
  encodeBind,
  encodeSm,
  NS,
  type Random,
  randomId,
  requestEl,
  type SmElement,
} from '@meerkat-chat/xmpp';
import { type Negotiation, NegotiationError, type Outcome } from './negotiate.js';
import type { Offer } from './offer.js';
import type { Mechanism } from './sasl/mechanism.js';

/**
 * What takes a round trip each: classic SASL, binding and stream management (RFC 6120, XEP-0198). Loaded only for
 * servers that cannot do it within SASL2.
 */
export class Stepwise {
  readonly #negotiation: Negotiation;
  readonly #random: Random;

  constructor(negotiation: Negotiation, random: Random) {
    this.#negotiation = negotiation;
    this.#random = random;
  }

  /** Signs in by classic SASL, and goes on from there. */
  async signIn(mechanism: Mechanism): Promise<Outcome> {
    const negotiation = this.#negotiation;
    const { options, stream } = negotiation;
    stream.write(encodeAuth({ mechanism: mechanism.name, initial: await mechanism.first() }));
    const answer = await negotiation.exchange(mechanism, NS.sasl);
    if (answer === 'no-sasl2') throw new NegotiationError('features in mid-authentication');
    const failure = decodeSaslFailure(answer, NS.sasl);
    if (failure) return { kind: 'rejected', mechanism, failure };
    const data = decodeSaslData(answer);
    await mechanism.verify(data && data.length > 0 ? data : undefined);
    const before = negotiation.offer;
    stream.open(options.from);
    const after = await negotiation.features();
    // What was offered before sign-in is what is worth remembering.
    if (before) negotiation.offer = { ...before, sm: after.sm };
    return this.resumeOrBind(after);
  }

  /** Signed in: takes the session before up again where that can be, else binds a resource. */
  async resumeOrBind(offer: Offer): Promise<Outcome> {
    const negotiation = this.#negotiation;
    const { sm } = negotiation.options;
    let refusal: SmElement | undefined;
    if (offer.sm && sm.id !== undefined) {
      negotiation.stream.write(encodeSm({ kind: 'resume', previd: sm.id, h: sm.handled }));
      refusal = await this.#nextSm();
      if (refusal.kind === 'resumed') return negotiation.resumed(refusal);
    }
    negotiation.refused(refusal);
    const id = randomId(this.#random);
    negotiation.stream.ask(requestEl({ id, type: 'set' }, encodeBind()));
    const answer = await negotiation.nextNamed('iq', NS.client);
    const jid = decodeBoundJid(answer);
    if (answer.attrs.type !== 'result' || jid === undefined)
      throw new NegotiationError('no resource was bound');
    if (offer.sm) await this.enable();
    return negotiation.bound(jid);
  }

  /** Switches stream management on for a session that has just been bound. */
  async enable(): Promise<void> {
    const { options, stream } = this.#negotiation;
    options.sm.begin();
    stream.write(encodeSm({ kind: 'enable', resume: true, max: undefined }));
    const answer = await this.#nextSm();
    if (answer.kind === 'enabled') options.sm.enabled(answer.id);
    else options.sm.reset();
  }

  async #nextSm(): Promise<SmElement> {
    for (;;) {
      const said = decodeSm(await this.#negotiation.stream.next());
      if (said) return said;
    }
  }
}
