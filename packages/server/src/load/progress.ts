import type { Sample } from './report.js';

/** What a run tells while it goes on. */
export type Progress =
  | { readonly kind: 'phase'; readonly name: string }
  /** Once a second. */
  | { readonly kind: 'sample'; readonly phase: string; readonly sample: Sample };

/** Hears how a run goes. */
export type OnProgress = (progress: Progress) => void;
