/** How a check came out. What is not needed for a chat is `limited` where it lacks. */
export interface Finding {
  readonly state: 'bad' | 'good' | 'limited' | 'skipped';
  /** A word of the browser's, in no language. */
  readonly detail?: string | undefined;
}

/** A check by its name, with what came of it. */
export type Findings = ReadonlyMap<string, Finding>;

export const good = (detail?: string): Finding => ({ state: 'good', detail });
export const bad = (detail?: string): Finding => ({ state: 'bad', detail });
export const limited = (detail?: string): Finding => ({ state: 'limited', detail });

/** There is nothing to look at. */
export const skipped: Finding = { state: 'skipped' };

/** An error in one word. */
export function wordOf(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? error.name : String(error);
}
