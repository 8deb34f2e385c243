const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const QUESTION = 0x3f;
const BANG = 0x21;
const DOUBLE = 0x22;
const SINGLE = 0x27;
const NOTHING = Buffer.alloc(0);
/** The longest element that is taken. */
const MAX_ELEMENT = 64 * 1024 * 1024;

/** Hears what a splitter found. The bytes are only good during the call. */
export interface SplitterListener {
  /** The tag that everything else is inside of: `<stream:stream ...>`, or `<body ...>` of BOSH. */
  opened(tag: Buffer): void;
  /** One whole child of it. */
  element(bytes: Buffer): void;
  /** The end of it. */
  closed(): void;
}

/** Cuts a stream of well-formed XML into the children of its outermost element, without reading them. */
export class ElementSplitter {
  readonly #listener: SplitterListener;
  #data: Buffer = NOTHING;
  /** Where the search goes on. */
  #at = 0;
  /** Where the present child began. */
  #start = 0;
  /** 0 before the outermost tag, 1 between its children. */
  #depth = 0;

  constructor(listener: SplitterListener) {
    this.#listener = listener;
  }

  /** Forgets all: a stream begins anew on the same connection. */
  restart(): void {
    this.#data = NOTHING;
    this.#at = 0;
    this.#start = 0;
    this.#depth = 0;
  }

  /** @throws RangeError when an element is too long */
  push(chunk: Buffer): void {
    const data = this.#data.length === 0 ? chunk : Buffer.concat([this.#data, chunk]);
    if (data.length > MAX_ELEMENT) throw new RangeError('an element is too long');
    this.#data = data;
    for (;;) {
      const lt = data.indexOf(LT, this.#at);
      if (lt === -1) break;
      const gt = endOfMarkup(data, lt);
      if (gt === -1) {
        this.#at = lt;
        this.#keep(lt);
        return;
      }
      this.#at = gt + 1;
      this.#markup(data, lt, gt);
      if (this.#data !== data) return;
    }
    this.#at = data.length;
    this.#keep(data.length);
  }

  #markup(data: Buffer, lt: number, gt: number): void {
    const next = data[lt + 1];
    if (next === QUESTION || next === BANG) return;
    if (next === SLASH) {
      this.#depth--;
      if (this.#depth === 1) this.#listener.element(data.subarray(this.#start, gt + 1));
      else if (this.#depth === 0) this.#listener.closed();
      return;
    }
    const empty = data[gt - 1] === SLASH;
    if (this.#depth === 0) {
      this.#listener.opened(data.subarray(lt, gt + 1));
      if (empty) this.#listener.closed();
      else this.#depth = 1;
      return;
    }
    if (this.#depth === 1) {
      this.#start = lt;
      if (empty) this.#listener.element(data.subarray(lt, gt + 1));
    }
    if (!empty) this.#depth++;
  }

  /** Keeps a copy of what is not done with. @param until what lies before is only needed inside of a child */
  #keep(until: number): void {
    const from = this.#depth > 1 ? this.#start : until;
    this.#data = from >= this.#data.length ? NOTHING : Buffer.from(this.#data.subarray(from));
    this.#at -= from;
    this.#start = 0;
  }
}

/** Where the markup that begins at `lt` ends; -1 while it is not whole. */
function endOfMarkup(data: Buffer, lt: number): number {
  if (data[lt + 1] === BANG) {
    const end = data.indexOf(']]>', lt);
    return end === -1 ? -1 : end + 2;
  }
  let quote = 0;
  for (let at = lt + 1; at < data.length; at++) {
    const byte = data[at];
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte === GT) return at;
    else if (byte === DOUBLE || byte === SINGLE) quote = byte;
  }
  return -1;
}
