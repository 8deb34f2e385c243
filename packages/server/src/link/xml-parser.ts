import {
  type Attrs,
  type Element,
  failed,
  type Node,
  ok,
  type Result,
  type StreamError,
  stanzaTooBig,
  streamError,
} from '@meerkat-chat/xmpp';
import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { StreamLimits } from '../stream/limits.js';

/** The bounds of one frame, checked while it is read: before anything is built of what is beyond them. */
export type FrameLimits = Pick<StreamLimits, 'attributes' | 'depth' | 'elements'> & {
  /** Bytes of the whole frame. */
  readonly bytes: number;
};

/** An element under construction; nobody else sees it before it is complete. */
interface Draft extends Element {
  readonly children: Node[];
}

/** Carries the reason out of the parser, which knows no other way to stop. */
class Refusal extends Error {
  readonly error: StreamError;

  constructor(error: StreamError) {
    super(error.condition);
    this.error = error;
  }
}

const OPTIONS = { xmlns: true, position: false, forceXMLVersion: true, defaultXMLVersion: '1.0' } as const;

/**
 * Names that every parser reads: editions of XML 1.0 differ beyond ASCII, and a receiver whose parser is of another
 * one would lose its stream for what we passed on. No protocol of XMPP has others.
 */
const NAME = /^[A-Za-z_][\w.-]*$/;
/** What the prefix `xml` stands for: nobody may declare it as a default, as we would when we pass the element on. */
const RESERVED = 'http://www.w3.org/XML/1998/namespace';

/** Half a surrogate pair, which no XML document can hold; saxes does not see each of them. */
const LONE_SURROGATE = /\p{Cs}/u;

/**
 * Reads frames strictly (RFC 7395 section 3.3, RFC 6120 section 11): one element and nothing around it, no DTD,
 * processing instruction, comment or entity beyond the five, namespaces resolved. One parser serves any number of
 * streams, one frame after the other; it is thrown away after a frame that it refused.
 */
export class FrameParser {
  #saxes: SaxesParser<typeof OPTIONS> | undefined;
  #limits: FrameLimits = { attributes: 0, bytes: 0, depth: 0, elements: 0 };
  #open: Draft[] = [];
  #root: Element | undefined;
  #elements = 0;
  #attributes = 0;

  /** @returns the element, or the stream error that the frame deserves */
  parse(frame: string, limits: FrameLimits): Result<Element, StreamError> {
    // No character takes fewer bytes than one, nor more than three a unit, so most frames need no counting.
    if (
      frame.length > limits.bytes ||
      (frame.length * 3 > limits.bytes && Buffer.byteLength(frame) > limits.bytes)
    ) {
      return failed(tooLarge(`a frame may have ${limits.bytes} bytes`, true));
    }
    if (frame[0] !== '<' || frame[frame.length - 1] !== '>' || LONE_SURROGATE.test(frame)) {
      return failed(streamError('not-well-formed'));
    }
    this.#limits = limits;
    this.#open = [];
    this.#root = undefined;
    this.#elements = 0;
    this.#saxes ??= this.#make();
    try {
      this.#saxes.write(frame).close();
    } catch (error) {
      this.#saxes = undefined;
      return failed(error instanceof Refusal ? error.error : streamError('not-well-formed'));
    }
    const root = this.#root as Element | undefined;
    return root ? ok(root) : failed(streamError('not-well-formed'));
  }

  #make(): SaxesParser<typeof OPTIONS> {
    const parser = new SaxesParser(OPTIONS);
    const restricted = (): never => {
      throw new Refusal(streamError('restricted-xml'));
    };
    parser.on('xmldecl', restricted);
    parser.on('doctype', restricted);
    parser.on('processinginstruction', restricted);
    parser.on('comment', restricted);
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentagstart', () => this.#starts());
    parser.on('attribute', () => this.#counts());
    parser.on('opentag', (tag) => this.#opens(tag));
    parser.on('closetag', () => this.#closes());
    parser.on('text', (text) => this.#hears(text));
    parser.on('cdata', (text) => this.#hears(text));
    return parser;
  }

  #starts(): void {
    this.#attributes = 0;
    if (++this.#elements > this.#limits.elements) {
      throw new Refusal(tooLarge(`a stanza may have ${this.#limits.elements} elements`));
    }
    if (this.#open.length >= this.#limits.depth) {
      throw new Refusal(tooLarge(`elements may be nested ${this.#limits.depth} deep`));
    }
  }

  #counts(): void {
    if (++this.#attributes > this.#limits.attributes) {
      throw new Refusal(tooLarge(`an element may have ${this.#limits.attributes} attributes`));
    }
  }

  #opens(tag: SaxesTagNS): void {
    if (tag.uri === RESERVED || !NAME.test(tag.local)) throw new Refusal(streamError('not-well-formed'));
    const draft: Draft = { name: tag.local, ns: tag.uri, attrs: attrsOf(tag), children: [] };
    this.#open.at(-1)?.children.push(draft);
    this.#open.push(draft);
  }

  #closes(): void {
    const done = this.#open.pop();
    if (this.#open.length === 0) this.#root = done;
  }

  #hears(text: string): void {
    const children = this.#open.at(-1)?.children;
    if (!children) return;
    const last = children.at(-1);
    // Text and CDATA side by side are one text.
    if (typeof last === 'string') children[children.length - 1] = last + text;
    else children.push(text);
  }
}

/** Attributes by the names that `Element` has for them; declarations of namespaces have done their work. */
function attrsOf(tag: SaxesTagNS): Attrs {
  const attrs: Record<string, string> = Object.create(null);
  for (const key in tag.attributes) {
    const attribute = tag.attributes[key];
    if (!attribute || attribute.prefix === 'xmlns' || key === 'xmlns') continue;
    const { local, prefix, uri, value } = attribute;
    if (!NAME.test(local)) throw new Refusal(streamError('not-well-formed'));
    if (prefix === '') attrs[local] = value;
    else attrs[prefix === 'xml' ? `xml:${local}` : `{${uri}}${local}`] = value;
  }
  return attrs;
}

function tooLarge(text: string, bytes = false): StreamError {
  return streamError('policy-violation', text, bytes ? stanzaTooBig() : undefined);
}
