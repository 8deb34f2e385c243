import { bad, type Finding, good } from './finding.js';

/** What of a SecurityPolicyViolationEvent, or of a report about one, counts. */
export interface Violation {
  readonly disposition: string;
  readonly effectiveDirective: string;
  /** What was blocked: an address, or a word such as `inline`. */
  readonly blockedURI: string;
}

/** So many are named. */
const MOST = 5;

/** What content policies block of the page: its own one blocks nothing that it does, so somebody has added another. */
export class PolicyViolations {
  readonly #blocked = new Set<string>();

  get finding(): Finding {
    return this.#blocked.size === 0 ? good() : bad([...this.#blocked].join(', '));
  }

  /** @returns whether it is news */
  add({ disposition, effectiveDirective, blockedURI }: Violation): boolean {
    const before = this.#blocked.size;
    // A policy that only reports blocks nothing.
    if (disposition === 'enforce' && before < MOST)
      this.#blocked.add(`${effectiveDirective} ${blockedURI}`.trim());
    return this.#blocked.size > before;
  }
}

/** Hears of what is blocked from now on, and, where the browser tells that, of what was before. */
export function watchViolations(
  view: Window & typeof globalThis,
  heard: (violation: Violation) => void,
): void {
  view.document.addEventListener('securitypolicyviolation', heard);
  if (!('ReportingObserver' in view)) return;
  const observer = new view.ReportingObserver(
    (reports) => {
      for (const { body } of reports) {
        const { blockedURL = '', disposition = '', effectiveDirective = '' } = Object(body);
        heard({ blockedURI: blockedURL, disposition, effectiveDirective });
      }
    },
    { buffered: true, types: ['csp-violation'] },
  );
  observer.observe();
}
