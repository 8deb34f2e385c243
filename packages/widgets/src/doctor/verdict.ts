import { bad, type Finding, type Findings, good, limited } from './finding.js';

/** What a page may lack without the chat lacking anything. */
const OPTIONAL: ReadonlySet<string> = new Set(['frame', 'loader', 'referrer', 'tokens']);

/** What all of it comes to: `bad` where no chat is possible. */
export function verdictOf(findings: Findings): Finding['state'] {
  const isBad = (check: string): boolean => findings.get(check)?.state === 'bad';
  if (isBad('ancestors') || (isBad('websocket') && isBad('bosh'))) return 'bad';
  const lacks = [...findings].some(
    ([check, { state }]) => ['bad', 'limited'].includes(state) && !OPTIONAL.has(check),
  );
  return lacks ? 'limited' : 'good';
}

/**
 * Whether the server lets the page around us frame the chat.
 * @param around its origin, where it is known
 * @param allowed origins; none: any page may
 */
export function mayFrame(around: string | undefined, allowed: readonly string[]): Finding {
  if (allowed.length === 0) return good('*');
  if (around === undefined) return limited();
  return allowed.includes(around) ? good(around) : bad(around);
}

/** Whether it may say who signs in. */
export function mayGiveTokens(around: string | undefined, allowed: readonly string[]): Finding {
  return around !== undefined && allowed.includes(around) ? good(around) : limited(around);
}

/** One line of the report. */
export interface ReportRow {
  readonly name: string;
  readonly state: string;
  readonly detail: string;
  /** What to change; empty where there is nothing. */
  readonly advice: string;
}

/** The report as text, to be sent to whoever runs the page. */
export function reportOf(title: string, about: readonly string[], rows: readonly ReportRow[]): string {
  const lines = rows.map(({ name, state, detail, advice }) => {
    const said = `${state}: ${name}${detail ? ` (${detail})` : ''}`;
    return advice ? `${said}\n  ${advice}` : said;
  });
  return [title, ...about, '', ...lines].join('\n');
}
