import { isUtf8 } from 'node:buffer';
import {
  type BoshBody,
  type BoshCondition,
  decodeBoshBody,
  type Element,
  elements,
  failed,
  ok,
  type Result,
  serialize,
} from '@meerkat-chat/xmpp';
import type { StreamLimits } from '../../stream/limits.js';
import { FrameParser } from '../xml-parser.js';
import { plainPoll } from './plain-poll.js';

/** What `<body>` itself may take beside what stands in it, in bytes. */
export const BODY_OVERHEAD = 1024;

/** How far into a body its opening tag is looked for, in characters. */
const TAG_LENGTH = 2048;

/** A request, read. */
export interface ReadBody {
  readonly body: BoshBody;
  readonly frames: readonly Element[];
}

/** The most bytes that a body may have when one frame may have so many: room for several small ones. */
export function bodyLimit(frameBytes: number): number {
  return 2 * frameBytes + BODY_OVERHEAD;
}

/** Text of UTF-8; undefined when it is not. White space around the document, a byte order mark too, means nothing. */
export function decodeText(bytes: Uint8Array): string | undefined {
  if (!isUtf8(bytes)) return undefined;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString().trim();
}

/**
 * The session that a body seems to belong to, found without parsing it, so that the bounds of that session can be
 * held while it is parsed. Whoever goes on must compare it with what the parser finds.
 */
export function peekSid(text: string): string | undefined {
  const head = text.slice(0, TAG_LENGTH);
  const tag = /^<(?:"[^"]*"|'[^']*'|[^'">])*>/.exec(head)?.[0];
  return tag && /\ssid\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(tag)?.slice(1).find(Boolean);
}

/** Reads bodies strictly: XEP-0124 section 7 allows what RFC 6120 section 11 allows. */
export class BodyReader {
  readonly #parser = new FrameParser();
  readonly #limits: Pick<StreamLimits, 'attributes' | 'depth' | 'elements'>;

  constructor(limits: Pick<StreamLimits, 'attributes' | 'depth' | 'elements'>) {
    this.#limits = limits;
  }

  /** @param frameBytes how large each child may be */
  read(text: string, frameBytes: number): Result<ReadBody, BoshCondition> {
    const poll = plainPoll(text);
    if (poll) {
      const body = decodeBoshBody(poll);
      return body ? ok({ body, frames: [] }) : failed('bad-request');
    }
    const { attributes, depth, elements: count } = this.#limits;
    const bytes = bodyLimit(frameBytes);
    const parsed = this.#parser.parse(text, { attributes, bytes, depth: depth + 1, elements: count + 1 });
    if (!parsed.ok) {
      return failed(parsed.error.condition === 'policy-violation' ? 'policy-violation' : 'bad-request');
    }
    const body = decodeBoshBody(parsed.value);
    const frames = elements(parsed.value);
    if (!body || parsed.value.children.some((node) => typeof node === 'string' && node.trim() !== '')) {
      return failed('bad-request');
    }
    // A body within the bound of one frame cannot hold a larger one, so most are not measured.
    if (text.length * 3 > frameBytes && frames.some((frame) => sizeOf(frame) > frameBytes)) {
      return failed('policy-violation');
    }
    return ok({ body, frames });
  }

  /** Reads a frame of our own stream, to translate it. */
  own(frame: string): Element | undefined {
    const infinite = Number.POSITIVE_INFINITY;
    const parsed = this.#parser.parse(frame, {
      attributes: infinite,
      bytes: infinite,
      depth: infinite,
      elements: infinite,
    });
    return parsed.ok ? parsed.value : undefined;
  }
}

function sizeOf(frame: Element): number {
  return Buffer.byteLength(serialize(frame));
}
