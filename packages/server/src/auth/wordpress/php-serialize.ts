/** A value of PHP. Arrays and strings only as far as WordPress keeps them; objects are none of ours and are refused. */
export type PhpValue = boolean | number | null | Buffer | ReadonlyMap<string, PhpValue>;

/** Levels of arrays, and values in all, that are read: what WordPress writes has four levels. */
const MAX_DEPTH = 16;
const MAX_VALUES = 10_000;

/**
 * Reads what PHP's `serialize` has written. Lengths count bytes, and only they say where a string ends: a browser's
 * name in a session may look like another session.
 * @throws Error when it is malformed, has an object in it, or is larger than anything that WordPress writes
 */
export function unserialize(bytes: Buffer): PhpValue {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  if (!reader.ended) throw new Error('there is more behind the value');
  return value;
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;
  #values = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get ended(): boolean {
    return this.#at === this.#bytes.length;
  }

  value(depth: number): PhpValue {
    if (depth > MAX_DEPTH || ++this.#values > MAX_VALUES) throw new Error('the value is too large');
    const type = this.#take(2);
    switch (type) {
      case 'N;':
        return null;
      case 'b:':
        return this.#number(';', /^[01]$/) === 1;
      case 'i:':
        return this.#number(';', /^-?\d{1,19}$/);
      case 'd:':
        return this.#number(';', /^-?\d+(\.\d+)?(E[+-]?\d+)?$/i);
      case 's:':
        return this.#string();
      case 'a:':
        return this.#array(depth);
      default:
        throw new Error('the value is of no kind that is read');
    }
  }

  #array(depth: number): ReadonlyMap<string, PhpValue> {
    const length = this.#number(':', /^\d{1,9}$/);
    const array = new Map<string, PhpValue>();
    this.#expect('{');
    for (let n = 0; n < length; n++) {
      const key = this.value(MAX_DEPTH);
      const whole = typeof key === 'number' && Number.isInteger(key);
      if (!whole && !Buffer.isBuffer(key)) throw new Error('the key is of no kind that is read');
      array.set(String(key), this.value(depth + 1));
    }
    this.#expect('}');
    return array;
  }

  #string(): Buffer {
    const length = this.#number(':', /^\d{1,9}$/);
    this.#expect('"');
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new Error('the string is cut');
    const text = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    this.#expect('";');
    return text;
  }

  /** A number up to a character. */
  #number(end: string, shape: RegExp): number {
    const at = this.#bytes.indexOf(end, this.#at);
    // No number has more letters than that.
    const text = at < 0 || at - this.#at > 40 ? '' : this.#bytes.toString('latin1', this.#at, at);
    if (!shape.test(text)) throw new Error('a number was expected');
    this.#at = at + 1;
    return Number(text);
  }

  #expect(text: string): void {
    if (this.#take(text.length) !== text) throw new Error(`${text} was expected`);
  }

  #take(length: number): string {
    const text = this.#bytes.toString('latin1', this.#at, this.#at + length);
    this.#at += length;
    return text;
  }
}
