import { applicationPasswordFits, passwordFits, type WordpressRelease } from './password-hash.js';

/** One password to be held against stored hashes. */
export interface HashJob {
  readonly typed: string;
  /** The hash of the account's password; none where only application passwords count. */
  readonly stored: string | undefined;
  /** The hashes of its application passwords. */
  readonly application: readonly string[];
  readonly release: WordpressRelease;
}

/** Whether it is one of them. */
export function runHashJob({ application, release, stored, typed }: HashJob): boolean {
  return (
    application.some((hash) => applicationPasswordFits(typed, hash, release)) ||
    (stored !== undefined && passwordFits(typed, stored, release))
  );
}
