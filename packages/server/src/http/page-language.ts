import { PAGE_WORDS, type PageWords } from './page-words.js';

/** The language of a page. */
export interface PageLanguage {
  /** Of the page as a whole, a language tag (BCP 47): what the elements in it say and how they write times. */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly words: PageWords;
  /** The language of these, the tag's own or English. */
  readonly spoken: string;
}

const TAG = /^[a-z]{2,8}(-[a-z0-9]{1,8}){0,4}$/i;
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/i;
/** Ranges of an Accept-Language header that are looked at. */
const RANGES = 20;
const ENGLISH = 'en';

/**
 * In what language a page is served: the one that its address asks for, be it one that we have no words in; else the
 * one of ours that the reader likes most (Accept-Language, RFC 9110 section 12.5.4); else English.
 */
export function pageLanguage(asked: string | null, accepted: string | undefined): PageLanguage {
  const tag = asked && TAG.test(asked) ? asked : (preferred(accepted ?? '') ?? ENGLISH);
  const primary = primaryOf(tag);
  const words = PAGE_WORDS.get(primary);
  return {
    tag,
    direction: RIGHT_TO_LEFT.test(tag) ? 'rtl' : 'ltr',
    words: words ?? englishWords(),
    spoken: words ? primary : ENGLISH,
  };
}

const primaryOf = (tag: string) => tag.split('-', 1)[0]?.toLowerCase() ?? '';

function englishWords(): PageWords {
  const words = PAGE_WORDS.get(ENGLISH);
  if (words === undefined) throw new Error('there are no English words');
  return words;
}

function preferred(header: string): string | undefined {
  const ranges = header.split(',', RANGES).flatMap((range) => {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
    const weight = parameters.find((part) => part.startsWith('q='))?.slice(2) ?? '1';
    const quality = /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight) ? Number(weight) : 0;
    return TAG.test(tag) && quality > 0 && PAGE_WORDS.has(primaryOf(tag)) ? [{ tag, quality }] : [];
  });
  // The sort is stable: of two liked the same, the first one.
  return ranges.sort((a, b) => b.quality - a.quality)[0]?.tag;
}
