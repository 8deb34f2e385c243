import type { Finding } from './finding.js';
import { reportOf, verdictOf } from './verdict.js';

interface Words {
  readonly states: Readonly<Record<string, string>>;
  readonly summary: Readonly<Record<string, string>>;
  readonly copied: string;
}

const listOf = (text: string | undefined): readonly string[] => text?.split(' ').filter(Boolean) ?? [];

/** The page of the doctor: its words come with it, in its language; only states and details are set. */
export class DoctorView {
  /** What the server's settings say. */
  readonly settings: {
    readonly ancestors: readonly string[];
    readonly tokenOrigins: readonly string[];
    readonly domain: string;
  };
  readonly #document: Document;
  readonly #words: Words;
  readonly #findings = new Map<string, Finding>();

  constructor(document: Document) {
    const { ancestors, domain = '', tokenOrigins, words = '{}' } = document.body.dataset;
    this.settings = { ancestors: listOf(ancestors), tokenOrigins: listOf(tokenOrigins), domain };
    this.#document = document;
    this.#words = JSON.parse(words);
    // It says that we have not come.
    document.querySelector('.late')?.remove();
    this.#on('#copy', () => void this.#copy());
  }

  /** Shows what came of a check. */
  find(check: string, finding: Finding): void {
    this.#findings.set(check, finding);
    const row = this.#document.querySelector<HTMLElement>(`[data-check="${check}"]`);
    if (!row) return;
    row.dataset.state = finding.state;
    this.#write(row, '.state', this.#words.states[finding.state]);
    this.#write(row, '.detail', finding.detail);
  }

  /** Says what all of it comes to. */
  conclude(): void {
    const verdict = verdictOf(this.#findings);
    const summary = this.#document.querySelector<HTMLElement>('.summary');
    if (!summary) return;
    summary.dataset.state = verdict;
    this.#write(summary, '.sum', this.#words.summary[verdict]);
  }

  /** Somebody wants those checks that need a press. */
  onClicks(run: () => void): void {
    this.#on('#click', run);
  }

  async #copy(): Promise<void> {
    const report = this.#report();
    try {
      await navigator.clipboard.writeText(report);
      this.#write(this.#document, '#copy', this.#words.copied);
    } catch {
      const byHand = this.#document.querySelector<HTMLElement>('#by-hand');
      const field = byHand?.querySelector('textarea');
      if (!byHand || !field) return;
      byHand.hidden = false;
      field.value = report;
      field.focus();
      field.select();
    }
  }

  #report(): string {
    const text = (within: ParentNode, selector: string) => within.querySelector(selector)?.textContent ?? '';
    const rows = [...this.#document.querySelectorAll<HTMLElement>('[data-check]')].map((row) => ({
      name: text(row, 'h2'),
      state: text(row, '.state'),
      detail: text(row, '.detail'),
      advice: ['bad', 'limited'].includes(row.dataset.state ?? '') ? text(row, '.advice') : '',
    }));
    return reportOf(
      this.#document.title,
      [text(this.#document, '.sum'), location.href, navigator.userAgent],
      rows,
    );
  }

  #on(selector: string, run: () => void): void {
    this.#document.querySelector(selector)?.addEventListener('click', run);
  }

  #write(within: ParentNode, selector: string, text = ''): void {
    const found = within.querySelector(selector);
    if (found) found.textContent = text;
  }
}
