import type { DoctorWords } from './words.js';
import { ar } from './words-ar.js';
import { de } from './words-de.js';
import { en } from './words-en.js';
import { es } from './words-es.js';
import { fr } from './words-fr.js';
import { ja } from './words-ja.js';
import { pt } from './words-pt.js';

/** The words by primary language (BCP 47). */
export const DOCTOR_WORDS: ReadonlyMap<string, DoctorWords> = new Map([
  ['en', en],
  ['de', de],
  ['es', es],
  ['fr', fr],
  ['pt', pt],
  ['ar', ar],
  ['ja', ja],
]);

/** @param spoken a language that pages for frames have words in */
export function doctorWords(spoken: string): DoctorWords {
  return DOCTOR_WORDS.get(spoken) ?? en;
}
