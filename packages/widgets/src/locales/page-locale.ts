import { languageOf } from './language-of.js';
import { primaryOf } from './primary-of.js';
import type { Translation } from './translation.js';

/** The languages that there are beside English, by primary tag (BCP 47). Each is a file of its own. */
const LANGUAGES: Readonly<Record<string, () => Promise<{ readonly translation: Translation }>>> = {
  ar: () => import('./ar.js'),
  de: () => import('./de.js'),
  es: () => import('./es.js'),
  fr: () => import('./fr.js'),
  ja: () => import('./ja.js'),
  pt: () => import('./pt.js'),
};

/** Their tags. */
export const LANGUAGE_TAGS: readonly string[] = /* @__PURE__ */ Object.keys(LANGUAGES);

/**
 * Loads the words of the language that an element stands in. Undefined at once where they are English or in no language
 * that there is, and in the end where they cannot be had.
 */
export function pageTranslation(element: Element): Promise<Translation | undefined> | undefined {
  const primary = primaryOf(languageOf(element));
  const load = Object.hasOwn(LANGUAGES, primary) ? LANGUAGES[primary] : undefined;
  return load?.().then(
    ({ translation }) => translation,
    () => undefined,
  );
}
