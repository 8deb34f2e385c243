/** What the page looks at, in the order in which it is told. */
export const DOCTOR_CHECKS = [
  'frame',
  'ancestors',
  'secure',
  'origin',
  'forms',
  'storage',
  'cookies',
  'partitioned',
  'websocket',
  'bosh',
  'csp',
  'policy',
  'referrer',
  'loader',
  'tokens',
  'access',
  'clipboard',
  'popups',
] as const;
export type DoctorCheck = (typeof DOCTOR_CHECKS)[number];

/** Those that a browser only allows after a press of a button. */
export const DOCTOR_CLICKS: ReadonlySet<DoctorCheck> = new Set(['access', 'clipboard', 'popups']);

/** How a check came out. */
export const DOCTOR_STATES = ['waiting', 'good', 'limited', 'bad', 'skipped'] as const;
export type DoctorState = (typeof DOCTOR_STATES)[number];

/** Every word of the page that tells what hinders a chat in a frame. */
export interface DoctorWords {
  readonly title: string;
  /** Under it: what the page is for. */
  readonly about: string;
  readonly states: Readonly<Record<DoctorState, string>>;
  /** In place of everything, where no script runs. */
  readonly noScript: string;
  /** Where the page's own script has not come in a while. */
  readonly noCode: string;
  readonly summary: {
    readonly waiting: string;
    readonly good: string;
    readonly limited: string;
    readonly bad: string;
  };
  readonly copy: string;
  readonly copied: string;
  /** Where the clipboard is forbidden: the report stands below, to be copied by hand. */
  readonly copyByHand: string;
  readonly again: string;
  /** The button for those that need a press, and why. */
  readonly click: string;
  readonly clickAbout: string;
  /** Each check: what it is called, and what to change where it is not good. */
  readonly checks: Readonly<Record<DoctorCheck, readonly [name: string, advice: string]>>;
}
