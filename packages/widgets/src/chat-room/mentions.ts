/** Where a text names somebody: pairs of start and end, in UTF-16 units of the text's NFC form. */
export type Spans = readonly (readonly [start: number, end: number])[];

/** Looks for one name in what others say. */
export interface Mentions {
  /** The name that is looked for; undefined while there is none. */
  readonly nick: string | undefined;
  readonly in: (text: string) => boolean;
  /** At most `MARKED_AT_MOST` of them. */
  readonly spans: (text: string) => Spans;
}

/** How many namings in one message are marked: a text of nothing else must not become a thousand nodes. */
export const MARKED_AT_MOST = 20;

/** Letters that are written without spaces between words: there a name ends where it ends. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]/u;
const WORD = '[\\p{L}\\p{N}\\p{M}_]';

const NOBODY: Mentions = { nick: undefined, in: () => false, spans: () => [] };

/**
 * Finds a name as a whole word, in any case, with or without `@` before it. A name of a single character is a word of
 * its own in many languages ("a"), so it counts only after an `@`.
 */
export function mentionsOf(nick: string | undefined): Mentions {
  const name = nick?.normalize('NFC').trim();
  if (!name) return NOBODY;
  const letters = [...name];
  const edge = (letter: string | undefined, look: string) =>
    letter === undefined || UNSPACED.test(letter) ? '' : `(?${look}${WORD})`;
  const at = letters.length === 1 ? '@' : '@?';
  const escaped = name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const pattern = `${edge(letters[0], '<!')}${at}${escaped}${edge(letters.at(-1), '!')}`;
  const one = new RegExp(pattern, 'iu');
  const all = new RegExp(pattern, 'giu');
  return {
    nick,
    in: (text) => one.test(text.normalize('NFC')),
    spans: (text) => {
      const spans: (readonly [number, number])[] = [];
      for (const match of text.matchAll(all)) {
        if (spans.length === MARKED_AT_MOST) break;
        spans.push([match.index, match.index + match[0].length]);
      }
      return spans;
    },
  };
}
