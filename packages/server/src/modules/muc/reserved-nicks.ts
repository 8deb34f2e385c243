import { wordsOf } from '../../kernel/skeleton.js';

const PATTERN = /^(\*?)([^*]+)(\*?)$/u;

/** True for a pattern that can be read: a word with a letter in it, `*` at its ends alone. */
export function isPattern(text: string): boolean {
  const [, , word] = PATTERN.exec(text) ?? [];
  return word !== undefined && wordsOf(word).length > 0;
}

/** Names that stand for those who run a place: who reads one of them believes what it says. */
export class ReservedNicks {
  readonly #words = new Set<string>();
  readonly #heads: string[] = [];
  readonly #tails: string[] = [];
  readonly #parts: string[] = [];

  /** @param patterns each good by `isPattern` */
  constructor(patterns: readonly string[]) {
    for (const pattern of patterns) {
      const [, before, text = '', after] = PATTERN.exec(pattern) ?? [];
      const [word] = wordsOf(text);
      if (word === undefined) continue;
      if (before && after) this.#parts.push(word);
      else if (after) this.#heads.push(word);
      else if (before) this.#tails.push(word);
      else this.#words.add(word);
    }
  }

  /** True for a nick that may be read as a reserved one. */
  has(nick: string): boolean {
    return wordsOf(nick).some(
      (word) =>
        this.#words.has(word) ||
        this.#heads.some((head) => word.startsWith(head)) ||
        this.#tails.some((tail) => word.endsWith(tail)) ||
        this.#parts.some((part) => word.includes(part)),
    );
  }
}
