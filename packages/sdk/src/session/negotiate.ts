import {
  child,
  decodeBound2,
  decodeFastToken,
  decodeSasl2Success,
  type Element,
  encodeAuthenticate,
  encodeBind2,
  encodeFast,
  encodeProof,
  encodeRequestToken,
  encodeSm,
  type FastToken,
  type FullJid,
  findSm,
  NS,
  parseFullJid,
  type SaslFailure,
  type SmElement,
} from '@meerkat-chat/xmpp';
import { HT_SHA_256_NONE, type Offer } from './offer.js';
import type { Mechanism } from './sasl/mechanism.js';
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

/** Signed in. `offer` is what the server was found to offer, where that had to be looked at. */
export type Success = { readonly token: FastToken | undefined; readonly offer: Offer | undefined } & (
  | { readonly kind: 'resumed' }
  | { readonly kind: 'bound'; readonly jid: FullJid }
);

/** Not signed in, though the link is good. */
export type Setback =
  | { readonly kind: 'rejected'; readonly mechanism: Mechanism; readonly failure: SaslFailure }
  /** The guess was wrong; a new link with what the server really offers will do. */
  | { readonly kind: 'misguessed'; readonly offer: Offer | undefined }
  | { readonly kind: 'unsupported'; readonly offered: readonly string[] };

export type Outcome = Success | Setback;

/**
 * Signs in and binds, or resumes, on a link that has just opened.
 * @throws {StreamEnded} when the link ends before that
 * @throws when the server cannot be trusted or understood
 */
export function negotiate(stream: Stream, options: NegotiateOptions): Promise<Outcome> {
  return new Negotiation(stream, options).run();
}

/** One attempt to sign in, as it goes in one flight; `Stepwise` takes over where it does not. */
export class Negotiation {
  readonly stream: Stream;
  readonly options: NegotiateOptions;
  /** What the server said that it offers, read by `Stepwise`. */
  offer: Offer | undefined;
  /** The server's features, as they came. */
  features: Element | undefined;
  #token: FastToken | undefined;

  constructor(stream: Stream, options: NegotiateOptions) {
    this.stream = stream;
    this.options = options;
  }

  async run(): Promise<Outcome> {
    const { from, guess, mechanisms, sasl2 } = this.options;
    const offer = sasl2 ? guess?.sasl2 : undefined;
    const mechanism = offer && choose(mechanisms, offer);
    if (!mechanism) {
      const stepwise = await this.stepwise();
      this.stream.open(from);
      return stepwise.begin();
    }
    // Before the first word, so that the whole flight leaves in one turn.
    const initial = await mechanism.first();
    this.stream.open(from);
    this.stream.write(this.authenticate(mechanism, initial, offer));
    for (;;) {
      const answer = await this.stream.next();
      const { name, ns } = answer;
      if (ns === NS.sasl2 && name === 'success') return this.succeed(mechanism, answer);
      if (ns === NS.streams && name === 'features') {
        this.features = answer;
        if (child(answer, 'authentication', NS.sasl2)) continue;
      } else if (ns !== NS.sasl2) continue;
      return (await this.stepwise()).goOn(mechanism, answer);
    }
  }

  /** What does the rest, where one flight was not enough. */
  stepwise(): Promise<Stepwise> {
    return this.options.stepwise(this);
  }

  /** Judges a `<success/>` of SASL2. */
  async succeed(mechanism: Mechanism, answer: Element): Promise<Outcome> {
    const success = decodeSasl2Success(answer);
    if (!success) throw new Error('malformed success');
    await mechanism.verify(success.additional);
    this.#token = decodeFastToken(success.inline);
    const said = findSm(success.inline);
    if (said?.kind === 'resumed') return this.resumed(said);
    const bound = decodeBound2(success.inline);
    if (!bound) return (await this.stepwise()).resumeOrBind();
    this.refused(said);
    const enabled = findSm(bound);
    if (enabled?.kind === 'enabled') {
      this.options.sm.begin();
      this.options.sm.enabled(enabled.id);
    } else await (await this.stepwise()).enableIfOffered();
    return this.bound(success.authorizationId);
  }

  /** `<authenticate/>`, with all that goes with it. */
  authenticate(mechanism: Mechanism, initial: Uint8Array, offer: NonNullable<Offer['sasl2']>): Element {
    const { clientId, resumeOnly, sm } = this.options;
    const { fastCount: count } = mechanism;
    const inline: Element[] = [];
    if (count !== undefined) inline.push(encodeFast({ count, invalidate: false }));
    else if (offer.fast.includes(HT_SHA_256_NONE)) inline.push(encodeRequestToken(HT_SHA_256_NONE));
    if (offer.inlineSm && sm.id !== undefined) {
      inline.push(encodeSm({ kind: 'resume', previd: sm.id, h: sm.handled }));
    }
    // Without inline resumption the classic one must come before any binding.
    if (!resumeOnly && offer.bind2 && (offer.inlineSm || sm.id === undefined)) {
      const enable = offer.bindSm ? [encodeSm({ kind: 'enable', resume: true, max: undefined })] : [];
      inline.push(encodeBind2({ tag: TAG, inline: enable }));
    }
    if (mechanism.proof) inline.push(encodeProof(mechanism.proof));
    const userAgent = { id: clientId, software: SOFTWARE, device: undefined };
    return encodeAuthenticate({ mechanism: mechanism.name, initial, userAgent, inline });
  }

  /** Settles a resumption that the server agreed to. @throws when its count cannot be */
  resumed(said: SmElement & { readonly kind: 'resumed' }): Success {
    if (!this.options.sm.acknowledge(said.h)) {
      // Whose count is wrong cannot be known: the next attempt binds anew.
      this.options.sm.enabled(undefined);
      throw new Error('h too high');
    }
    return { kind: 'resumed', token: this.#token, offer: this.offer };
  }

  /** The session before is gone. What of its queue the server had is known, where it remembered. */
  refused(said: SmElement | undefined): void {
    const { lost, resumeOnly, sm } = this.options;
    if (resumeOnly) throw new Error('not resumed');
    if (said?.kind === 'failed' && said.h !== undefined) sm.acknowledge(said.h);
    lost(sm.reset());
  }

  /** @throws when it is no address */
  bound(text: string): Success {
    const jid = parseFullJid(text);
    if (jid === undefined) throw new Error('malformed success');
    return { kind: 'bound', jid, token: this.#token, offer: this.offer };
  }
}

/** The first mechanism that the server has. */
export function choose(
  mechanisms: readonly Mechanism[],
  offer: { readonly mechanisms: readonly string[]; readonly fast: readonly string[] },
): Mechanism | undefined {
  return mechanisms.find(({ fastCount, name }) =>
    (fastCount === undefined ? offer.mechanisms : offer.fast).includes(name),
  );
}
