import {
  decodeBoundJid,
  decodeSaslData,
  decodeSaslFailure,
  decodeSm,
  type Element,
  el,
  encodeAuth,
  encodeBind,
  encodeSaslData,
  encodeSm,
  is,
  NS,
  type Random,
  randomId,
  type SaslProfile,
  type SmElement,
} from '@meerkat-chat/xmpp';
import { choose, type Negotiation, type Outcome } from './negotiate.js';
import { readOffer, type WholeOffer } from './read-offer.js';
import type { Mechanism } from './sasl/mechanism.js';

/**
 * What takes a round trip each: waiting for features, challenges, classic SASL, binding and stream management
 * (RFC 6120, XEP-0198). Loaded only for servers that cannot do it in one flight.
 */
export class Stepwise {
  readonly #negotiation: Negotiation;
  readonly #random: Random;

  constructor(negotiation: Negotiation, random: Random) {
    this.#negotiation = negotiation;
    this.#random = random;
    if (negotiation.features) this.#learn(negotiation.features);
  }

  /** Signs in on a stream that has just been opened, by what the server says that it offers. */
  async begin(): Promise<Outcome> {
    const { mechanisms, sasl2 } = this.#negotiation.options;
    const offer = await this.#features();
    const chosen = sasl2 && offer.sasl2 && choose(mechanisms, offer.sasl2);
    if (chosen && offer.sasl2) {
      const { stream } = this.#negotiation;
      stream.write(this.#negotiation.authenticate(chosen, await chosen.first(), offer.sasl2));
      return this.goOn(chosen, await stream.next());
    }
    const classic = choose(mechanisms, { mechanisms: offer.classic, fast: [] });
    if (classic) return this.#signIn(classic);
    return { kind: 'unsupported', offered: [...offer.classic, ...(offer.sasl2?.mechanisms ?? [])] };
  }

  /** Goes on with SASL2 from what the server said. */
  async goOn(mechanism: Mechanism, said: Element): Promise<Outcome> {
    const negotiation = this.#negotiation;
    const answer = await this.#exchange(mechanism, NS.sasl2, said);
    if (answer === 'no-sasl2') return { kind: 'misguessed', offer: negotiation.offer };
    const failure = decodeSaslFailure(answer, NS.sasl2);
    if (!failure) return negotiation.succeed(mechanism, answer);
    const guessed = negotiation.options.guess?.sasl2 !== undefined;
    const stale = guessed && !mechanism.fastCount && failure.condition === 'invalid-mechanism';
    return stale
      ? { kind: 'misguessed', offer: negotiation.offer }
      : { kind: 'rejected', mechanism, failure };
  }

  /** Signed in, and nothing came of it inline: takes the session before up again where that can be, else binds. */
  async resumeOrBind(): Promise<Outcome> {
    const negotiation = this.#negotiation;
    const { sm } = negotiation.options;
    const offer = await this.#features();
    let refusal: SmElement | undefined;
    if (offer.sm && sm.id !== undefined) {
      negotiation.stream.write(encodeSm({ kind: 'resume', previd: sm.id, h: sm.handled }));
      refusal = await this.#nextSm();
      if (refusal.kind === 'resumed') return negotiation.resumed(refusal);
    }
    negotiation.refused(refusal);
    const id = randomId(this.#random);
    negotiation.stream.ask(el('iq', NS.client, { id, type: 'set' }, encodeBind()));
    const answer = await this.#nextNamed('iq', NS.client);
    const jid = decodeBoundJid(answer);
    if (answer.attrs.type !== 'result' || jid === undefined) throw new Error('no resource was bound');
    if (offer.sm) await this.#enable();
    return negotiation.bound(jid);
  }

  /** Bound, without stream management: switches it on where that can be done now. */
  async enableIfOffered(): Promise<void> {
    if ((await this.#features()).sm) await this.#enable();
  }

  /** Signs in by classic SASL, and goes on from there. */
  async #signIn(mechanism: Mechanism): Promise<Outcome> {
    const negotiation = this.#negotiation;
    const { options, stream } = negotiation;
    stream.write(encodeAuth({ mechanism: mechanism.name, initial: await mechanism.first() }));
    const answer = await this.#exchange(mechanism, NS.sasl, await stream.next());
    if (answer === 'no-sasl2') throw new Error('features in mid-authentication');
    const failure = decodeSaslFailure(answer, NS.sasl);
    if (failure) return { kind: 'rejected', mechanism, failure };
    const data = decodeSaslData(answer);
    await mechanism.verify(data && data.length > 0 ? data : undefined);
    stream.open(options.from);
    return this.resumeOrBind();
  }

  /** Answers challenges until the attempt is decided. */
  async #exchange(mechanism: Mechanism, profile: SaslProfile, said: Element): Promise<Element | 'no-sasl2'> {
    const { stream } = this.#negotiation;
    for (let element = said; ; element = await stream.next()) {
      if (is(element, 'features', NS.streams)) {
        const offer = this.#learn(element);
        if (profile === NS.sasl || !offer.sasl2) return 'no-sasl2';
      } else if (is(element, 'challenge', profile)) {
        const challenge = decodeSaslData(element);
        if (!challenge) throw new Error('malformed challenge');
        stream.write(encodeSaslData('response', await mechanism.next(challenge), profile));
      } else if (is(element, 'success', profile) || is(element, 'failure', profile)) {
        return element;
      }
    }
  }

  /** Switches stream management on for a session that has just been bound. */
  async #enable(): Promise<void> {
    const { options, stream } = this.#negotiation;
    options.sm.begin();
    stream.write(encodeSm({ kind: 'enable', resume: true, max: undefined }));
    const answer = await this.#nextSm();
    if (answer.kind === 'enabled') options.sm.enabled(answer.id);
    else options.sm.reset();
  }

  /** Waits for the server's features. */
  async #features(): Promise<WholeOffer> {
    return this.#learn(await this.#nextNamed('features', NS.streams));
  }

  #learn(features: Element): WholeOffer {
    const offer = readOffer(features);
    // What was offered before sign-in is what is worth remembering.
    this.#negotiation.offer ??= { sasl2: offer.sasl2 };
    return offer;
  }

  /** Waits for an element of that name, past others. */
  async #nextNamed(name: string, ns: string): Promise<Element> {
    for (;;) {
      const element = await this.#negotiation.stream.next();
      if (is(element, name, ns)) return element;
    }
  }

  async #nextSm(): Promise<SmElement> {
    for (;;) {
      const said = decodeSm(await this.#negotiation.stream.next());
      if (said) return said;
    }
  }
}
