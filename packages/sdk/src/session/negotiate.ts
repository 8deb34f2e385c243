import {
  decodeBound2,
  decodeFastToken,
  decodeSasl2Success,
  decodeSaslData,
  decodeSaslFailure,
  type Element,
  encodeAuthenticate,
  encodeBind2,
  encodeFast,
  encodeRequestToken,
  encodeSaslData,
  encodeSm,
  type FastToken,
  type FullJid,
  findSm,
  is,
  NS,
  parseFullJid,
  type Sasl2Success,
  type SaslFailure,
  type SaslProfile,
  type SmElement,
} from '@meerkat-chat/xmpp';
import { type Offer, readOffer } from './offer.js';
import { HT_SHA_256_NONE } from './sasl/hashed-token.js';
import { type Mechanism, MechanismError } from './sasl/mechanism.js';
import type { Stepwise } from './stepwise.js';
import type { Stream } from './stream.js';
import type { StreamManagement } from './stream-management.js';

/** The name that resources begin with (XEP-0386). */
const TAG = 'meerkat';
/** What we tell of ourselves at sign-in. */
export const SOFTWARE = 'Meerkat';

export interface NegotiateOptions {
  readonly sm: StreamManagement;
  /** Loads what signs in step by step; rejects where that cannot be had now. */
  readonly stepwise: (negotiation: Negotiation) => Promise<Stepwise>;
  /** In order of preference; one of FAST first, where there is a token. */
  readonly mechanisms: readonly Mechanism[];
  /** What the server is thought to offer: then all goes out in one flight. Without, we wait for its features. */
  readonly guess: Offer | undefined;
  /** False where only classic SASL is known to work: foreign servers crash on SASL2 over BOSH. */
  readonly sasl2: boolean;
  /** A stable id of this installation, which tokens are bound to. */
  readonly clientId: string;
  /** Who we are, where it is known. */
  readonly from: string | undefined;
  /** Takes the session over or leaves it alone: nothing is bound when the resumption is refused. */
  readonly resumeOnly: boolean;
  /** Takes what the server never confirmed of a session that is gone, as soon as that is known. */
  readonly lost: (unacknowledged: readonly string[]) => void;
}

export type Outcome =
  | { readonly kind: 'resumed'; readonly token: FastToken | undefined; readonly offer: Offer | undefined }
  | {
      readonly kind: 'bound';
      readonly jid: FullJid;
      readonly token: FastToken | undefined;
      readonly offer: Offer | undefined;
    }
  | { readonly kind: 'rejected'; readonly mechanism: Mechanism; readonly failure: SaslFailure }
  /** The guess was wrong; a new link with what the server really offers will do. */
  | { readonly kind: 'misguessed'; readonly offer: Offer | undefined }
  | { readonly kind: 'unsupported'; readonly offered: readonly string[] };

/** The server broke the protocol. */
export class NegotiationError extends Error {
  override readonly name = 'NegotiationError';
}

/**
 * Signs in and binds, or resumes, on a link that has just opened.
 * @throws {StreamEnded} when the link ends before that
 * @throws {NegotiationError | MechanismError} when the server cannot be trusted or understood
 */
export function negotiate(stream: Stream, options: NegotiateOptions): Promise<Outcome> {
  return new Negotiation(stream, options).run();
}

/** One attempt to sign in; what it takes where it cannot go in one flight is in `Stepwise`. */
export class Negotiation {
  readonly stream: Stream;
  readonly options: NegotiateOptions;
  /** What the server said that it offers. */
  offer: Offer | undefined;
  #token: FastToken | undefined;

  constructor(stream: Stream, options: NegotiateOptions) {
    this.stream = stream;
    this.options = options;
  }

  async run(): Promise<Outcome> {
    const { from, guess, mechanisms, sasl2 } = this.options;
    const guessed = sasl2 && guess?.sasl2 ? choose(mechanisms, guess.sasl2) : undefined;
    if (guess?.sasl2 && guessed) {
      // Before the first word, so that the whole flight leaves in one turn.
      const initial = await guessed.first();
      this.stream.open(from);
      return this.#sasl2(guessed, initial, guess.sasl2, true);
    }
    this.stream.open(from);
    const offer = await this.features();
    if (sasl2 && offer.sasl2) {
      const chosen = choose(mechanisms, offer.sasl2);
      if (chosen) return this.#sasl2(chosen, await chosen.first(), offer.sasl2, false);
    }
    const chosen = choose(mechanisms, { mechanisms: offer.classic, fast: [] });
    if (!chosen)
      return { kind: 'unsupported', offered: [...offer.classic, ...(offer.sasl2?.mechanisms ?? [])] };
    return (await this.options.stepwise(this)).signIn(chosen);
  }

  async #sasl2(
    mechanism: Mechanism,
    initial: Uint8Array,
    offer: NonNullable<Offer['sasl2']>,
    guessed: boolean,
  ): Promise<Outcome> {
    this.stream.write(this.#authenticate(mechanism, initial, offer));
    const answer = await this.exchange(mechanism, NS.sasl2);
    if (answer === 'no-sasl2') return { kind: 'misguessed', offer: this.offer };
    const failure = decodeSaslFailure(answer, NS.sasl2);
    if (failure) {
      const stale = guessed && !mechanism.fastCount && failure.condition === 'invalid-mechanism';
      return stale ? { kind: 'misguessed', offer: this.offer } : { kind: 'rejected', mechanism, failure };
    }
    const success = decodeSasl2Success(answer);
    if (!success) throw new NegotiationError('success without an identity');
    await mechanism.verify(success.additional);
    this.#token = decodeFastToken(success.inline);
    return this.#signedIn(success);
  }

  async #signedIn(success: Sasl2Success): Promise<Outcome> {
    const { sm } = this.options;
    const said = findSm(success.inline);
    if (said?.kind === 'resumed') return this.resumed(said);
    const bound = decodeBound2(success.inline);
    if (!bound) return (await this.options.stepwise(this)).resumeOrBind(await this.features());
    this.refused(said);
    const enabled = findSm(bound);
    if (enabled?.kind === 'enabled') {
      sm.begin();
      sm.enabled(enabled.id);
    } else if ((await this.features()).sm) {
      await (await this.options.stepwise(this)).enable();
    }
    return this.bound(success.authorizationId);
  }

  #authenticate(mechanism: Mechanism, initial: Uint8Array, offer: NonNullable<Offer['sasl2']>): Element {
    const { clientId, resumeOnly, sm } = this.options;
    const { fastCount: count } = mechanism;
    const asksToken = count === undefined && offer.fast.includes(HT_SHA_256_NONE);
    const resumes = sm.id !== undefined;
    // Without inline resumption the classic one must come before any binding.
    const binds = !resumeOnly && offer.bind2 && (offer.inlineSm || !resumes);
    const enable = offer.bindSm ? [encodeSm({ kind: 'enable', resume: true, max: undefined })] : [];
    return encodeAuthenticate({
      mechanism: mechanism.name,
      initial,
      userAgent: { id: clientId, software: SOFTWARE, device: undefined },
      inline: [
        ...(count === undefined ? [] : [encodeFast({ count, invalidate: false })]),
        ...(asksToken ? [encodeRequestToken(HT_SHA_256_NONE)] : []),
        ...(offer.inlineSm && sm.id !== undefined
          ? [encodeSm({ kind: 'resume', previd: sm.id, h: sm.handled })]
          : []),
        ...(binds ? [encodeBind2({ tag: TAG, inline: enable })] : []),
      ],
    });
  }

  /** Answers challenges until the attempt is decided. */
  async exchange(mechanism: Mechanism, profile: SaslProfile): Promise<Element | 'no-sasl2'> {
    for (;;) {
      const element = await this.stream.next();
      if (is(element, 'features', NS.streams)) {
        this.offer = readOffer(element);
        if (profile === NS.sasl || !this.offer.sasl2) return 'no-sasl2';
      } else if (is(element, 'challenge', profile)) {
        const challenge = decodeSaslData(element);
        if (!challenge) throw new MechanismError('malformed challenge');
        this.stream.write(encodeSaslData('response', await mechanism.next(challenge), profile));
      } else if (is(element, 'success', profile) || is(element, 'failure', profile)) {
        return element;
      }
    }
  }

  /** Settles a resumption that the server agreed to. @throws {NegotiationError} when its count cannot be */
  resumed(said: SmElement & { readonly kind: 'resumed' }): Outcome {
    if (!this.options.sm.acknowledge(said.h)) {
      // Whose count is wrong cannot be known: the next attempt binds anew.
      this.options.sm.enabled(undefined);
      throw new NegotiationError('resumed with more than was sent');
    }
    return { kind: 'resumed', token: this.#token, offer: this.offer };
  }

  /** The session before is gone. What of its queue the server had is known, where it remembered. */
  refused(said: SmElement | undefined): void {
    const { lost, resumeOnly, sm } = this.options;
    if (resumeOnly) throw new NegotiationError('the session cannot be taken over');
    if (said?.kind === 'failed' && said.h !== undefined) sm.acknowledge(said.h);
    lost(sm.reset());
  }

  /** @throws {NegotiationError} when it is no address */
  bound(text: string): Outcome {
    const jid = parseFullJid(text);
    if (jid === undefined) throw new NegotiationError('bound to a malformed address');
    return { kind: 'bound', jid, token: this.#token, offer: this.offer };
  }

  /** Waits for the server's features. */
  async features(): Promise<Offer> {
    const offer = readOffer(await this.nextNamed('features', NS.streams));
    this.offer ??= offer;
    return offer;
  }

  /** Waits for an element of that name, past others. */
  async nextNamed(name: string, ns: string): Promise<Element> {
    for (;;) {
      const element = await this.stream.next();
      if (is(element, name, ns)) return element;
    }
  }
}

function choose(
  mechanisms: readonly Mechanism[],
  offer: { readonly mechanisms: readonly string[]; readonly fast: readonly string[] },
): Mechanism | undefined {
  return mechanisms.find(({ fastCount, name }) =>
    (fastCount === undefined ? offer.mechanisms : offer.fast).includes(name),
  );
}
