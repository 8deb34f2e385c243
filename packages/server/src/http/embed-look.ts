import { type PageLanguage, pageLanguage } from './page-language.js';

/** How a framed page is to look. All of it comes from whoever wrote the address, the language perhaps from the reader. */
export interface EmbedLook {
  readonly theme: 'auto' | 'dark' | 'light';
  /** `#rrggbb`, lower case. */
  readonly accent?: string | undefined;
  /** The same for a dark ground. */
  readonly accentDark?: string | undefined;
  /** A CSS font-family list, made of nothing but what is known to be harmless. */
  readonly font: string;
  readonly language: PageLanguage;
}

/** Fonts that every system has, by the word in the address. */
const SYSTEM_FONTS: ReadonlyMap<string, string> = new Map([
  ['system', 'system-ui,sans-serif'],
  ['sans', 'sans-serif'],
  ['serif', 'ui-serif,Georgia,serif'],
  ['rounded', 'ui-rounded,system-ui,sans-serif'],
  ['mono', 'ui-monospace,Menlo,Consolas,monospace'],
]);
/** What a family may be called: letters, digits, spaces and hyphens, so that it can end no string and no style. */
const FAMILY = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} -]{0,38}[\p{L}\p{M}\p{N}])?$/u;
const SYSTEM = 'system-ui,sans-serif';

/**
 * Reads the query of a page for a frame; what is not understood is as if it were not there.
 * @param accepted the reader's Accept-Language
 */
export function lookOf(query: URLSearchParams, accepted: string | undefined): EmbedLook {
  const theme = query.get('theme');
  return {
    theme: theme === 'dark' || theme === 'light' ? theme : 'auto',
    accent: colourOf(query.get('accent')),
    accentDark: colourOf(query.get('accent-dark')),
    font: fontOf(query.get('font')),
    language: pageLanguage(query.get('lang'), accepted),
  };
}

function colourOf(value: string | null): string | undefined {
  const colour = value?.toLowerCase();
  return colour && /^#[0-9a-f]{6}$/.test(colour) ? colour : undefined;
}

/** A family that the reader does not have gives way to the system's font: the page loads none. */
function fontOf(value: string | null): string {
  const asked = value?.normalize('NFC').trim() ?? '';
  return SYSTEM_FONTS.get(asked.toLowerCase()) ?? (FAMILY.test(asked) ? `"${asked}",${SYSTEM}` : SYSTEM);
}
