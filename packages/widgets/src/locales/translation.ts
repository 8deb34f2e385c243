import type { Strings } from './en.js';
import type { BoxStrings } from './en-box.js';

/**
 * What a language has of what the elements say. A word that it lacks is said in English, so that a new one does not have
 * to wait for all languages; a test tells which are missing.
 */
export interface Translation {
  readonly room: Partial<Strings>;
  readonly box: Partial<BoxStrings>;
}
