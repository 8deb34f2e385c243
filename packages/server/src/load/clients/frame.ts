/** Reading frames by searching in their bytes: no tree is built, and most frames are not even made a string. */

/** What a frame is, told by the letters that its name begins with. */
export type FrameKind = 'message' | 'presence' | 'iq' | 'r' | 'a' | 'other';

const LETTER = { m: 0x6d, p: 0x70, i: 0x69, r: 0x72, a: 0x61, q: 0x71 };
const DIGIT_0 = 0x30;
const ERROR_DOUBLE = Buffer.from('type="error"');
const ERROR_SINGLE = Buffer.from("type='error'");
const GONE_DOUBLE = Buffer.from('type="unavailable"');
const GONE_SINGLE = Buffer.from("type='unavailable'");
const STATUS_110_DOUBLE = Buffer.from('code="110"');
const STATUS_110_SINGLE = Buffer.from("code='110'");

/** Tells what a frame is. `<r/>` and `<a/>` are those of stream management (XEP-0198). */
export function kindOf(frame: Buffer): FrameKind {
  switch (frame[1]) {
    case LETTER.m:
      return frame[2] === 0x65 && frame[3] === 0x73 ? 'message' : 'other';
    case LETTER.p:
      return 'presence';
    case LETTER.i:
      return frame[2] === LETTER.q ? 'iq' : 'other';
    case LETTER.r:
      return endsName(frame[2]) ? 'r' : 'other';
    case LETTER.a:
      return endsName(frame[2]) ? 'a' : 'other';
    default:
      return 'other';
  }
}

/** True for a stanza that says that another failed. */
export function isError(frame: Buffer): boolean {
  return frame.indexOf(ERROR_DOUBLE) !== -1 || frame.indexOf(ERROR_SINGLE) !== -1;
}

/** True when it is an element of that name. */
export function begins(frame: Buffer, name: string): boolean {
  return frame.toString('latin1', 1, 1 + name.length) === name && endsName(frame[1 + name.length]);
}

/** Whether a presence says that its recipient is in a room or has left it (status 110); undefined for others. */
export function isOwnPresence(frame: Buffer): 'here' | 'gone' | undefined {
  if (frame.indexOf(STATUS_110_DOUBLE) === -1 && frame.indexOf(STATUS_110_SINGLE) === -1) return undefined;
  return frame.indexOf(GONE_DOUBLE) === -1 && frame.indexOf(GONE_SINGLE) === -1 ? 'here' : 'gone';
}

/** The condition that an error names, for counting refusals; undefined for no error. */
export function conditionOf(answer: string): string | undefined {
  if (!/type=["']error["']/.test(answer)) return undefined;
  return (
    /<([a-z-]+)[^>]*urn:ietf:params:xml:ns:xmpp-stanzas/.exec(answer)?.[1] ??
    content(answer, 'error') ??
    'error'
  );
}

/** Finds the number of a message of this run, which its body begins with: `RUN-NUMBER `. */
export class NumberFinder {
  readonly #needle: Buffer;

  constructor(run: string) {
    this.#needle = Buffer.from(`>${run}-`);
  }

  /** The number; -1 where there is none. */
  find(frame: Buffer): number {
    const found = frame.indexOf(this.#needle);
    if (found === -1) return -1;
    let number = 0;
    let at = found + this.#needle.length;
    const first = at;
    for (; at < first + 15; at++) {
      const digit = (frame[at] ?? 0) - DIGIT_0;
      if (digit < 0 || digit > 9) break;
      number = number * 10 + digit;
    }
    return at === first ? -1 : number;
  }
}

/** A body that carries a message's number, padded to a length where that is longer. */
export function numberedBody(run: string, number: number, length: number): string {
  return `${run}-${number} `.padEnd(length, 'x');
}

/** The value of the first attribute of that name in a text, references resolved; undefined where there is none. */
export function attribute(text: string, name: string): string | undefined {
  const found = new RegExp(`[\\s]${name}=(?:"([^"]*)"|'([^']*)')`).exec(text);
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? undefined : resolved(value);
}

/** The text of the first element of that name, references resolved; undefined where there is none. */
export function content(text: string, name: string): string | undefined {
  const value = new RegExp(`<(?:[\\w-]+:)?${name}(?:\\s[^>]*)?>([^<]*)<`).exec(text)?.[1];
  return value === undefined ? undefined : resolved(value);
}

function resolved(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

function endsName(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x2f || byte === 0x3e;
}
