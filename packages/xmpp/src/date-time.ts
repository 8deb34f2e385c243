import type { Millis } from './env.js';

// XEP-0082 section 3.2: a zone is required; a leap second or an impossible date is judged by Date.parse below.
const DATE_TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** Writes a time of day as the DateTime profile has it (XEP-0082), in UTC with milliseconds. */
export function formatDateTime(at: Millis): string {
  return new Date(at).toISOString();
}

/** Reads a DateTime (XEP-0082), to the millisecond; undefined when malformed. */
export function parseDateTime(text: string): Millis | undefined {
  const match = DATE_TIME.exec(text);
  if (!match) return undefined;
  const at = Date.parse(`${match[1]}${(match[2] ?? '').slice(0, 4)}${match[3]}`);
  return Number.isNaN(at) ? undefined : at;
}
